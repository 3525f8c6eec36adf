package main

import (
	"github.com/spf13/cobra"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/release/officer"
)

// officerNew makes a signing key for an officer who has none; gpg makes one just as well.
func officerNew(t *tool) *cobra.Command {
	var name, out, passphraseFile string
	var rehearsal bool
	c := t.Leaf("officer new", "bailiff-platform officer new --name 'Officer Sample <officer@example.org>' --out officer-1", func([]string) error {
		return t.newOfficer(name, out, passphraseFile, rehearsal)
	})
	c.Flags().StringVar(&name, "name", "", t.T("flag.officer-name"))
	c.Flags().StringVar(&out, "out", "", t.T("flag.officer-out"))
	c.Flags().StringVar(&passphraseFile, "passphrase-file", "", t.T("flag.passphrase-file"))
	c.Flags().BoolVar(&rehearsal, "rehearsal", false, t.T("flag.rehearsal"))
	return t.Require(c, "name", "out")
}

func (t *tool) newOfficer(name, out, passphraseFile string, rehearsal bool) error {
	mode := keyvalue.Production
	if rehearsal {
		mode = keyvalue.Rehearsal
	}
	if err := durable.Room(out); err != nil {
		return err
	}
	if err := t.Unread(mode); err != nil {
		return err
	}
	for _, file := range []string{out + ".secret.asc", out + ".asc"} {
		if err := durable.Free(file); err != nil {
			return err
		}
	}
	passphrase, err := t.newPassphrase(passphraseFile, rehearsal)
	if err != nil {
		return err
	}
	defer secret.Erase()
	defer passphrase.Wipe()
	secretKey, certificate, err := officer.NewKey(name, passphrase, t.Now())
	if err != nil {
		return err
	}
	officer, err := officer.ReadCertificate(certificate)
	if err != nil {
		return err
	}
	if err := t.disk.Create(out+".secret.asc", secretKey, 0o600); err != nil {
		return err
	}
	if err := t.disk.Create(out+".asc", certificate, 0o644); err != nil {
		return err
	}
	result := map[string]string{"fingerprint": officer.Fingerprint, "certificate": out + ".asc", "secret_key": out + ".secret.asc"}
	return t.Result(result, func() { t.Say("officer.made", officer.Fingerprint, out+".asc", out+".secret.asc") })
}

// newPassphrase has one typed, twice, until it is long enough for production.
func (t *tool) newPassphrase(file string, rehearsal bool) (*secret.Bytes, error) {
	if file != "" {
		return t.passphrase(file, rehearsal)
	}
	return t.Alike(
		func() (*secret.Bytes, error) {
			for {
				typed, err := t.Insist("ask.new-passphrase")
				if err != nil || rehearsal {
					return typed, err
				}
				if err = officer.CheckPassphrase(typed); err == nil {
					return typed, nil
				}
				typed.Wipe()
				t.Note("card.refused", t.Explain(err).Error)
			}
		},
		func() (*secret.Bytes, error) { return t.Insist("ask.passphrase-again") },
	)
}
