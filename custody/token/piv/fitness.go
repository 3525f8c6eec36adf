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
	// [ErrOccupied] (object: 9c).
	Unfit []error
	// Rehearsal is why it serves in rehearsals only: the errors of the attestation's package.
	Rehearsal []error
}

// Production tells whether nothing speaks against the card.
func (f Fitness) Production() bool { return len(f.Unfit) == 0 && len(f.Rehearsal) == 0 }

// Fitness tells what the card could be used for. Before it has keys, that it is a genuine YubiKey is
// read from a certificate that could have been copied; [Card.Init] and the enrolment prove it.
func (c *Contents) Fitness(at time.Time) Fitness {
	var f Fitness
	if c.PIN.Tries == 0 {
		f.Unfit = append(f.Unfit, fault.At("PIN", token.ErrLocked))
	}
	if c.Management.Touch {
		f.Unfit = append(f.Unfit, fault.At("touch", ErrManagement))
	}
	if !c.Signing.Empty && !c.signs() {
		f.Unfit = append(f.Unfit, fault.At(c.Signing.Slot.String(), ErrOccupied))
	}
	if c.Firmware.Less(attestation.MinFirmware) {
		f.Rehearsal = append(f.Rehearsal, fault.At(c.Firmware.String(), attestation.ErrFirmware))
	}
	if err := c.made(at); err != nil {
		f.Rehearsal = append(f.Rehearsal, err)
	}
	if key, err := c.Signing.signingKey(); err == nil && c.signs() && key.Algorithm() != token.Ed25519 {
		f.Rehearsal = append(f.Rehearsal, fault.At(c.Signing.Slot.String(), attestation.ErrKey))
	}
	return f
}

// signs tells whether Init would take the key in 9c for one of bailiff's.
func (c *Contents) signs() bool {
	made := c.Signing.Ours || c.Preparation == Started && c.Signing.Certificate == nil
	return made && c.Signing.isSigning(Enrolled{}) == nil
}

// made tells what speaks against the maker of the device.
func (c *Contents) made(at time.Time) error {
	maker, err := attestation.Rehearsal().VerifyDevice(c.Device, at)
	switch {
	case err != nil:
		return err
	case maker.Test:
		return attestation.ErrTestRoot
	case maker.Made.Less(attestation.MinFirmware) && !c.Firmware.Less(attestation.MinFirmware):
		return fault.At(maker.Made.String(), attestation.ErrFirmware)
	}
	return nil
}

// Chooses tells whether [Card.Init] wants a PUK, and a PIN that the custodian chooses: on a card as
// from the factory, and on one whose preparation was cut short before it was closed. On the latter
// the PIN may be set already: it is when [Contents.PIN] is no longer the default.
func (c *Contents) Chooses() bool {
	return c.Preparation == Fresh || c.Preparation == Started && c.fresh
}
