package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/secret"
	"bailiff/custody/token/piv"
)

// choosePIN has the custodian choose a PIN that passes the check, typed twice, after the rules were told.
func (t *tool) choosePIN(check func(*secret.Bytes) error) (*secret.Bytes, error) {
	t.Note("card.pin-rules")
	return t.Alike(
		func() (*secret.Bytes, error) {
			return t.chosen(check, func() (*secret.Bytes, error) { return t.Insist("ask.new-pin") })
		},
		func() (*secret.Bytes, error) { return t.Insist("ask.new-pin-again") },
	)
}

// chosen asks until what is typed passes the check.
func (t *tool) chosen(check func(*secret.Bytes) error, ask func() (*secret.Bytes, error)) (*secret.Bytes, error) {
	for {
		code, err := ask()
		if err != nil {
			return nil, err
		}
		if err = check(code); err == nil {
			return code, nil
		}
		code.Wipe()
		t.sayRefused(err)
	}
}

// sayRefused tells why what was typed is not taken.
func (t *tool) sayRefused(err error) {
	told := t.Explain(err)
	t.Note("card.refused", told.Error)
	t.Note("card.todo", told.Hint)
}

// choosePUK has the custodian choose a PUK, or draws one when they only press Enter, and shows it
// once, to be written by hand.
func (t *tool) choosePUK(pin *secret.Bytes) (*secret.Bytes, error) {
	t.Note("card.puk-rules")
	check := func(puk *secret.Bytes) error { return piv.CheckNewPUK(puk, pin) }
	puk, err := t.Alike(
		func() (*secret.Bytes, error) {
			return t.chosen(check, func() (*secret.Bytes, error) { return t.Secret("ask.new-puk") })
		},
		func() (*secret.Bytes, error) { return t.Insist("ask.new-puk-again") },
	)
	if errors.Is(err, cli.ErrDeclined) { // nothing was typed
		puk, err = drawPUK(pin)
	}
	if err != nil {
		return nil, err
	}
	if err := t.showPUK(puk); err != nil {
		puk.Wipe()
		return nil, err
	}
	return puk, nil
}

// digitsOfPUK is how many a drawn PUK has. Digits are on every keyboard, and look like nothing else.
const digitsOfPUK = 8

// drawPUK draws a PUK, each digit by the remainder of bytes below 250.
func drawPUK(pin *secret.Bytes) (*secret.Bytes, error) {
	for {
		puk := secret.New(digitsOfPUK)
		for n := 0; n < digitsOfPUK; {
			drawn, err := secret.Random(rand.Reader, 1)
			if err != nil {
				puk.Wipe()
				return nil, err
			}
			if b := drawn.Expose()[0]; b < 250 {
				puk.Expose()[n] = '0' + b%10
				n++
			}
			drawn.Wipe()
		}
		if piv.CheckNewPUK(puk, pin) == nil {
			return puk, nil
		}
		puk.Wipe()
	}
}

// narrowest is the width, in columns, that every terminal has.
const narrowest = 78

// showPUK shows a PUK on the terminal, waits until it is written down, and clears the screen.
func (t *tool) showPUK(puk *secret.Bytes) error {
	show := func(tty io.Writer) error {
		fmt.Fprintf(tty, "\n%s\n\n      ", cli.Wrap(t.T("card.puk"), narrowest))
		_, err := tty.Write(puk.Expose())
		fmt.Fprint(tty, "\n\n")
		return err
	}
	return t.Reveal(show, func() error {
		for {
			answer, err := t.Line("ask.puk-written", t.T("word.written"))
			if err != nil || answer == t.T("word.written") {
				return err
			}
		}
	})
}
