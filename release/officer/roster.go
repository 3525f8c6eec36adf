package officer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
)

// The ways in which a roster can be refused; the error that wraps one names the officer.
var (
	ErrThreshold  = errors.New("officer: at least two officers of a roster must sign, and no more than there are")
	ErrOfficers   = errors.New("officer: the roster's certificates are not those of the policy's officers, in the order of their fingerprints")
	ErrNotOfficer = errors.New("officer: the key belongs to no officer of the vault's policy")
	ErrSharedKey  = errors.New("officer: a key, or a key id, stands twice in the roster")
)

// Roster is the officers of a policy, in ascending order of their fingerprints, and how many of
// them must sign an order.
type Roster struct {
	Officers  []Certificate
	Threshold int // m
}

// ParseRoster reads the roster file of a policy: the certificates of exactly its officers, whose fingerprints ascend.
func ParseRoster(concatenated []byte, p *policy.Policy) (*Roster, error) {
	files, err := splitRoster(concatenated)
	if err != nil {
		return nil, err
	}
	if len(files) != len(p.Officers) {
		return nil, ErrOfficers
	}
	r := &Roster{Threshold: p.OfficersThreshold}
	for i, o := range p.Officers {
		if err := keyvalue.CheckFingerprint(o.Fingerprint); err != nil {
			return nil, fault.At(o.Fingerprint, err)
		}
		r.Officers = append(r.Officers, Certificate{Fingerprint: o.Fingerprint, Binary: files[i]})
	}
	if _, err := r.keys(); err != nil {
		return nil, err
	}
	return r, nil
}

// splitRoster parts a roster file into its certificates.
func splitRoster(concatenated []byte) ([][]byte, error) {
	if len(concatenated) > policy.MaxOfficers*maxCertificate {
		return nil, ErrCertificateSize
	}
	if bytes.Contains(concatenated, []byte(armorStart+secretKeyArmor)) {
		return nil, ErrSecretKey
	}
	switch err := encoding.Binary(concatenated); {
	case err == encoding.ErrArmor:
		return nil, ErrNotCanonical
	case err != nil:
		return nil, err
	}
	packets, err := splitPackets(concatenated)
	if err != nil {
		return nil, err
	}
	var files [][]byte
	for _, p := range packets {
		switch {
		case p.tag == tagSecretKey || p.tag == tagSecretSubkey:
			return nil, ErrSecretKey
		case p.tag == tagPublicKey:
			files = append(files, nil)
		case len(files) == 0:
			return nil, ErrCertificate
		}
		last := len(files) - 1
		files[last] = append(files[last], p.canonical()...)
	}
	if !bytes.Equal(slices.Concat(files...), concatenated) {
		return nil, ErrNotCanonical
	}
	return files, nil
}

// Bytes returns the roster file: the certificates, concatenated. Stock tools read it as a keyring.
func (r *Roster) Bytes() []byte {
	var out []byte
	for _, o := range r.Officers {
		out = append(out, o.Binary...)
	}
	return out
}

// Digest returns the SHA-256 of the roster file.
func (r *Roster) Digest() [32]byte { return sha256.Sum256(r.Bytes()) }

// rosterKey is one key of a roster, primary or subkey.
type rosterKey struct {
	owner  *Certificate
	public *packet.PublicKey
}

// keys checks the roster and returns its keys by fingerprint.
func (r *Roster) keys() (map[string]rosterKey, error) {
	n := len(r.Officers)
	if r.Threshold < 2 || r.Threshold > n || n > policy.MaxOfficers {
		return nil, ErrThreshold
	}
	out, ids := map[string]rosterKey{}, map[uint64]bool{}
	for i := range r.Officers {
		o := &r.Officers[i]
		if i > 0 && o.Fingerprint < r.Officers[i-1].Fingerprint {
			return nil, fault.At(o.Fingerprint, ErrOfficers)
		}
		keys, err := o.keys()
		if err != nil {
			return nil, fault.At(o.Fingerprint, err)
		}
		for _, k := range keys {
			fingerprint := hex.EncodeToString(k.Fingerprint)
			if _, twice := out[fingerprint]; twice || ids[k.KeyId] {
				return nil, fault.At(fingerprint, ErrSharedKey)
			}
			out[fingerprint], ids[k.KeyId] = rosterKey{o, k}, true
		}
	}
	return out, nil
}

// keys reads the certificate anew and returns its keys, the primary first.
func (o *Certificate) keys() ([]*packet.PublicKey, error) {
	again, err := ReadCertificate(o.Binary)
	if err != nil {
		return nil, err
	}
	if again.Fingerprint != o.Fingerprint {
		return nil, ErrOfficers
	}
	if !bytes.Equal(again.Binary, o.Binary) {
		return nil, ErrNotCanonical
	}
	e, err := o.entity()
	if err != nil {
		return nil, err
	}
	return keysOf(e), nil
}

// keysOf returns all keys, the primary first.
func keysOf(e *openpgp.Entity) []*packet.PublicKey {
	keys := []*packet.PublicKey{e.PrimaryKey}
	for _, s := range e.Subkeys {
		keys = append(keys, s.PublicKey)
	}
	return keys
}

// CheckSigner fails with [ErrNotOfficer] unless one of a key's fingerprints, primary or subkey, is that of an officer of
// the policy.
func CheckSigner(p *policy.Policy, fingerprints []string) error {
	for _, o := range p.Officers {
		if slices.Contains(fingerprints, o.Fingerprint) {
			return nil
		}
	}
	return ErrNotOfficer
}

// ReadRoster reads a roster file as a stock tool would, without a policy that says who must be
// in it: the certificates, concatenated, in the order of their fingerprints.
func ReadRoster(concatenated []byte, threshold int) (*Roster, error) {
	files, err := splitRoster(concatenated)
	if err != nil {
		return nil, err
	}
	p := &policy.Policy{OfficersThreshold: threshold}
	for _, f := range files {
		c, err := ReadCertificate(f)
		if err != nil {
			return nil, err
		}
		p.Officers = append(p.Officers, policy.Officer{Fingerprint: c.Fingerprint})
	}
	return ParseRoster(concatenated, p)
}
