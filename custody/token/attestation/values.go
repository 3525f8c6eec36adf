package attestation

import (
	"cmp"
	"fmt"
)

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
