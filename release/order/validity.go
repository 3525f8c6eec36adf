package order

import (
	"encoding/hex"
	"errors"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"
)

// The ways in which a signature's key can be unfit. An officer whose key was ever revoked does
// not count, whenever and for whatever reason it was: the roster wants a successor.
var (
	ErrRevoked    = errors.New("signature: its key is revoked")
	ErrKeyExpired = errors.New("signature: its key is expired")
	ErrNotValid   = errors.New("signature: its key was not valid at that time")
	ErrNotSigning = errors.New("signature: its key is not meant for signing")
	ErrWeakKey    = errors.New("signature: its key is of an unsafe kind or size, or rests on SHA-1")
	ErrBeforeKey  = errors.New("signature: dated before its key was made")
)

// checkKey tells whether the key of that fingerprint, primary or subkey, may sign at t.
func (o *Officer) checkKey(fingerprint string, t time.Time) error {
	e, err := o.entity()
	if err != nil {
		return err
	}
	isPrimary := fingerprint == o.Fingerprint
	if err := checkPrimary(e, t, isPrimary); err != nil || isPrimary {
		return err
	}
	for i := range e.Subkeys {
		if s := &e.Subkeys[i]; hex.EncodeToString(s.PublicKey.Fingerprint) == fingerprint {
			return checkSubkey(s, t)
		}
	}
	return ErrUnknownSigner
}

// checkPrimary takes all valid self-signatures into account, the strictest first: with several
// user IDs it must not depend on luck which of them decides.
func checkPrimary(e *openpgp.Entity, t time.Time, signing bool) error {
	if len(e.Revocations) > 0 {
		return ErrRevoked
	}
	if e.PrimaryKey.CreationTime.After(t) {
		return ErrBeforeKey
	}
	if signing && weak(e.PrimaryKey) {
		return ErrWeakKey
	}
	own, direct := selfSignatures(e, t)
	if len(own) == 0 {
		return ErrNotValid
	}
	for _, s := range own {
		if signing && !(s.FlagsValid && s.FlagSign) {
			return ErrNotSigning
		}
	}
	for _, s := range append(own, direct...) {
		if e.PrimaryKey.KeyExpired(s, t) {
			return ErrKeyExpired
		}
	}
	return nil
}

// selfSignatures returns those in force at t that give the key its flags, and the direct-key
// signature that in version 4 may limit its life besides.
func selfSignatures(e *openpgp.Entity, t time.Time) (own, direct []*packet.Signature) {
	if d, err := e.LatestValidDirectSignature(t, accepted()); err == nil {
		direct = append(direct, d)
	}
	if e.PrimaryKey.Version == 6 {
		return direct, nil
	}
	for _, id := range e.Identities {
		if s, err := id.Verify(t, accepted()); err == nil {
			own = append(own, s)
		}
	}
	return own, direct
}

func checkSubkey(s *openpgp.Subkey, t time.Time) error {
	if len(s.Revocations) > 0 {
		return ErrRevoked
	}
	if s.PublicKey.CreationTime.After(t) {
		return ErrBeforeKey
	}
	if weak(s.PublicKey) {
		return ErrWeakKey
	}
	binding, err := s.LatestValidBindingSignature(t, accepted())
	switch {
	case err != nil:
		return ErrNotValid
	case !binding.FlagsValid || !binding.FlagSign:
		return ErrNotSigning
	case binding.EmbeddedSignature == nil:
		return ErrBackSignature
	case accepted().RejectHashAlgorithm(binding.EmbeddedSignature.Hash):
		return ErrWeakKey
	case s.Expired(binding, t):
		return ErrKeyExpired
	}
	return nil
}

// weak tells keys that must not sign: RSA below 2048 bits, curves that are not accepted.
func weak(pub *packet.PublicKey) bool {
	switch pub.PubKeyAlgo {
	case packet.PubKeyAlgoRSA:
		n, err := pub.BitLength()
		return err != nil || n < accepted().MinimumRSABits()
	case packet.PubKeyAlgoECDSA, packet.PubKeyAlgoEdDSA:
		curve, err := pub.Curve()
		return err != nil || accepted().RejectCurve(curve)
	case packet.PubKeyAlgoEd25519, packet.PubKeyAlgoEd448:
		return false
	}
	return true
}
