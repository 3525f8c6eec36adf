package main

import (
	"crypto/subtle"
	"errors"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
	"bailiff/custody/token/soft"
)

// lock is a token's PIN: how many tries are left, and what a right one opens.
type lock[T any] struct {
	serial, holder string
	lastTry        string // the sentence before the last try: what is lost with it
	skipped        bool   // nothing, or another number than the serial, leaves the token aside, and the act goes on
	tries          func() (int, error)
	try            func(*secret.Bytes) (T, error)
}

// askPIN asks until the PIN is right or the person gives up (Ctrl-C). It shows the tries left, and never
// spends the last one without being told to. What cannot be a PIN costs no try: a token that was
// touched too early types such a word.
func askPIN[T any](t *tool, l lock[T]) (none T, err error) {
	for {
		tries, err := l.tries()
		if err != nil {
			return none, err
		}
		if tries == 0 {
			return none, fault.At(l.serial, token.ErrLocked)
		}
		if tries == 1 {
			if err := t.confirmLastTry(l.lastTry, l.serial, l.skipped); err != nil {
				return none, err
			}
		}
		var pin *secret.Bytes
		if l.skipped {
			pin, err = t.Secret("ask.pin", l.holder, l.serial, tries)
		} else {
			pin, err = t.Insist("ask.pin", l.holder, l.serial, tries)
		}
		if err != nil {
			return none, err
		}
		opened, err := l.try(pin)
		pin.Wipe()
		switch {
		case err == nil:
			return opened, nil
		case errors.Is(err, piv.ErrPINForm):
			t.Note("note.no-pin", l.serial)
		case errors.Is(err, soft.ErrPINForm):
			t.Note("note.pin-form")
		case errors.Is(err, errFewer):
			t.Note("note.fewer-tries", l.serial)
		case errors.Is(err, token.ErrPIN):
			t.wrongPIN(l.serial, err)
		default:
			return none, fault.At(l.serial, err)
		}
	}
}

// confirmLastTry has the token's serial typed, unseen: from habit, people type their PIN here. It asks until that was
// typed, or where the token can be skipped, once: [cli.ErrDeclined].
func (t *tool) confirmLastTry(question, serial string, skipped bool) error {
	for {
		typed, err := t.Secret(question, serial)
		if err != nil && !errors.Is(err, cli.ErrDeclined) {
			return fault.At(serial, err)
		}
		same := subtle.ConstantTimeCompare(typed.Expose(), []byte(serial)) == 1
		typed.Wipe()
		switch {
		case same:
			return nil
		case skipped:
			return fault.At(serial, cli.ErrDeclined)
		}
		t.Note("note.not-serial")
	}
}
