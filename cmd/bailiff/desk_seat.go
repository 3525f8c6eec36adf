package main

import (
	"slices"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// fill seats PIV tokens: those with the serials named, or without any, of as many custodians as
// are still missing, in the order in which their tokens come into the readers.
func (d *desk) fill(serials []string, need int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(serials) > 0 {
		need = len(serials)
	}
	full := func() bool { return len(d.seats) >= need }
	if full() {
		return nil
	}
	free := func(serial string) bool {
		c, _, ok := d.policy.Holder(token.KindPIV, serial)
		return ok && d.seated(c.ID) == nil && (len(serials) == 0 || slices.Contains(serials, serial))
	}
	return d.until(search{
		wanted: free,
		ask:    func() { d.askSeats(serials, need) },
		wrong:  func(serial string) { d.refuse(serial, serials) },
		take: func(serial string) (bool, error) {
			err := d.take(serial)
			return err == nil && full(), err
		},
		lack: fault.At(objects(d.missing(serials)), token.ErrAbsent),
	})
}

// take unlocks a token and gives it a seat.
func (d *desk) take(serial string) error {
	c, enrolled, _ := d.policy.Holder(token.KindPIV, serial)
	s := &seat{desk: d, custodian: c.ID, enrolled: enrolled}
	if err := d.admit(s); err != nil {
		s.drop()
		return err
	}
	d.seats = append(d.seats, s)
	d.use(serial)
	d.note("desk.seated", serial, d.who(c.ID))
	return nil
}

// missing are the serials, or the custodians by id and name, that are not seated.
func (d *desk) missing(serials []string) (out []string) {
	for _, serial := range serials {
		if c, _, ok := d.policy.Holder(token.KindPIV, serial); ok && d.seated(c.ID) == nil {
			out = append(out, serial)
		}
	}
	if len(serials) > 0 {
		return out
	}
	for _, c := range d.policy.Custodians {
		if d.seated(c.ID) == nil {
			out = append(out, d.who(c.ID))
		}
	}
	return out
}

// askSeats says who is missing, and with which tokens they can come.
func (d *desk) askSeats(serials []string, need int) {
	d.note("desk.want", len(d.seats), need)
	for _, c := range d.policy.Custodians {
		if d.seated(c.ID) != nil {
			continue
		}
		var theirs []string
		for _, t := range c.Tokens {
			if t.Kind == token.KindPIV && (len(serials) == 0 || slices.Contains(serials, t.Serial)) {
				theirs = append(theirs, t.Serial)
			}
		}
		if len(theirs) > 0 {
			d.note("desk.want.one", d.who(c.ID), d.either(theirs))
		}
	}
	d.offer()
}

// either names tokens of which one is enough.
func (d *desk) either(serials []string) string {
	text := serials[0]
	for _, serial := range serials[1:] {
		text = d.t.T("desk.either", text, serial)
	}
	return text
}

// refuse says why a token cannot have a seat.
func (d *desk) refuse(serial string, serials []string) {
	c, _, ok := d.policy.Holder(token.KindPIV, serial)
	switch {
	case !ok:
		d.warn(fault.At(serial, custody.ErrStranger))
	case d.seated(c.ID) != nil:
		d.warn(fault.At(d.who(c.ID), fault.At(serial, custody.ErrTwice)))
	default:
		d.note("desk.other", serial, d.who(c.ID), d.either(d.missing(serials)))
	}
}

// mistaken says why a token is not the one that is wanted.
func (d *desk) mistaken(serial string, wanted *seat) {
	c, _, ok := d.policy.Holder(token.KindPIV, serial)
	switch {
	case ok && c.ID == wanted.custodian:
		d.note("desk.spare", serial, d.who(c.ID), wanted.enrolled.Serial)
	case ok:
		d.note("desk.other", serial, d.who(c.ID), wanted.enrolled.Serial)
	default:
		d.warn(fault.At(serial, custody.ErrStranger))
	}
}

// offer says, when no reader is free, which token may be taken out: one that is not needed, or else
// that which was used last. Its turn comes round again last.
func (d *desk) offer() {
	out, rank := "", -1
	for _, r := range d.list {
		if r.State == piv.Empty {
			return
		}
		if !ready(r) {
			continue
		}
		turn := slices.Index(d.used, r.Serial) // -1: no seat has it
		if turn < 0 {
			turn = len(d.used)
		}
		if turn > rank {
			out, rank = r.Serial, turn
		}
	}
	if out == "" {
		return
	}
	if c, _, ok := d.policy.Holder(token.KindPIV, out); ok {
		d.note("desk.offer", out, d.who(c.ID))
		return
	}
	d.note("desk.offer.stranger", out)
}
