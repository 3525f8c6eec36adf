package virtual

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"errors"
	"slices"
)

// Quirk is a way in which a card that resembles a YubiKey of factory settings differs from one. Each was seen on
// a PIV applet that is not Yubico's, or is what a setting of a YubiKey does.
type Quirk string

// The quirks.
const (
	StrangeMaker Quirk = "strange-maker" // f9's certificate is by a maker whom nobody knows
	CopiedDevice Quirk = "copied-device" // f9's certificate is another device's: no attestation verifies
	NoDevice     Quirk = "no-device"     // f9 is empty: no attestation
	NoMetadata   Quirk = "no-metadata"   // GET METADATA: 6D00
	FewSlots     Quirk = "few-slots"     // GET METADATA of 8D to 95: 6A86
	NamedObjects Quirk = "named-objects" // PUT DATA of objects that SP 800-73-4 does not name: 6A82
	NoRecords    Quirk = "no-records"    // the same: 6A81
	NoRoom       Quirk = "no-room"       // PUT DATA: 6A84
	OneKey       Quirk = "one-key"       // each P-256 key is the same; no Ed25519
	DigitPUK     Quirk = "digit-puk"     // a PUK with anything but digits: 6A80
	Complexity   Quirk = "complexity"    // PIN and PUK with fewer than three different characters: 6985
	IdleRetries  Quirk = "idle-retries"  // SET PIN RETRIES: 9000, and nothing else
)

// errQuirk refuses a quirk that no card has.
var errQuirk = errors.New("virtual: no such quirk")

// checkQuirks refuses unknown quirks.
func checkQuirks(all []Quirk) error {
	known := []Quirk{
		StrangeMaker, CopiedDevice, NoDevice, NoMetadata, FewSlots, NamedObjects, NoRecords, NoRoom,
		OneKey, DigitPUK, Complexity, IdleRetries,
	}
	for _, q := range all {
		if !slices.Contains(known, q) {
			return errQuirk
		}
	}
	return nil
}

// is reports whether the card has a quirk.
func (s *state) is(q Quirk) bool { return slices.Contains(s.Quirks, q) }

// maker is who signs the device's certificate.
func (c *Card) maker() (*Issuer, error) {
	switch {
	case c.state.is(StrangeMaker):
		scalar := bytes.Repeat([]byte{7}, 32)
		k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
		return &Issuer{Name: "A maker whom nobody knows", Key: k}, err
	case c.issuer != nil:
		return c.issuer, nil
	}
	return TestRoot()
}

// spoil takes from a new card what its quirks say that it lacks.
func (c *Card) spoil() (err error) {
	if c.state.is(NoDevice) {
		delete(c.state.Keys, slotAttestation)
		delete(c.state.Objects, objectAttestation)
	}
	if c.state.is(CopiedDevice) {
		k := c.state.Keys[slotAttestation]
		k.Private, err = generate(p256, c.random)
		c.state.Keys[slotAttestation] = k
	}
	return err
}

// storable is what PUT DATA of an object answers before it looks at the content.
func (s *state) storable(id uint32) status {
	named := id>>8 == 0x5fc1
	switch {
	case s.is(NoRoom):
		return noRoom
	case s.is(NamedObjects) && !named:
		return notFound
	case s.is(NoRecords) && !named:
		return notSupported
	}
	return ok
}

// settable is what setting a PIN or PUK answers, where it could be one.
func (s *state) settable(value []byte, puk bool) status {
	code := bytes.TrimRight(value, "\xff")
	different := map[byte]bool{}
	for _, b := range code {
		different[b] = true
	}
	switch {
	case s.is(DigitPUK) && puk && len(bytes.Trim(code, "0123456789")) > 0:
		return wrongBody
	case s.is(Complexity) && len(different) < 3:
		return notSatisfied
	}
	return ok
}

// supports reports whether the card generates keys of a type.
func (s *state) supports(a algorithm) bool {
	return s.Firmware.supports(a) && !(s.is(OneKey) && a == ed25519A)
}

// seed is where the private part of a key comes from.
func (c *Card) seed(a algorithm) ([]byte, error) {
	if c.state.is(OneKey) && a == p256 {
		return bytes.Repeat([]byte{9}, 32), nil
	}
	return generate(a, c.random)
}
