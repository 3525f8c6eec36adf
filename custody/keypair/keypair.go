// Package keypair is the form of the OpenPGP key pairs: what exactly a public key consists of, how one is
// checked, and how a private key is proved to belong to its public key. It never touches a disk.
//
// The default profile (docs/formats.md, "Policy") is v4-curve25519, a version 4 transferable key of
// exactly five packets (RFC 9580 §10.1):
//
//	public key    version 4, algorithm 22 (EdDSA, legacy), curve Ed25519
//	user ID       bailiff batch b20261121-7f3a9c key 000042
//	signature     type 0x13 over the two, SHA-512: creation time, AES-256 and AES-128, SHA-512 and SHA-256,
//	              no compression, primary user ID, may certify and sign, MDC but no AEAD
//	public subkey version 4, algorithm 18 (ECDH), Curve25519, KDF SHA-512 and AES-256
//	signature     type 0x18, SHA-512: may encrypt communications and storage
//
// Both keys and both signatures bear the same creation time; nothing expires; the unhashed areas are
// empty. In a rehearsal the user ID ends in " (REHEARSAL)" and all signatures bear the human-readable notation
// rehearsal@bailiff.invalid = yes. Given the two public points and the two signatures every other byte is
// determined, and Check accepts no others.
//
// The RSA profiles are the same with algorithm 1, e = 65537. A version 6 key has a sixth packet behind the
// first, a signature of type 0x1f over the primary key, which bears the preferences, the usage and the
// features (version 1 and version 2 SEIPD, AES-256 and AES-128 each with GCM or OCB) in the
// certification's stead; its signatures have salts of 32 bytes, which together with public numbers and
// signatures determine every byte. Its algorithms are 27 and 25, or 30 and 35.
//
// The secret form is the same with the secret key packets unlocked (usage octet 0).
//
// Were this package wrong, a ceremony could publish keys that nobody can open, that expire, that an heir's
// program refuses, or rehearsal keys as real ones.
package keypair

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/ecdh"
	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/secret"
)

// The ways in which keys are refused.
var (
	ErrProfile   = errors.New("keypair: unknown key profile")
	ErrUserID    = errors.New("keypair: the user ID is not the one expected")
	ErrMark      = errors.New("keypair: the rehearsal mark does not match the mode")
	ErrCreated   = errors.New("keypair: not the creation time expected, or not whole seconds from 1970 to 2106")
	ErrPackets   = errors.New("keypair: not exactly a key, a user ID, a subkey and their signatures")
	ErrAlgorithm = errors.New("keypair: an algorithm or curve that is not the profile's")
	ErrExpiry    = errors.New("keypair: the key expires")
	ErrUsage     = errors.New("keypair: the key flags are not the profile's")
	ErrSignature = errors.New("keypair: a signature does not verify")
	ErrEncoding  = errors.New("keypair: not the one encoding that the profile has")
	ErrPrivate   = errors.New("keypair: the private key is malformed or belongs to another public key")
	ErrRoundTrip = errors.New("keypair: what was encrypted to the key did not come back")
)

// The mark of a rehearsal: the comment of the user ID, and a notation of both signatures.
const (
	RehearsalMark     = "REHEARSAL"
	RehearsalNotation = "rehearsal@bailiff.invalid"
	RehearsalValue    = "yes"

	rehearsalSuffix = " (" + RehearsalMark + ")"

	maxUserID = 128 // bytes; its packet has a length of one octet

)

// Pair is a key pair in both its forms.
type Pair struct {
	Fingerprint string        // of the primary key, 40 or 64 lower-case hexadecimal digits
	Public      []byte        // binary transferable public key, as [Check] accepts it
	Private     *secret.Bytes // binary transferable secret key, unlocked, as [CheckPrivate] accepts it
}

// UserID is the user ID of key number of a batch. It holds no personal data.
func UserID(batch string, number int, rehearsal bool) string {
	id := fmt.Sprintf("bailiff batch %s key %06d", batch, number)
	if rehearsal {
		id += rehearsalSuffix
	}
	return id
}

// SplitUserID returns the user ID without the rehearsal suffix, which must be there exactly in a rehearsal.
func SplitUserID(userID string, rehearsal bool) (string, error) {
	name, marked := strings.CutSuffix(userID, rehearsalSuffix)
	if marked != rehearsal {
		return "", ErrMark
	}
	if name == "" || len(userID) > maxUserID {
		return "", ErrUserID
	}
	for _, c := range []byte(name) {
		if c < ' ' || c > '~' || strings.IndexByte("()<>", c) >= 0 {
			return "", ErrUserID
		}
	}
	return name, nil
}

// UnixTime returns the creation time as OpenPGP writes it.
func UnixTime(created time.Time) (uint32, error) {
	t := created.Unix()
	if created.Nanosecond() != 0 || t != int64(uint32(t)) {
		return 0, ErrCreated
	}
	return uint32(t), nil
}

// WipeEntity clears the secret numbers that the library keeps.
func WipeEntity(e *openpgp.Entity) {
	wipePrivate(e.PrivateKey)
	for _, s := range e.Subkeys {
		wipePrivate(s.PrivateKey)
	}
}

func wipePrivate(k *packet.PrivateKey) {
	if k == nil {
		return
	}
	switch k := k.PrivateKey.(type) {
	case *eddsa.PrivateKey:
		clear(k.D[:cap(k.D)]) // the library keeps the public half behind the seed
	case *ecdh.PrivateKey:
		clear(k.D)
	default:
		wipeForm(k)
	}
}

// Profile names a kind of key pair.
type Profile string

// The profiles. Which program reads which is in docs/interop.md, what they cost in
// docs/decisions/0014-profiles.md.
const (
	// V4Curve25519 is the profile that every OpenPGP program reads.
	V4Curve25519 Profile = "v4-curve25519"
	// V6Curve25519 is version 6 of RFC 9580, Ed25519 and X25519.
	V6Curve25519 Profile = "v6-curve25519"
	// V6PostQuantum holds against a quantum computer: ML-DSA-65 with Ed25519 and ML-KEM-768 with
	// X25519 (RFC 9980).
	V6PostQuantum Profile = "v6-mldsa65-mlkem768"
	// RSA3072 and RSA4096 are version 4 keys for programs that know no elliptic curve.
	RSA3072 Profile = "rsa3072"
	RSA4096 Profile = "rsa4096"
)

// Profiles returns all the profiles, the default first.
func Profiles() []Profile {
	return []Profile{V4Curve25519, V6Curve25519, V6PostQuantum, RSA3072, RSA4096}
}

// ParseProfile reads the name of a profile.
func ParseProfile(s string) (Profile, error) {
	p := Profile(s)
	return p, p.Check()
}

// Check refuses a profile that this version does not know.
func (p Profile) Check() error {
	if p.form() == nil {
		return ErrProfile
	}
	return nil
}

// FingerprintSize returns the number of hexadecimal digits in a fingerprint: 64 of a version 6 key,
// else 40 (RFC 9580 §5.5.4).
func (p Profile) FingerprintSize() int {
	if p == V6Curve25519 || p == V6PostQuantum {
		return 64
	}
	return 40
}

// form returns what the profile determines; nil for a profile that is unknown.
func (p Profile) form() *form {
	switch p {
	case V4Curve25519:
		return &form{version: 4, primary: eddsaKey{}, subkey: ecdhKey{}}
	case V6Curve25519:
		return &form{version: 6, primary: ed25519Key{}, subkey: x25519Key{}}
	case V6PostQuantum:
		return &form{version: 6, primary: mldsaKey{}, subkey: mlkemKey{}}
	case RSA3072:
		return &form{version: 4, primary: rsaKey{3072}, subkey: rsaKey{3072}}
	case RSA4096:
		return &form{version: 4, primary: rsaKey{4096}, subkey: rsaKey{4096}}
	}
	return nil
}
