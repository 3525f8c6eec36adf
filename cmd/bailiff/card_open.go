package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/checkup"
	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// bench is where the commands of the group token work on one card.
type bench struct {
	*tool
	readers piv.Readers
	serial  string // of the card; empty: of the only one that is there
	told    string // the last reason to wait that was told
	pulled  bool   // the card was pulled out, and has not come back
	touches int    // that the command will ask for; 0: not known
	asked   int    // of them so far

	shown piv.Tries // left when PIN or PUK was asked for; zero: it was not
}

// lookAgain is how long a person who mends something may have to wait until it is noticed.
const lookAgain = 700 * time.Millisecond

// pick finds the card, or the only one that there is. At a terminal it waits for it, telling what
// is missing.
func (b *bench) pick() error {
	for {
		err := b.find()
		if err == nil {
			b.told = ""
			return nil
		}
		if !b.Terminal || !b.curable(err) {
			return err
		}
		b.warn(err)
		time.Sleep(lookAgain)
	}
}

// warn tells what is amiss and that the program waits, once until something else is. That a card is
// away which was pulled out needs no words.
func (b *bench) warn(err error) {
	f := b.Explain(err)
	away := errors.Is(err, token.ErrAbsent) || errors.Is(err, piv.ErrNoReader)
	if b.told == f.Error || b.pulled && away {
		return
	}
	b.told = f.Error
	b.Note("card.waiting", f.Error)
	b.Note("card.todo", f.Hint)
}

// find looks into the readers once.
func (b *bench) find() error {
	list, err := b.readers.List(context.Background())
	if err != nil {
		return err
	}
	var usable []string
	var other error
	for _, r := range list {
		switch {
		case r.State == piv.Usable && (b.serial == "" || b.serial == r.Serial):
			usable = append(usable, r.Serial)
		case r.State == piv.Busy:
			other = fault.At(r.Name, checkup.Held(r.Holders))
		case other == nil && r.State == piv.Foreign, other == nil && r.State == piv.Failed:
			other = fault.At(r.Name, r.Err)
		}
	}
	switch {
	case len(usable) == 1:
		b.serial = usable[0]
		return nil
	case len(usable) > 1:
		return fault.At(strings.Join(usable, ", "), cli.ErrSeveral)
	case other != nil:
		return other
	case b.serial != "":
		return fault.At(b.serial, token.ErrAbsent)
	}
	return checkup.ErrNoToken
}

// curable tells whether a person can mend it while the command waits.
func (b *bench) curable(err error) bool {
	for _, is := range []error{
		piv.ErrLibrary, piv.ErrDaemon, piv.ErrPermission, piv.ErrNoReader, piv.ErrReader, piv.ErrForeign,
		token.ErrBusy, token.ErrAbsent, token.ErrRemoved, token.ErrTouch, checkup.ErrNoToken, cli.ErrSeveral,
	} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

// with lends the card to f.
func (b *bench) with(f func(*piv.Card) error) error {
	card, err := b.readers.Open(context.Background(), b.serial, b.touch)
	if err != nil {
		return err
	}
	return errors.Join(f(card), card.Close())
}

// until lends the card to f, at a terminal again and again until nothing is left that a person could
// mend.
func (b *bench) until(f func(*piv.Card) error) error {
	for {
		if again, err := b.attempt(f); !again {
			return err
		}
	}
}

// attempt lends the card to f once. At a terminal it then waits until what a person could mend is mended,
// and says that f may be tried again.
func (b *bench) attempt(f func(*piv.Card) error) (again bool, _ error) {
	b.asked = 0
	began := time.Now()
	err := b.with(f)
	if err == nil || !b.Terminal || !b.curable(err) {
		return false, err
	}
	told := b.Explain(err)
	b.Note("card.stopped", told.Error)
	b.Note("card.todo", told.Hint)
	time.Sleep(time.Until(began.Add(lookAgain))) // a card can refuse at once, again and again
	b.pulled = errors.Is(err, token.ErrRemoved) || errors.Is(err, token.ErrAbsent)
	if err := b.pick(); err != nil {
		return false, err
	}
	b.pulled = false
	b.Note("card.again", b.serial)
	return true, nil
}

// touch says when to touch the card, and that it was seen.
func (b *bench) touch(t piv.Touch) {
	if !t.Done {
		b.asked++
		b.Note("card.touch."+string(t.Operation), t.Serial, b.asked, b.touches)
		return
	}
	if t.Err == nil {
		b.Note("card.touched")
	}
}

// inspect asks the card what it tells without a PIN.
func (b *bench) inspect() (contents *piv.Contents, err error) {
	err = b.until(func(c *piv.Card) (err error) {
		contents, err = c.Inspect()
		return err
	})
	return contents, err
}

// newBench is for the card of that serial number; empty: for the only one that is there.
func (t *tool) newBench(serial string, touches int) (*bench, error) {
	if serial != "" {
		if filepath.Ext(serial) == ".token" {
			return nil, fault.At(serial, cli.ErrSoftToken)
		}
		if token.CheckSerial(token.KindPIV, serial) != nil {
			return nil, fault.At(serial, cli.ErrSerial)
		}
	}
	b := &bench{tool: t, serial: serial, touches: touches}
	return b, b.pick()
}
