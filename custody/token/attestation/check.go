package attestation

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"

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
