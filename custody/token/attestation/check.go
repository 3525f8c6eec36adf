package attestation

import (
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"fmt"

	"bailiff/custody/fault"
)

// MinFirmware is the oldest firmware that production accepts: the first with Ed25519, and without the
// hole in ECDSA of those before (Yubico's security advisory YSA-2024-03).
var MinFirmware = Version{5, 7, 0}

// check compares the two attestations with each other and with what they are for.
func (s *Statements) check() error {
	a, b := &s.Signing, &s.Sealing
	switch {
	case a.Serial != b.Serial, a.Firmware != b.Firmware, a.FormFactor != b.FormFactor:
		return ErrDevice
	case a.Slot != SlotSigning:
		return fault.At(partSigning, ErrSlot)
	case !b.Slot.Retired():
		return fault.At(partSealing, ErrSlot)
	case !isEd25519(a.Key) && !isP256(a.Key):
		return fault.At(partSigning, ErrKey)
	case !isP256(b.Key):
		return fault.At(partSealing, ErrKey)
	}
	return nil
}

func isEd25519(key crypto.PublicKey) bool {
	k, ok := key.(ed25519.PublicKey)
	return ok && len(k) == ed25519.PublicKeySize
}

func isP256(key crypto.PublicKey) bool {
	k, ok := key.(*ecdsa.PublicKey)
	return ok && k.Curve == elliptic.P256()
}

// CheckProduction checks that a real key may be sealed to the device: it is a real one
// ([ErrTestRoot]) that states its serial number ([ErrExtension]), of firmware 5.7 or later by its own
// word and by its maker's ([ErrFirmware]); its signing key is Ed25519 ([ErrKey]); both keys ask for the PIN once a session
// ([ErrPINPolicy]), not for a fingerprint instead, nor before each use, of which the programs make many with a PIN
// that they do not keep; the sealing key asks for a touch at
// each use, the signing key at each or cached ([ErrTouchPolicy]).
func (s *Statements) CheckProduction() error {
	if err := s.check(); err != nil {
		return err
	}
	switch {
	case s.Test:
		return ErrTestRoot
	case s.Signing.Firmware.Less(MinFirmware):
		return fault.At(s.Signing.Firmware.String(), ErrFirmware)
	case s.Signing.Made.Less(MinFirmware):
		return fault.At(partDevice, fault.At(s.Signing.Made.String(), ErrFirmware))
	case s.Signing.Serial == 0:
		return fault.At("serial", ErrExtension)
	case !isEd25519(s.Signing.Key):
		return fault.At(partSigning, ErrKey)
	case s.Signing.PIN != PINOnce:
		return fault.At(partSigning, ErrPINPolicy)
	case s.Sealing.PIN != PINOnce:
		return fault.At(partSealing, ErrPINPolicy)
	case s.Signing.Touch == TouchNever:
		return fault.At(partSigning, ErrTouchPolicy)
	case s.Sealing.Touch != TouchAlways:
		return fault.At(partSealing, ErrTouchPolicy)
	}
	return nil
}

// Version is a firmware version, as 5.7.4.
type Version struct{ Major, Minor, Patch uint8 }

func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch) }

// Less reports whether v is older than other.
func (v Version) Less(other Version) bool {
	return cmp.Or(cmp.Compare(v.Major, other.Major), cmp.Compare(v.Minor, other.Minor), cmp.Compare(v.Patch, other.Patch)) < 0
}

// Slot is a PIV key reference (NIST SP 800-73-4 part 1, table 4b).
type Slot byte

// The slots that tokens of custodians use.
const (
	SlotSigning      Slot = 0x9c // digital signature
	SlotFirstRetired Slot = 0x82 // the first of twenty for retired key management keys
	SlotLastRetired  Slot = 0x95
)

func (s Slot) String() string { return fmt.Sprintf("%02x", byte(s)) }

// Retired reports whether s is one of the twenty slots in which a sealing key may be.
func (s Slot) Retired() bool { return s >= SlotFirstRetired && s <= SlotLastRetired }

// PINPolicy says when a key asks for the PIN.
type PINPolicy byte

// The PIN policies.
const (
	PINNever       PINPolicy = 1
	PINOnce        PINPolicy = 2 // once a session
	PINAlways      PINPolicy = 3 // before each use
	PINMatchOnce   PINPolicy = 4 // a fingerprint or the PIN, once a session
	PINMatchAlways PINPolicy = 5
)

// String returns Yubico's word for p.
func (p PINPolicy) String() string {
	return word([]string{"NEVER", "ONCE", "ALWAYS", "MATCH_ONCE", "MATCH_ALWAYS"}, byte(p))
}

// TouchPolicy says when a key asks for a touch.
type TouchPolicy byte

// The touch policies.
const (
	TouchNever  TouchPolicy = 1
	TouchAlways TouchPolicy = 2 // at each use
	TouchCached TouchPolicy = 3 // unless the last one was less than 15 seconds ago
)

// String returns Yubico's word for p.
func (p TouchPolicy) String() string { return word([]string{"NEVER", "ALWAYS", "CACHED"}, byte(p)) }

// word is the n-th of words, the first being of number 1.
func word(words []string, n byte) string {
	if n < 1 || int(n) > len(words) {
		return fmt.Sprintf("unknown (%02x)", n)
	}
	return words[n-1]
}

// FormFactor is the shape of a device; its upper bits are flags. 0 is not stated.
type FormFactor byte

const (
	formFIPS  FormFactor = 0x80 // of the FIPS series
	formFlags FormFactor = 0xc0 // 0x40: of the Security Key series
)

// String returns Yubico's words for f, without its flags.
func (f FormFactor) String() string {
	if f&^formFlags == 0 {
		return "not stated"
	}
	return word([]string{
		"Keychain (USB-A)", "Nano (USB-A)", "Keychain (USB-C)", "Nano (USB-C)",
		"Keychain (USB-C, Lightning)", "Bio (USB-A)", "Bio (USB-C)",
	}, byte(f&^formFlags))
}
