package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/release/officer"
)

const maxSecretKey = 64 << 10 // bytes

// orderSign adds an officer's signature to an order's signature file.
func orderSign(t *tool) *cobra.Command {
	var f signFlags
	c := t.Leaf("order sign", strings.Join([]string{
		"bailiff-platform order sign --order order.txt --signatures order.sig --key officer-1.secret.asc --database sqlite:pool.db",
		"bailiff-platform order sign --order order.txt --signatures order.sig --key officer-1.secret.asc --public-batch batch.zip --trust trust.anchor",
	}, "\n"),
		func([]string) error { return t.signOrder(&f) })
	c.Flags().StringVar(&f.order, "order", "", t.T("flag.order"))
	c.Flags().StringVar(&f.signatures, "signatures", "", t.T("flag.signatures-out"))
	c.Flags().StringVar(&f.key, "key", "", t.T("flag.officer-key"))
	f.terms.flags(t, c)
	c.Flags().StringVar(&f.passphraseFile, "passphrase-file", "", t.T("flag.passphrase-file"))
	c.Flags().StringVar(&f.confirm, "confirm", "", t.T("flag.confirm"))
	return t.Require(c, "order", "signatures", "key")
}

type signFlags struct {
	order, signatures, key, passphraseFile, confirm string
	terms                                           termsFlags
}

func (t *tool) signOrder(f *signFlags) error {
	if err := f.terms.check(); err != nil {
		return err
	}
	text, o, err := cli.ReadOrderFile(f.order)
	if err != nil {
		return err
	}
	if err := checkPassphraseFile(f.passphraseFile, o.Mode == keyvalue.Rehearsal); err != nil {
		return err
	}
	p, err := t.checkTerms(&f.terms, o)
	if err != nil {
		return err
	}
	if err := t.mayAdd(f, p); err != nil {
		return err
	}
	if err := durable.Room(f.signatures); err != nil {
		return err
	}
	r := t.ReadOrder(o, nil)
	r.ReadDecision(o, nil)
	if err := r.Ask("ask.sign", o.Number); err != nil {
		return err
	}
	if err := t.Confirm(f.confirm, o.Number, "ask.sign", o.Number); err != nil {
		return err
	}
	if err := t.Unread(o.Mode); err != nil {
		return err
	}
	defer secret.Erase()
	key, err := t.unlockKey(f, o.Mode == keyvalue.Rehearsal)
	if err != nil {
		return err
	}
	signature, err := officer.Sign(text, key, t.Now())
	if err != nil {
		return err
	}
	if err := t.addSignature(f, signature); err != nil {
		return err
	}
	out := map[string]string{"order": o.Number, "signer": key.Fingerprint(), "signatures": f.signatures}
	return t.Result(out, func() { t.Say("order.signed", o.Number, t.officer(key.Name(t.Now()), key.Fingerprint()), f.signatures) })
}

// mayAdd refuses a key that is no officer's of the policy, and a signature file that has no room for their signature.
func (t *tool) mayAdd(f *signFlags, p *policy.Policy) error {
	own, err := t.fingerprints(f.key)
	if err != nil {
		return err
	}
	if err := officer.CheckSigner(p, own); err != nil {
		return fault.At(f.key, err)
	}
	_, err = t.unsigned(f.signatures, own)
	return err
}

func (t *tool) readKey(path string) (*secret.Bytes, error) {
	data, err := t.disk.Read(path, maxSecretKey)
	if err != nil {
		return nil, err
	}
	return secret.From(data), nil
}

// unlockKey opens the officer's key. A wrong passphrase that was typed is asked for again.
func (t *tool) unlockKey(f *signFlags, fileAllowed bool) (*officer.SecretKey, error) {
	for {
		passphrase, err := t.passphrase(f.passphraseFile, fileAllowed)
		if err != nil {
			return nil, err
		}
		key, err := t.officerKey(f.key, passphrase)
		passphrase.Wipe()
		if f.passphraseFile != "" || !errors.Is(err, officer.ErrPassphrase) {
			return key, err
		}
		t.Note("note.wrong-passphrase")
	}
}

func (t *tool) officerKey(path string, passphrase *secret.Bytes) (*officer.SecretKey, error) {
	file, err := t.readKey(path)
	if err != nil {
		return nil, err
	}
	defer file.Wipe()
	key, err := officer.OpenSecretKey(file, passphrase)
	return key, fault.At(path, err)
}

// addSignature appends to the signature file: the new file replaces the old one whole.
func (t *tool) addSignature(f *signFlags, signature []byte) error {
	own, err := t.fingerprints(f.key)
	if err != nil {
		return err
	}
	old, err := t.unsigned(f.signatures, own)
	switch {
	case err != nil:
		return err
	case old == nil:
		return t.disk.Create(f.signatures, signature, 0o644)
	}
	return t.disk.Replace(f.signatures, append(old, signature...), 0o644)
}

// fingerprints are those of an officer's key, primary and subkeys.
func (t *tool) fingerprints(path string) ([]string, error) {
	file, err := t.readKey(path)
	if err != nil {
		return nil, err
	}
	defer file.Wipe()
	own, err := officer.Fingerprints(file)
	return own, fault.At(path, filetype.InsteadOf(err, path, filetype.SecretKey, officer.ErrPublicKey))
}

// unsigned returns the signature file, nil when there is none, if it consists of signatures, has room
// for one more, and holds none by the officer whose key has those fingerprints.
func (t *tool) unsigned(path string, own []string) ([]byte, error) {
	old, err := t.disk.Read(path, officer.MaxSignatureFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	signers, err := officer.Signers(old)
	err = filetype.Instead(err, old, filetype.Signatures)
	if err == nil && len(signers) >= officer.MaxSignatures {
		err = officer.ErrTooManySignatures
	}
	for _, s := range signers {
		if err == nil && slices.Contains(own, s) {
			err = fault.At(s, officer.ErrSigned)
		}
	}
	return append([]byte{}, old...), fault.At(path, err)
}

// passphrase asks at the terminal, or reads a file's line where that is allowed.
func (t *tool) passphrase(path string, fileAllowed bool) (*secret.Bytes, error) {
	if path == "" {
		return t.Insist("ask.passphrase")
	}
	if err := checkPassphraseFile(path, fileAllowed); err != nil {
		return nil, err
	}
	return cli.ReadPIN(path)
}

func checkPassphraseFile(path string, allowed bool) error {
	if path != "" && !allowed {
		return fault.At("--passphrase-file", cli.ErrRehearsal)
	}
	return nil
}

// orderVerify verifies an order's signatures against a roster of officers' certificates.
func orderVerify(t *tool) *cobra.Command {
	var flags cli.OrderFlags
	var roster string
	var threshold int
	c := t.Leaf("order verify", "bailiff-platform order verify --order order.txt --signatures order.sig --roster officers.pgp --officers 2", func([]string) error {
		text, signatures, err := flags.Read()
		if err != nil {
			return err
		}
		certificates, err := t.disk.Read(roster, maxRoster)
		if err != nil {
			return err
		}
		r, err := officer.ReadRoster(certificates, threshold)
		if err != nil {
			return fault.At(roster, filetype.Instead(err, certificates, filetype.Certificate, officer.ErrSecretKey))
		}
		v, err := r.Verify(text, signatures, t.Now())
		if err != nil {
			return err
		}
		if err := v.Order.CheckFields(); err != nil {
			return fault.At(v.Order.Number, err)
		}
		return t.Result(cli.DescribeOrder(v.Order, v.Signers), func() {
			read := t.ReadOrder(v.Order, t.signedBy(r, v))
			read.Part("order.signatures-good", len(v.Signers), threshold)
			read.Show()
		})
	})
	flags.Add(t.App, c)
	c.Flags().StringVar(&roster, "roster", "", t.T("flag.roster"))
	c.Flags().IntVar(&threshold, "officers", 2, t.T("flag.officers"))
	return t.Require(c, "order", "signatures", "roster")
}

// signedBy are those who signed, by the name in their certificate and by their key.
func (t *tool) signedBy(r *officer.Roster, v *officer.Verified) []string {
	out := slices.Clone(v.Signers)
	for _, s := range r.Standings(t.Now()) {
		if i := slices.Index(out, s.Fingerprint); i >= 0 {
			out[i] = t.officer(s.Name, s.Fingerprint)
		}
	}
	return out
}

// officer is an officer by name and key, or by the key alone.
func (t *tool) officer(name, fingerprint string) string {
	if name == "" {
		return fingerprint
	}
	return t.T("order.officer", name, fingerprint)
}
