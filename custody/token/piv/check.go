package piv

import (
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Check tells whether the card is still the enrolled token: keys, origin and policies, attestation,
// PIN and PUK. It needs no PIN and costs no touch. want names the slot. roots and at are those of
// [attestation.Roots.Verify]. The defects are all that is amiss, none of them hides another:
//
// [ErrEmptySlot], [ErrOtherKey] (object: the slot), [ErrOrigin], [ErrDefault] (object: PIN, PUK or
// management key), [token.ErrLocked], [ErrPUKLocked], the errors of [attestation.Roots.Verify], [ErrNoDevice], and
// [ErrOtherCard] when the attested serial number is another than that the card says.
//
// err is about the card that could not be asked.
func (c *Card) Check(want Enrolled, roots *attestation.Roots, at time.Time) (contents *Contents, defects []error, err error) {
	contents, err = c.Inspect()
	if err != nil {
		return nil, nil, err
	}
	return contents, contents.Defects(want, roots, at), nil
}

// Defects is [Card.Check] of a card that was asked already; roots of nil: the attestation is not looked
// at.
func (c *Contents) Defects(want Enrolled, roots *attestation.Roots, at time.Time) (all []error) {
	note := func(object string, err error) {
		if err != nil {
			all = append(all, fault.At(c.Serial, fault.At(object, err)))
		}
	}
	sealing := c.slot(want.Slot)
	note(c.Signing.Slot.String(), c.Signing.isSigning(want))
	note(sealing.Slot.String(), sealing.isSealing(want))
	for _, code := range []struct {
		object    string
		isDefault bool
	}{{"PIN", c.PIN.Default}, {"PUK", c.PUK.Default}, {"management key", c.Management.Default}} {
		if code.isDefault {
			note(code.object, ErrDefault)
		}
	}
	if c.PIN.Tries == 0 {
		note("PIN", token.ErrLocked)
	}
	if c.PUK.Tries == 0 {
		note("PUK", ErrPUKLocked)
	}
	if roots != nil {
		note("attestation", c.attested(sealing, roots, at))
	}
	return all
}

// slot returns what is in a retired slot; an empty one for a slot that is none.
func (c *Contents) slot(which attestation.Slot) Slot {
	for _, s := range c.Sealing {
		if s.Slot == which {
			return s
		}
	}
	return Slot{Slot: which, Empty: true}
}

func (s Slot) isSigning(want Enrolled) error {
	key, err := s.signingKey()
	switch {
	case err != nil:
		return err
	case !want.Signing.IsZero() && key != want.Signing:
		return ErrOtherKey
	case !s.Generated || s.PIN != attestation.PINOnce || s.Touch == attestation.TouchNever:
		return ErrOrigin
	}
	return nil
}

func (s Slot) isSealing(want Enrolled) error {
	key, err := s.sealingKey()
	switch {
	case err != nil:
		return err
	case want.Sealing != nil && !want.Sealing.Equal(key):
		return ErrOtherKey
	case !s.Generated || s.PIN != attestation.PINOnce || s.Touch != attestation.TouchAlways:
		return ErrOrigin
	}
	return nil
}

// Chain is what the device attests of 9c and of a retired slot, which may be nothing.
func (c *Contents) Chain(sealing attestation.Slot) *attestation.Chain {
	return &attestation.Chain{
		Intermediate: c.Device, Signing: c.Signing.Attestation, Sealing: c.slot(sealing).Attestation,
	}
}

// attested verifies the attestations, and that they speak of this device and these keys.
func (c *Contents) attested(sealing Slot, roots *attestation.Roots, at time.Time) error {
	said, err := roots.Verify(c.Chain(sealing.Slot), at)
	switch {
	case c.Device == nil:
		return ErrNoDevice
	case err != nil:
		return err
	case formatSerial(said.Sealing.Serial) != c.Serial:
		return ErrOtherCard
	case !equalKey(said.Signing.Key, c.Signing.Public), !equalKey(said.Sealing.Key, sealing.Public):
		return ErrOtherKey
	}
	return nil
}

// Enrol unlocks the card, lets it agree on a secret with a fresh key and sign an enrolment, and
// returns that: two touches. It serves the yearly check, which proves that the PIN is known and both
// keys work and throws the enrolment away, and the enrolment file that was lost. The signing key signs
// nothing but what it signs anyway, checkpoints and enrolments, and no member's key is opened. The
// errors are those of [Card.Unlock] and [token.Enrol]; the card stays open.
func (c *Card) Enrol(pin *secret.Bytes, want Enrolled, mode string, now time.Time) (*token.Enrolment, error) {
	t, err := c.Unlock(pin, want)
	if err != nil {
		return nil, err
	}
	return token.Enrol(t, mode, now)
}
