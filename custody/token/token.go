// Package token is what a custodian holds: a device, or in rehearsals a file, that opens shares
// and cosigns the ledger.
//
// A token has two keys. The sealing key, on P-256, takes part in one raw ECDH for each share
// that it opens (docs/formats.md, "Share"). The signing key, a [SigningKey], signs checkpoints and,
// once, its own [Enrolment]; the texts begin differently, so that neither can pass for the other.
// The private keys never leave the implementation. The package bailiff/custody/token/tokentest
// is the suite that every implementation passes.
//
// Public keys are written as `p256:` and the compressed point (SEC 1 §2.3.3) or `ed25519:` and
// the 32 bytes of RFC 8032 §5.1.5, in lower-case hexadecimal. Each has one encoding, and points
// that are off the curve or of small order are refused when read. So has each signature: that of
// ECDSA is strict DER with the lower of the two s.
//
// Were this package wrong, an attacker could be enrolled with a key that the custodian does not
// hold, or with a point for which anybody can sign or open.
package token

import (
	"crypto/ecdh"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"filippo.io/nistec"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token/attestation"
)

// Token is one token, ready for use: present, and its PIN entered where it has one. All methods
// are safe for concurrent use; a device does one operation at a time.
//
// Errors wrap the sentinels of this package, so that a caller can tell a token that was removed
// from one that is broken.
type Token interface {
	// Identity says which token this is.
	Identity() Identity
	// SealingKey is the P-256 key to which shares are sealed. It never changes.
	SealingKey() *ecdh.PublicKey
	// SigningKey is the key that cosigns. It never changes.
	SigningKey() SigningKey
	// ECDH returns the shared x-coordinate (SEC 1 §3.3.1), 32 bytes, for the peer's P-256 key,
	// with one operation of the device. The caller clears the result. A nil peer or one on
	// another curve is refused with [ErrPeer] before the device is asked.
	ECDH(peer *ecdh.PublicKey) ([]byte, error)
	// Sign returns the signature of message that [SigningKey.Verify] accepts: for [Ed25519] 64
	// bytes (RFC 8032 §5.1.6), for [ECDSAP256] the result of [CanonicalECDSA].
	Sign(message []byte) ([]byte, error)
}

// Identity says which token one has before one.
type Identity struct {
	Kind      string // [KindSoft] or [KindPIV]
	Serial    string // as [CheckSerial] wants it for the kind
	Rehearsal bool   // never to be used in production
}

// Slotted is a token whose keys lie in slots of a device: every one of [KindPIV].
type Slotted interface {
	// Slot is where the sealing key lies, from [FirstSlot] to [LastSlot].
	Slot() byte
	// Attestation returns what the device says of its two keys: nil, nil when it cannot attest, or
	// when one of the keys was not made in it.
	Attestation() (*attestation.Chain, error)
}

// Presence is a token that can be away for a while: in a hand, while another one is in the reader.
type Presence interface {
	// Present reports whether the token could be asked at once, without anybody moving a card.
	Present() bool
}

// Head is a state of the ledger that a token cosigned.
type Head struct {
	Size int64    // entries, zero or more
	Root [32]byte // RFC 9162 §2.1.1; of the empty tree, SHA-256 of nothing, when Size is zero
}

// HeadKeeper remembers, for each vault, the last ledger head that a token cosigned, so that a
// custodian notices when they are shown an older or another ledger. A token may be shown more
// than one vault: setting one up can be cut short after the first checkpoint was signed.
//
// A vault is named by its id, 32 lower-case hexadecimal digits; anything else is refused with
// keyvalue.ErrValue.
type HeadKeeper interface {
	// Head returns the head that was kept last for the vault; that of the empty ledger for a
	// vault never seen.
	Head(vault string) (Head, error)
	// KeepHead stores h durably. Compared with the head of the same vault, it refuses a smaller
	// size with [ErrBackwards] and another root of the same size with [ErrForked]; to keep the
	// same head again changes nothing. A vault for which there is no room is refused with
	// [ErrHeads]; no other vault is ever forgotten to make room.
	KeepHead(vault string, h Head) error
}

// The ways in which a token can refuse or fail.
var (
	ErrPIN     = errors.New("token: wrong PIN")
	ErrLocked  = errors.New("token: the PIN is locked")
	ErrDamaged = errors.New("token: damaged, or its parts do not belong together")
	ErrBusy    = errors.New("token: in use by another process")
	ErrClosed  = errors.New("token: already closed")
	ErrPeer    = errors.New("token: the other key is missing or not on P-256")
	ErrRemoved = errors.New("token: pulled out during an operation")
	ErrAbsent  = errors.New("token: in none of the readers")
	ErrTouch   = errors.New("token: not touched in time")
)

// The ways in which a ledger head can be refused by a [HeadKeeper].
var (
	ErrBackwards = errors.New("token: the ledger is shorter than one this token has cosigned")
	ErrForked    = errors.New("token: another ledger of the same length was cosigned before")
	ErrHeads     = errors.New("token: remembers as many vaults as it can already")
)

// The ways in which a public key or an [Enrolment] can be refused.
var (
	ErrKey    = errors.New("token: not a public key of this kind")
	ErrTwin   = errors.New("token: sealing key and signing key are one and the same")
	ErrKind   = errors.New("token: unknown kind of token")
	ErrMode   = errors.New("token: this kind of token does not exist in this mode")
	ErrSerial = errors.New("token: not a serial number of this kind of token")
	ErrSlot   = errors.New("token: not a slot for a sealing key of this kind of token")
	ErrProof  = errors.New("token: the proof is not by the signing key")

	// ErrStatement: the error that wraps it names what the attestation says otherwise.
	ErrStatement  = errors.New("token: the attestation is of another device, slot or key")
	ErrUnattested = errors.New("token: no attestation shows where the keys were born")
)

// PINError is a wrong PIN, with the tries that are left. It is [ErrPIN], and also [ErrLocked]
// when no try is left.
type PINError struct{ Tries int }

func (e *PINError) Error() string { return fmt.Sprintf("%v, tries left: %d", ErrPIN, e.Tries) }

// Is makes errors.Is find [ErrPIN], and [ErrLocked] after the last try.
func (e *PINError) Is(target error) bool {
	return target == ErrPIN || target == ErrLocked && e.Tries == 0
}

const (
	p256Prefix    = "p256:"
	ed25519Prefix = "ed25519:"

	compressedSize = 33 // SEC 1 §2.3.3 on P-256
)

// FormatSealingKey writes a P-256 key as `p256:` and its compressed point. It panics on a key
// that is nil or on another curve.
func FormatSealingKey(key *ecdh.PublicKey) string {
	if !isSealingKey(key) {
		panic("token: FormatSealingKey needs a P-256 key")
	}
	b, ok := compressed(key.Bytes())
	if !ok {
		panic("token: crypto/ecdh holds a point that is off its curve")
	}
	return p256Prefix + hex.EncodeToString(b)
}

// ParseSealingKey reads what [FormatSealingKey] writes. It refuses with [ErrKey] what is not the
// compressed encoding of a point on P-256 other than infinity.
func ParseSealingKey(s string) (*ecdh.PublicKey, error) {
	b, err := keyBytes(s, p256Prefix, compressedSize)
	if err != nil {
		return nil, err
	}
	point, err := uncompressed(b)
	if err != nil {
		return nil, err
	}
	key, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return nil, ErrKey
	}
	return key, nil
}

func isSealingKey(key *ecdh.PublicKey) bool { return key != nil && key.Curve() == ecdh.P256() }

func keyBytes(s, prefix string, n int) ([]byte, error) {
	digits, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return nil, ErrKey
	}
	b, err := keyvalue.Hex(digits, n)
	if err != nil {
		return nil, ErrKey
	}
	return b, nil
}

// compressed returns the other encoding of a point on P-256 that is not infinity.
func compressed(uncompressed []byte) ([]byte, bool) {
	point, err := nistec.NewP256Point().SetBytes(uncompressed)
	if err != nil {
		return nil, false
	}
	b := point.BytesCompressed()
	return b, len(b) == compressedSize
}

// uncompressed refuses with [ErrKey] what is not a compressed point on P-256.
func uncompressed(b []byte) ([]byte, error) {
	if len(b) != compressedSize {
		return nil, ErrKey
	}
	point, err := nistec.NewP256Point().SetBytes(b)
	if err != nil {
		return nil, ErrKey
	}
	return point.Bytes(), nil
}

// The kinds of token, as written in policies and enrolments.
const (
	KindSoft = "soft" // a file; for rehearsals only
	KindPIV  = "piv"  // a device with the PIV applet, such as a YubiKey
)

// The retired slots of key management (NIST SP 800-73-4 part 1 §4.1), one of which holds the
// sealing key of a token of [KindPIV].
const (
	FirstSlot = 0x82
	LastSlot  = 0x95
)

// CheckSerial refuses with [ErrSerial] what cannot be the serial of a token of the kind. It is for
// [KindSoft] eight decimal digits, the first not 0; for [KindPIV] the decimal number of the
// device, from 1 to 2³²−1. Any other kind is refused with [ErrKind].
func CheckSerial(kind, serial string) error {
	var first, last uint64
	switch kind {
	case KindSoft:
		first, last = 10_000_000, 99_999_999
	case KindPIV:
		first, last = 1, 1<<32-1
	default:
		return ErrKind
	}
	if n, err := keyvalue.Uint(serial, last); err != nil || n < first {
		return ErrSerial
	}
	return nil
}

// CheckSlot refuses with [ErrSlot] a slot in which the sealing key of a token of the kind cannot lie. It is for [KindPIV] one from [FirstSlot] to [LastSlot]; any other kind has no slots, written 0.
func CheckSlot(kind string, slot byte) error {
	if kind == KindPIV && slot >= FirstSlot && slot <= LastSlot || kind != KindPIV && slot == 0 {
		return nil
	}
	return ErrSlot
}

// FormatSlot writes a slot as two lower-case hexadecimal digits.
func FormatSlot(slot byte) string { return hex.EncodeToString([]byte{slot}) }

// ParseSlot reads what [FormatSlot] writes of a slot from [FirstSlot] to [LastSlot]; else [ErrSlot].
func ParseSlot(s string) (byte, error) {
	b, err := keyvalue.Hex(s, 1)
	if err != nil || CheckSlot(KindPIV, b[0]) != nil {
		return 0, ErrSlot
	}
	return b[0], nil
}

// CheckKeys refuses with [ErrKey] keys that a token of the kind cannot have, and with [ErrTwin] two that are one and the
// same. A software token signs with Ed25519.
func CheckKeys(kind string, sealing *ecdh.PublicKey, signing SigningKey) error {
	if !isSealingKey(sealing) {
		return fault.At("sealing", ErrKey)
	}
	if signing.IsZero() || kind == KindSoft && signing.Algorithm() != Ed25519 {
		return fault.At("signing", ErrKey)
	}
	if signing.String() == FormatSealingKey(sealing) {
		return fault.At("signing", ErrTwin)
	}
	return nil
}

// CheckChain refuses an attestation that a token of the kind cannot have. It may be nil, and
// its certificates are not looked at. A software token has none: [ErrKind].
func CheckChain(kind string, chain *attestation.Chain) error {
	if chain == nil {
		return nil
	}
	if kind != KindPIV {
		return ErrKind
	}
	_, err := attestation.ParseChain(chain.Format())
	return err
}
