package table

import (
	"errors"
	"slices"
	"strings"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// Fill seats cards: those with the serials named, or without any, of as many custodians as are still
// missing, in the order in which their cards come into the readers.
func (t *Table) Fill(serials []string, need int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(serials) > 0 {
		need = len(serials)
	}
	full := func() bool { return len(t.seats) >= need }
	if full() {
		return nil
	}
	return t.until(search{
		wanted: func(serial string) bool {
			c := t.holder(serial)
			return c != "" && t.seated(c) == nil && (len(serials) == 0 || slices.Contains(serials, serial))
		},
		ask:   func() { t.askSeats(serials, need) },
		wrong: func(serial string) { t.refuse(serial, serials) },
		try: func(serial string) (bool, error) {
			err := t.sit(serial)
			return err == nil && full(), err
		},
		lack: fault.At(strings.Join(t.missing(serials), ", "), token.ErrAbsent),
	})
}

// sit unlocks a card and gives it a seat.
func (t *Table) sit(serial string) error {
	c, enrolled, _ := t.Policy.Holder(token.KindPIV, serial)
	s := &seat{table: t, custodian: c.ID, enrolled: enrolled}
	if err := t.admit(s); err != nil {
		s.drop()
		return err
	}
	t.seats = append(t.seats, s)
	t.use(serial)
	t.tell(Seated, serial)
	return nil
}

// admit unlocks a card. Where people are waited for, one that cannot be unlocked is set aside, which leaves
// time to mend it.
func (t *Table) admit(s *seat) error {
	err := s.unlock()
	if err == nil || !t.Endless || waitable(err) || hopeless(err) {
		return err
	}
	return t.setAside(s, err)
}

// setAside leaves a card alone until it was taken out, tells why, and returns [errAside].
func (t *Table) setAside(s *seat, err error) error {
	s.drop()
	if errors.Is(err, errDeclined) {
		t.tell(Declined, s.enrolled.Serial)
	} else {
		t.amiss(err)
	}
	kind := Aside
	if t.seated(s.custodian) == s {
		kind = AsideSeated
	}
	t.tell(kind, s.enrolled.Serial)
	t.aside[s.enrolled.Serial] = t.Now()
	return errAside
}

// amiss tells what is amiss and can be mended.
func (t *Table) amiss(err error) { t.People.Tell(Event{Kind: Amiss, Err: err}) }

// missing are the serials, or the custodians as errors name them, that are not seated.
func (t *Table) missing(serials []string) (out []string) {
	for _, serial := range serials {
		if c := t.holder(serial); c != "" && t.seated(c) == nil {
			out = append(out, serial)
		}
	}
	if len(serials) > 0 {
		return out
	}
	for _, c := range t.Policy.Custodians {
		if t.seated(c.ID) == nil {
			out = append(out, t.Who(c.ID))
		}
	}
	return out
}

// askSeats tells who is missing, and with which cards they can come.
func (t *Table) askSeats(serials []string, need int) {
	t.People.Tell(Event{Kind: Awaiting, Done: len(t.seats), Total: need})
	for _, c := range t.Policy.Custodians {
		if t.seated(c.ID) != nil {
			continue
		}
		var theirs []string
		for _, k := range c.Tokens {
			if k.Kind == token.KindPIV && (len(serials) == 0 || slices.Contains(serials, k.Serial)) {
				theirs = append(theirs, k.Serial)
			}
		}
		if len(theirs) > 0 {
			t.People.Tell(Event{Kind: AwaitingOne, Custodian: c.ID, Wanted: theirs})
		}
	}
	t.offer()
}

// refuse tells why a card cannot have a seat.
func (t *Table) refuse(serial string, serials []string) {
	switch c := t.holder(serial); {
	case c == "":
		t.amiss(fault.At(serial, custody.ErrStranger))
	case t.seated(c) != nil:
		t.amiss(fault.At(t.Who(c), fault.At(serial, custody.ErrTwice)))
	default:
		t.tell(NotAwaited, serial, t.missing(serials)...)
	}
}

// offer tells, when no reader is free, which card may be taken out: one that is not needed, or else that
// which was used last. Its turn comes round again last.
func (t *Table) offer() {
	out, rank := "", -1
	for _, r := range t.list {
		if r.State == piv.Empty {
			return
		}
		if !usable(r) {
			continue
		}
		turn := slices.Index(t.used, r.Serial) // -1: no seat has it
		if turn < 0 {
			turn = len(t.used)
		}
		if turn > rank {
			out, rank = r.Serial, turn
		}
	}
	if out != "" {
		t.tell(Offer, out)
	}
}
