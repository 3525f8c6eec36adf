package officer

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
	ErrRevoked    = errors.New("officer: the signature's key is revoked")
	ErrKeyExpired = errors.New("officer: the signature's key is expired")
	ErrNotValid   = errors.New("officer: the signature's key was not valid at that time")
	ErrNoUserID   = errors.New("officer: every user ID of the signature's key is revoked")
	ErrNotSigning = errors.New("officer: the signature's key is not meant for signing")
	ErrWeakKind   = errors.New("officer: the signature's key is of a kind that is not accepted")
	ErrWeakKey    = errors.New("officer: the signature's key is too short")
	ErrWeakHash   = errors.New("officer: the signature's key rests on SHA-1")
	ErrBeforeKey  = errors.New("officer: signature dated before its key was made")
)

// checkKey reports why the key of that fingerprint, primary or subkey, may not sign at t.
func (o *Certificate) checkKey(fingerprint string, t time.Time) error {
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

// checkPrimary goes by all valid self-signatures, the strictest first: with several
// user IDs it must not depend on luck which of them decides.
func checkPrimary(e *openpgp.Entity, t time.Time, signing bool) error {
	if len(e.Revocations) > 0 {
		return ErrRevoked
	}
	if e.PrimaryKey.CreationTime.After(t) {
		return ErrBeforeKey
	}
	if signing {
		if err := checkStrength(e.PrimaryKey); err != nil {
			return err
		}
	}
	own, direct := selfSignatures(e, t)
	if len(own) == 0 {
		return unsigned(e, t)
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
	if err := checkStrength(s.PublicKey); err != nil {
		return err
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
		return ErrWeakHash
	case s.Expired(binding, t):
		return ErrKeyExpired
	}
	return nil
}

// checkStrength refuses keys that must not sign: RSA below 2048 bits, other kinds and curves than those accepted.
func checkStrength(pub *packet.PublicKey) error {
	switch pub.PubKeyAlgo {
	case packet.PubKeyAlgoRSA:
		if n, err := pub.BitLength(); err != nil || n < accepted().MinimumRSABits() {
			return ErrWeakKey
		}
		return nil
	case packet.PubKeyAlgoECDSA, packet.PubKeyAlgoEdDSA:
		if curve, err := pub.Curve(); err == nil && !accepted().RejectCurve(curve) {
			return nil
		}
	case packet.PubKeyAlgoEd25519, packet.PubKeyAlgoEd448:
		return nil
	}
	return ErrWeakKind
}

// unsigned reports why no self-signature of a key is in force: its owner may have revoked every user ID.
func unsigned(e *openpgp.Entity, t time.Time) error {
	if len(e.Identities) == 0 {
		return ErrNotValid
	}
	for _, id := range e.Identities {
		if self, err := id.LatestValidSelfCertification(t, accepted()); err != nil || !id.Revoked(self, t, accepted()) {
			return ErrNotValid
		}
	}
	return ErrNoUserID
}
