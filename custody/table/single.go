package table

import (
	"errors"
	"strings"
	"time"

	"bailiff/custody/checkup"
	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// LookAgain is how long a person who mends something may have to wait until it is noticed.
const LookAgain = 700 * time.Millisecond

// Single is one card on its own, which is prepared or checked.
type Single struct {
	Options
	Serial  string // of the card; empty: of the only one that is there
	Touches int    // that will be asked for; 0: not known

	told   string // the last reason to wait that was told
	pulled bool   // the card was pulled out, and has not come back
	asked  int    // touches so far

	shown piv.Tries // left when PIN or PUK was asked for; zero: it was not
}

// Find finds the card, or the only one that there is: its Serial is known then.
func (s *Single) Find() error {
	for {
		err := s.find()
		if err == nil {
			s.told = ""
			return nil
		}
		if !s.Endless || !curable(err) {
			return err
		}
		s.wait(err)
		s.Sleep(LookAgain)
	}
}

// wait tells what is waited for, once until it is something else. That a card is away which was pulled out
// needs no words.
func (s *Single) wait(err error) {
	if s.told == gist(err) || s.pulled && isOne(err, token.ErrAbsent, piv.ErrNoReader) {
		return
	}
	s.told = gist(err)
	s.People.Tell(Event{Kind: Waiting, Err: err})
}

// find looks into the readers once.
func (s *Single) find() error {
	list, err := s.Readers.List()
	if err != nil {
		return err
	}
	var found []string
	var other error
	for _, r := range list {
		switch {
		case r.State == piv.Usable && (s.Serial == "" || s.Serial == r.Serial):
			found = append(found, r.Serial)
		case r.State == piv.Busy:
			other = fault.At(r.Name, piv.HeldBy(r.Holders))
		case other == nil && r.State == piv.Foreign, other == nil && r.State == piv.Failed:
			other = fault.At(r.Name, r.Err)
		}
	}
	switch {
	case len(found) == 1:
		s.Serial = found[0]
		return nil
	case len(found) > 1:
		return fault.At(strings.Join(found, ", "), ErrSeveral)
	case other != nil:
		return other
	case s.Serial != "":
		return fault.At(s.Serial, token.ErrAbsent)
	}
	return checkup.ErrNoToken
}

// curable reports whether a person can mend it while the program waits.
func curable(err error) bool {
	return waitable(err) || isOne(err, piv.ErrForeign, checkup.ErrNoToken, ErrSeveral)
}

// Use lends the card to f, where people are waited for again and again until nothing is left that they could
// mend.
func (s *Single) Use(f func(Card) error) error {
	for {
		if more, err := s.attempt(f); !more {
			return err
		}
	}
}

// Try is Use for what can cost a try of the code that was typed. A card that has fewer left than when it was
// asked for is not lent. It may have counted a wrong code and have been pulled out before it said so: tried
// once more, that code would spend the next try, the last one even, which nobody agreed to.
func (s *Single) Try(f func(Card) error) error { return s.Use(s.guarded(f)) }

func (s *Single) guarded(f func(Card) error) func(Card) error {
	return func(c Card) error {
		left, err := c.Tries()
		if err != nil {
			return err
		}
		if left.PIN < s.shown.PIN || left.PUK < s.shown.PUK {
			return errFewer
		}
		return f(c)
	}
}

// attempt lends the card to f once. Where people are waited for, it then waits until what they could mend is
// mended, and reports that f may be tried again.
func (s *Single) attempt(f func(Card) error) (more bool, _ error) {
	s.asked = 0
	began := s.Now()
	err := s.lend(f)
	if err == nil || !s.Endless || !curable(err) {
		return false, err
	}
	s.People.Tell(Event{Kind: Stopped, Err: err})
	s.Sleep(began.Add(LookAgain).Sub(s.Now())) // a card can refuse at once, again and again
	s.pulled = isOne(err, token.ErrRemoved, token.ErrAbsent)
	if err := s.Find(); err != nil {
		return false, err
	}
	s.pulled = false
	s.People.Tell(Event{Kind: Resumed, Serial: s.Serial})
	return true, nil
}

func (s *Single) lend(f func(Card) error) error {
	card, err := s.Readers.Open(s.Serial, s.touched)
	if err != nil {
		return err
	}
	return errors.Join(f(card), card.Close())
}

func (s *Single) touched(touch piv.Touch) {
	if !touch.Done {
		s.asked++
	}
	s.People.Tell(Event{Kind: Touch, Serial: touch.Serial, Touch: touch, Done: s.asked, Total: s.Touches})
}
