package policy

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
	"bailiff/custody/words"
)

const formatAnchor = "bailiff-anchor/1"

// ErrAnchor says that a policy is not the one that a trust anchor pins.
var ErrAnchor = errors.New("policy: the trust anchor does not match the vault's first policy")

// Anchor is what a platform pins of a vault: the hash of the first policy's entry and the keys
// that cosign. docs/formats.md, "Trust anchor".
type Anchor struct {
	Vault, Mode string
	PolicyEntry [32]byte // leaf hash of ledger entry 0
	Threshold   int
	Custodians  int
	Signers     []Signer
}

// Signer is one token's signing key.
type Signer struct {
	Custodian string
	Index     int
	Key       token.SigningKey
}

// Signers returns the keys that may cosign under this policy, by custodian and index.
func (p *Policy) Signers() []Signer {
	var out []Signer
	for _, c := range p.Custodians {
		for _, t := range c.Tokens {
			out = append(out, Signer{Custodian: c.ID, Index: t.Index, Key: t.SigningKey})
		}
	}
	return out
}

// Anchor derives the trust anchor from the first policy and the leaf hash of its entry.
func (p *Policy) Anchor(entry [32]byte) *Anchor {
	return &Anchor{Vault: p.Vault, Mode: p.Mode, PolicyEntry: entry, Threshold: p.Threshold, Custodians: len(p.Custodians), Signers: p.Signers()}
}

// Check reports whether the policy, whose entry has that leaf hash, is the one that a pins.
func (a *Anchor) Check(p *Policy, entry [32]byte) error {
	want, err := p.Anchor(entry).Format()
	if err != nil {
		return err
	}
	have, err := a.Format()
	if err != nil {
		return err
	}
	if string(want) != string(have) {
		return fault.At(p.Vault, ErrAnchor)
	}
	return nil
}

// Format returns the record bailiff-anchor/1.
func (a *Anchor) Format() ([]byte, error) {
	f := []keyvalue.Field{
		{Key: "vault", Value: a.Vault},
		{Key: "mode", Value: a.Mode},
		{Key: "policy-entry", Value: keyvalue.FormatDigest(a.PolicyEntry)},
		{Key: "threshold", Value: fmt.Sprint(a.Threshold)},
		{Key: "custodians", Value: fmt.Sprint(a.Custodians)},
	}
	for _, s := range a.Signers {
		f = append(f, keyvalue.Field{Key: "signer", Value: fmt.Sprintf("%s %d %s", s.Custodian, s.Index, s.Key)})
	}
	return keyvalue.Format(formatAnchor, f)
}

// Words returns the twelve words that stand on the paper minutes.
func (a *Anchor) Words() (string, error) {
	b, err := a.Format()
	return words.Anchor(sha256.Sum256(b)), err
}

// ParseAnchor reads the record bailiff-anchor/1.
func ParseAnchor(data []byte) (*Anchor, error) {
	r, err := keyvalue.Parse(formatAnchor, data)
	if err != nil {
		return nil, err
	}
	a := &Anchor{
		Vault:       r.Checked("vault", keyvalue.CheckVaultID),
		Mode:        r.Checked("mode", keyvalue.CheckMode),
		PolicyEntry: r.Digest("policy-entry"),
		Threshold:   r.Int("threshold", MaxCustodians),
		Custodians:  r.Int("custodians", MaxCustodians),
	}
	a.Signers = many(r, "signer", parseSigner)
	if err := r.Close(); err != nil {
		return nil, err
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	return a, nil
}

func parseSigner(s string) (Signer, error) {
	w := strings.Split(s, " ")
	if len(w) != 3 {
		return Signer{}, keyvalue.ErrValue
	}
	if err := keyvalue.CheckCustodian(w[0]); err != nil {
		return Signer{}, err
	}
	index, err := keyvalue.Uint(w[1], MaxTokens)
	if err != nil || index == 0 {
		return Signer{}, keyvalue.ErrValue
	}
	key, err := token.ParseSigningKey(w[2])
	return Signer{Custodian: w[0], Index: int(index), Key: key}, err
}

// check holds the signers to the order of a policy: every custodian, indices from 1, keys distinct, and of the
// algorithm that the mode allows.
func (a *Anchor) check() error {
	if a.Threshold < 2 || a.Threshold > a.Custodians || 2*a.Threshold <= a.Custodians {
		return fault.At("threshold", ErrQuorum)
	}
	keys := map[token.SigningKey]bool{}
	custodian, index := 0, 0
	for _, s := range a.Signers {
		if s.Index == 1 {
			custodian, index = custodian+1, 0
		}
		index++
		if s.Custodian != keyvalue.FormatCustodian(custodian) || s.Index != index {
			return fault.At(s.Custodian, ErrTokens)
		}
		if a.Mode == keyvalue.Production && s.Key.Algorithm() != token.Ed25519 {
			return fault.At(s.Custodian, ErrSigningKey)
		}
		if keys[s.Key] {
			return fault.At(s.Custodian, ErrSharedToken)
		}
		keys[s.Key] = true
	}
	if custodian != a.Custodians {
		return fault.At("custodians", ErrCustodians)
	}
	return nil
}
