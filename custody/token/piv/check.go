package piv

import (
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Fitness is what a card could be used for, by what it tells without a PIN.
type Fitness struct {
	// Unfit is why it serves for nothing as it is: [token.ErrLocked] (object: PIN), [ErrManagement],
	// [ErrOccupied] (object: 9c), [ErrNoSerial], [token.ErrTwin]; and of what the device says about itself all that
	// [token.Enrolment.CheckOrigin] refuses even in a rehearsal: the errors of the attestation's package,
	// [ErrOtherCard], [ErrOtherKey].
	Unfit []error
	// Rehearsal is why it serves in rehearsals only: [ErrNoDevice], [ErrCurve], [ErrOrigin],
	// [attestation.ErrTestRoot], [attestation.ErrFirmware].
	Rehearsal []error
}

// Production reports whether nothing speaks against the card.
func (f Fitness) Production() bool { return len(f.Unfit) == 0 && len(f.Rehearsal) == 0 }

// Fitness returns what the card could be used for. What enrolment would refuse is refused by it, as far as
// there is something to judge: before the card has keys, that it is a genuine YubiKey is read from a
// certificate that could have been copied. [Card.Init] judges each key that it makes.
func (c *Contents) Fitness(at time.Time) Fitness {
	var f Fitness
	unfitIf := func(amiss bool, err error) {
		if amiss {
			f.Unfit = append(f.Unfit, err)
		}
	}
	unfitIf(c.PIN.Tries == 0, fault.At("PIN", token.ErrLocked))
	unfitIf(c.Serial == formatSerial(0), ErrNoSerial)
	unfitIf(c.Management.Touch, fault.At("touch", ErrManagement))
	unfitIf(!c.Signing.Empty && !c.signs(), fault.At(c.Signing.Slot.String(), ErrOccupied))
	twin := c.twin(c.Signing)
	unfitIf(twin != nil, twin)
	if c.Firmware.Less(attestation.MinFirmware) {
		f.Rehearsal = append(f.Rehearsal, fault.At(c.Firmware.String(), attestation.ErrFirmware))
	}
	unfit, rehearsal := c.judged(at)
	f.Unfit, f.Rehearsal = append(f.Unfit, unfit...), append(f.Rehearsal, rehearsal...)
	if key, err := c.Signing.signingKey(); err == nil && c.signs() && key.Algorithm() != token.Ed25519 {
		f.Rehearsal = append(f.Rehearsal, fault.At(c.Signing.Slot.String(), ErrCurve))
	}
	return f
}

// signs reports whether Init would go on with the key in 9c as one of bailiff's.
func (c *Contents) signs() bool {
	made := c.Signing.Ours || c.Preparation == Started && c.Signing.Certificate == nil
	return made && c.Signing.isSigning(Enrolled{}) == nil
}

// judged returns what speaks against the device by its certificate, and by what it attests of a signing key that
// is there. Without either an enrolment has no attestation, which a rehearsal accepts.
func (c *Contents) judged(at time.Time) (unfit, rehearsal []error) {
	if c.Device == nil {
		return nil, []error{ErrNoDevice}
	}
	roots := attestation.Rehearsal()
	maker, err := roots.VerifyDevice(c.Device, at)
	if err != nil {
		return []error{err}, nil
	}
	switch {
	case maker.Test:
		rehearsal = append(rehearsal, attestation.ErrTestRoot)
	case maker.Made.Less(attestation.MinFirmware) && !c.Firmware.Less(attestation.MinFirmware):
		rehearsal = append(rehearsal, fault.At(maker.Made.String(), attestation.ErrFirmware))
	}
	if !c.signs() {
		return nil, rehearsal
	}
	switch err := c.vouched(c.Signing, at); {
	case c.Signing.Attestation == nil:
		rehearsal = append(rehearsal, fault.At(c.Signing.Slot.String(), ErrOrigin))
	case err != nil:
		unfit = append(unfit, fault.At(c.Signing.Slot.String(), err))
	}
	return unfit, rehearsal
}

// vouched verifies what the device attests of one key, by the rules of [token.Enrolment.CheckOrigin] in a rehearsal:
// nothing is nothing wrong. Those of production come on top of it.
func (c *Contents) vouched(s Slot, at time.Time) error {
	if c.Device == nil || s.Attestation == nil {
		return nil
	}
	said, err := attestation.Rehearsal().VerifyOne(c.Device, s.Attestation, at)
	switch {
	case err != nil:
		return err
	case formatSerial(said.Serial) != c.Serial:
		return ErrOtherCard
	case said.Slot != s.Slot:
		return attestation.ErrSlot
	case !equalKey(said.Key, s.Public):
		return ErrOtherKey
	}
	return nil
}

// Chooses reports whether [Card.Init] wants a PUK, and a PIN that the custodian chooses: on a card as
// from the factory, and on one whose preparation was cut short before it was closed. On the latter
// the PIN may be set already: it is when [Contents.PIN] is no longer the default.
func (c *Contents) Chooses() bool {
	return c.Preparation == Fresh || c.Preparation == Started && c.fresh
}

// Check checks that the card is still the enrolled token: keys, origin and policies, attestation,
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
	noteIf := func(amiss bool, object string, err error) {
		if amiss {
			note(object, err)
		}
	}
	noteIf(c.PIN.Default, "PIN", ErrDefault)
	noteIf(c.PUK.Default, "PUK", ErrDefault)
	noteIf(c.Management.Default, "management key", ErrDefault)
	noteIf(c.PIN.Tries == 0, "PIN", token.ErrLocked)
	noteIf(c.PUK.Tries == 0, "PUK", ErrPUKLocked)
	if roots != nil {
		note("attestation", c.attested(sealing, roots, at))
	}
	return all
}

// slot returns what is in a retired slot; an empty one for a slot that is none.
func (c *Contents) slot(which attestation.Slot) Slot {
	if i := slices.IndexFunc(c.Sealing, func(s Slot) bool { return s.Slot == which }); i >= 0 {
		return c.Sealing[i]
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
