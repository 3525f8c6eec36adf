package main

import (
	"errors"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token/piv"
)

// unknownMode: a card does not say whether it is one of a rehearsal.
const unknownMode = ""

// tokenPIN changes the PIN of a card.
func tokenPIN(t *tool) *cobra.Command {
	return t.Leaf("token pin", "bailiff token pin 20001001", func(args []string) error {
		b, err := t.newBench(args[0], 0)
		if err != nil {
			return err
		}
		return b.changePIN()
	}, "SERIAL")
}

// changed is the JSON of token pin and token unblock.
type changed struct {
	Serial   string `json:"serial"`
	Tries    int    `json:"tries"`
	PUKTries int    `json:"puk_tries"`
}

func (b *bench) changePIN() error {
	if err := b.Unread(unknownMode); err != nil {
		return err
	}
	b.Note("pin.begins")
	var next *secret.Bytes
	defer func() { next.Wipe() }()
	err := b.trying(func(pin *secret.Bytes) (err error) {
		if next == nil {
			if next, err = b.choosePIN(otherThan(pin)); err != nil {
				return err
			}
		}
		for {
			if err = b.replacePIN(pin, next); !errors.Is(err, piv.ErrCode) {
				return err
			}
			if err := b.anotherPIN(&next, otherThan(pin), err); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return err
	}
	return b.sayChanged(func() { b.Say("pin.changed", b.serial) })
}

// otherThan is what a new PIN must pass, which is not the present one.
func otherThan(present *secret.Bytes) func(*secret.Bytes) error {
	return func(pin *secret.Bytes) error {
		if pin.Equal(present) {
			return cli.ErrSamePIN
		}
		return piv.CheckNewPIN(pin)
	}
}

// anotherPIN has another PIN that passes the check chosen in the place of next, which the card refused.
func (b *bench) anotherPIN(next **secret.Bytes, check func(*secret.Bytes) error, refusal error) (err error) {
	b.sayRefused(refusal)
	(*next).Wipe()
	*next, err = b.choosePIN(check)
	return err
}

// replacePIN changes the PIN. A card that is pulled out then may have changed it or not, so that the PIN is
// asked for again: the old one, tried by the program, could be a wrong one by now.
func (b *bench) replacePIN(pin, next *secret.Bytes) error {
	for {
		tried := false
		again, err := b.attempt(b.guarded(func(c *piv.Card) error {
			tried = true
			return c.ChangePIN(pin, next)
		}))
		if !again {
			return err
		}
		if tried {
			b.Note("pin.perhaps", b.serial)
			return errAgain
		}
	}
}

// sayChanged tells that the PIN is another one, and what tries are left.
func (b *bench) sayChanged(done func()) error {
	left, err := b.tries()
	if err != nil {
		return err
	}
	return b.Result(changed{b.serial, left.PIN, left.PUK}, func() {
		done()
		b.Say("card.codes", left.PIN, left.PUK)
	})
}

// tokenUnblock sets a new PIN on a card with its PUK.
func tokenUnblock(t *tool) *cobra.Command {
	return t.Leaf("token unblock", "bailiff token unblock 20001001", func(args []string) error {
		b, err := t.newBench(args[0], 0)
		if err != nil {
			return err
		}
		return b.unblock()
	}, "SERIAL")
}

func (b *bench) unblock() error {
	if err := b.Unread(unknownMode); err != nil {
		return err
	}
	b.Note("unblock.begins", b.serial)
	var next *secret.Bytes
	defer func() { next.Wipe() }()
	for {
		puk, err := b.knownPUK()
		if err != nil {
			return err
		}
		if next == nil {
			next, err = b.choosePIN(piv.CheckNewPIN)
		}
		if err == nil {
			err = b.unblockWith(puk, &next)
		}
		puk.Wipe()
		switch {
		case err == nil:
			return b.sayChanged(func() { b.Say("unblock.done", b.serial) })
		case errors.Is(err, errFewer):
			b.Note("note.fewer-tries", b.serial)
		case errors.Is(err, piv.ErrPUK) && !errors.Is(err, piv.ErrPUKLocked):
			b.Note("unblock.wrong", b.serial)
		default:
			return b.spent(err)
		}
	}
}

// unblockWith tries the PUK, again with another PIN as long as the card refuses the one chosen.
func (b *bench) unblockWith(puk *secret.Bytes, next **secret.Bytes) error {
	for {
		err := b.until(b.guarded(func(c *piv.Card) error { return c.Unblock(puk, *next) }))
		if !errors.Is(err, piv.ErrCode) {
			return err
		}
		if err := b.anotherPIN(next, piv.CheckNewPIN, err); err != nil {
			return err
		}
	}
}

// knownPUK asks for the PUK, and never lets the last try be spent without being told to.
func (b *bench) knownPUK() (*secret.Bytes, error) {
	for {
		left, err := b.tries()
		if err != nil {
			return nil, err
		}
		b.shown = left
		if left.PUK == 0 {
			return nil, fault.At(b.serial, piv.ErrPUKLocked)
		}
		if left.PUK == 1 {
			if err := b.confirmLastTry("ask.last-puk-try", b.serial, false); err != nil {
				return nil, err
			}
		}
		puk, err := b.Insist("ask.puk", b.serial, left.PUK)
		if err != nil || piv.CheckPUKForm(puk) == nil {
			return puk, err
		}
		puk.Wipe()
		b.sayRefused(piv.ErrPUKForm)
	}
}
