package piv

import (
	"bytes"
	"cmp"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

const (
	minPIN, maxPIN = 6, 8 // bytes: SP 800-73-4 part 2 §3.2.1, and what the YubiKey takes
	sizePUK        = 8
)

// CheckPINForm refuses with [ErrPINForm] what cannot be a PIN, which has 6 to 8 bytes, each one of the
// printable ASCII characters 0x21 to 0x7e. What cannot be one costs no try.
func CheckPINForm(pin *secret.Bytes) error {
	if n := pin.Len(); n < minPIN || n > maxPIN || !printable(pin) {
		return ErrPINForm
	}
	return nil
}

// CheckPUKForm is CheckPINForm for a PUK that exists already: 6 to 8 characters, else [ErrPUKForm].
func CheckPUKForm(puk *secret.Bytes) error {
	if CheckPINForm(puk) != nil {
		return ErrPUKForm
	}
	return nil
}

// CheckNewPIN refuses a PIN that nobody should choose: [ErrPINForm]; [ErrWeak] for the default and
// its like (one character repeated, or each one more or one less than the one before).
func CheckNewPIN(pin *secret.Bytes) error {
	if err := CheckPINForm(pin); err != nil {
		return err
	}
	return weak(pin)
}

// CheckNewPUK is CheckNewPIN for a PUK: 8 characters ([ErrPUKForm]), and not the PIN, nor the PIN
// with something after it ([ErrWeak]).
func CheckNewPUK(puk, pin *secret.Bytes) error {
	if puk.Len() != sizePUK || !printable(puk) {
		return ErrPUKForm
	}
	if within(pin, puk) {
		return ErrWeak
	}
	return weak(puk)
}

func printable(s *secret.Bytes) bool {
	return !bytes.ContainsFunc(s.Expose(), func(c rune) bool { return c < 0x21 || c > 0x7e })
}

// weak refuses what goes on by the same step from each character to the next: 111111, 123456, 876543.
func weak(s *secret.Bytes) error {
	b := s.Expose()
	step := b[1] - b[0]
	if step+1 > 2 { // neither -1, 0 nor 1
		return nil
	}
	for i := range b[1:] {
		if b[i+1]-b[i] != step {
			return nil
		}
	}
	return ErrWeak
}

// within reports whether the longer begins with the shorter.
func within(short, long *secret.Bytes) bool {
	if short.Len() == 0 || short.Len() > long.Len() {
		return false
	}
	head := secret.New(short.Len())
	defer head.Wipe()
	copy(head.Expose(), long.Expose())
	return head.Equal(short)
}

// ChangePIN replaces the PIN. Errors: [ErrPINForm], [ErrWeak] before a try is spent;
// *[token.PINError], [token.ErrLocked]; [ErrCode] when the old one was right and the card refuses the new one.
func (c *Card) ChangePIN(old, new *secret.Bytes) error {
	if err := cmp.Or(CheckPINForm(old), CheckNewPIN(new)); err != nil {
		return fault.At(c.Serial(), err)
	}
	defer erase()
	return c.use(func(d device) error { return d.setPIN(old, new) })
}

// Unblock sets a new PIN with the PUK, whether the PIN is locked or not, and gives it all its tries.
// Errors: [ErrPUKForm], [ErrPINForm], [ErrWeak] before a try is spent; *[PUKError], [ErrPUKLocked]; [ErrCode] when the
// PUK was right and the card refuses the new PIN.
func (c *Card) Unblock(puk, newPIN *secret.Bytes) error {
	if err := cmp.Or(CheckPUKForm(puk), CheckNewPIN(newPIN)); err != nil {
		return fault.At(c.Serial(), err)
	}
	defer erase()
	return c.use(func(d device) error { return d.unblock(puk, newPIN) })
}
