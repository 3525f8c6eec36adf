package main

import (
	"errors"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// What a command tells itself about a PIN or PUK that was typed.
var (
	errFewer = errors.New("bailiff: the card has fewer tries left than when the code was asked for")
	errAgain = errors.New("bailiff: the PIN is to be asked for again")
)

// guarded is f for a card that has as many tries left as when PIN or PUK was asked for: else f is not run,
// [errFewer]. The card may have counted a wrong code and have been pulled out before it said so: tried once
// more, that code would spend the next try, the last one even, which nobody agreed to.
func (b *bench) guarded(f func(*piv.Card) error) func(*piv.Card) error {
	return func(c *piv.Card) error {
		left, err := c.Tries()
		if err != nil {
			return err
		}
		if left.PIN < b.shown.PIN || left.PUK < b.shown.PUK {
			return errFewer
		}
		return f(c)
	}
}

// wrongPIN says that a PIN was wrong, and how many tries are left where the token tells.
func (t *tool) wrongPIN(serial string, err error) {
	told, ok := errors.AsType[*token.PINError](err)
	switch {
	case !ok || told.Tries < 1:
		t.Note("note.wrong-pin.some", serial)
	case told.Tries == 1:
		t.Note("note.wrong-pin.one", serial)
	default:
		t.Note("note.wrong-pin", serial, told.Tries)
	}
}

// fromFile takes the PIN from a rehearsal's file, which never spends the last try.
func (b *bench) fromFile(pins cli.PINs) (*secret.Bytes, error) {
	pin, err := pins.For(b.serial)
	if err != nil {
		return nil, err
	}
	if b.shown, err = b.tries(); err == nil && b.shown.PIN == 1 {
		err = fault.At(b.serial, cli.ErrNoTerminal)
	}
	if err != nil {
		return nil, err
	}
	return pin, nil
}

// refused says of a PIN from a file that it was wrong, where the card could not say so itself.
func (b *bench) refused(err error) error {
	if errors.Is(err, errFewer) {
		return fault.At(b.serial, token.ErrPIN)
	}
	return err
}

// knownPIN asks for the PIN that the card has, once: the caller tries it.
func (b *bench) knownPIN() (*secret.Bytes, error) {
	for {
		left, err := b.tries()
		if err != nil {
			return nil, err
		}
		b.shown = left
		if left.PIN == 0 {
			return nil, fault.At(b.serial, token.ErrLocked)
		}
		if left.PIN == 1 {
			if err := b.confirmLastTry("ask.last-try.piv", b.serial, false); err != nil {
				return nil, err
			}
		}
		pin, err := b.Insist("ask.card-pin", b.serial, left.PIN)
		if err != nil || piv.CheckPINForm(pin) == nil {
			return pin, err
		}
		pin.Wipe()
		b.Note("note.no-pin", b.serial)
	}
}

// tries asks the card what tries are left.
func (b *bench) tries() (left piv.Tries, err error) {
	err = b.until(func(c *piv.Card) (err error) {
		left, err = c.Tries()
		return err
	})
	return left, err
}

// trying asks for the PIN and has use try it, until it is right.
func (b *bench) trying(use func(pin *secret.Bytes) error) error {
	for {
		pin, err := b.knownPIN()
		if err != nil {
			return err
		}
		err = use(pin)
		pin.Wipe()
		switch {
		case errors.Is(err, errFewer):
			b.Note("note.fewer-tries", b.serial)
		case errors.Is(err, errAgain):
		case errors.Is(err, token.ErrPIN) && !errors.Is(err, token.ErrLocked):
			b.wrongPIN(b.serial, err)
		default:
			return b.spent(err)
		}
	}
}

// spent returns err. When it says that the code typed was the last, whoever typed it presses Enter first, unseen: a code that they
// type once more would be a shell's.
func (b *bench) spent(err error) error {
	if errors.Is(err, token.ErrLocked) || errors.Is(err, piv.ErrPUKLocked) {
		typed, asked := b.Secret("ask.no-more-codes", b.serial)
		if asked == nil {
			typed.Wipe()
		}
	}
	return err
}
