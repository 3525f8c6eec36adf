package piv

import (
	"time"

	"bailiff/custody/fault"
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

// Production tells whether nothing speaks against the card.
func (f Fitness) Production() bool { return len(f.Unfit) == 0 && len(f.Rehearsal) == 0 }

// Fitness tells what the card could be used for. What enrolment would refuse is refused by it, as far as
// there is something to judge: before the card has keys, that it is a genuine YubiKey is read from a
// certificate that could have been copied. [Card.Init] judges each key that it makes.
func (c *Contents) Fitness(at time.Time) Fitness {
	var f Fitness
	if c.PIN.Tries == 0 {
		f.Unfit = append(f.Unfit, fault.At("PIN", token.ErrLocked))
	}
	if c.Serial == formatSerial(0) {
		f.Unfit = append(f.Unfit, ErrNoSerial)
	}
	if c.Management.Touch {
		f.Unfit = append(f.Unfit, fault.At("touch", ErrManagement))
	}
	if !c.Signing.Empty && !c.signs() {
		f.Unfit = append(f.Unfit, fault.At(c.Signing.Slot.String(), ErrOccupied))
	}
	if err := c.twin(c.Signing); err != nil {
		f.Unfit = append(f.Unfit, err)
	}
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

// signs tells whether Init would take the key in 9c for one of bailiff's.
func (c *Contents) signs() bool {
	made := c.Signing.Ours || c.Preparation == Started && c.Signing.Certificate == nil
	return made && c.Signing.isSigning(Enrolled{}) == nil
}

// judged tells what speaks against the device by its certificate, and by what it attests of a signing key that
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

// Chooses tells whether [Card.Init] wants a PUK, and a PIN that the custodian chooses: on a card as
// from the factory, and on one whose preparation was cut short before it was closed. On the latter
// the PIN may be set already: it is when [Contents.PIN] is no longer the default.
func (c *Contents) Chooses() bool {
	return c.Preparation == Fresh || c.Preparation == Started && c.fresh
}
