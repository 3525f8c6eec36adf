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
