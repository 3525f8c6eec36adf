package token

import (
	"crypto/ecdh"
	"encoding/hex"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token/attestation"
)

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
