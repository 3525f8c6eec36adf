package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// desk is the table with the card readers, at which custodians sit with their PIV tokens: who is
// there, whose each token is, and what was said of the readers already. With fewer readers than
// custodians the tokens are swapped: a token that is wanted and not there is asked for by name.
//
// At a terminal it waits for people as long as they take, and an act goes on once what was amiss is
// mended; elsewhere no longer than --wait.
type desk struct {
	t       *tool
	readers piv.Readers
	policy  *policy.Policy
	names   *policy.Names // nil where they cannot be read
	pins    cli.PINs      // nil: the custodians type them
	wait    time.Duration
	endless bool // as long as it takes

	mu    sync.Mutex // one operation at a time
	seats []*seat
	used  []string // serials of seated tokens, the one used last at the end

	list  []piv.Reader         // at the last look
	there map[string]place     // by serial, the tokens in them
	aside map[string]time.Time // since when serials are not to be tried, until they were taken out
	told  map[string]string    // what was said, by reader; "" for all readers together
}

// place is where a token is. One whose reader cannot be asked just now is taken to be still there.
type place struct {
	reader string
	said   bool // whose it is
}

func (t *tool) newDesk(p *policy.Policy, names *policy.Names, f *tokenFlags, pins cli.PINs) *desk {
	d := &desk{
		t: t, policy: p, names: names, pins: pins, wait: f.wait, endless: t.Terminal && f.wait == 0,
		there: map[string]place{}, aside: map[string]time.Time{}, told: map[string]string{},
	}
	t.desk = d
	return d
}

// close lets go of the cards.
func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.seats {
		s.drop()
	}
}

// tokens returns those that sit at the table.
func (d *desk) tokens() []token.Token {
	out := make([]token.Token, len(d.seats))
	for i, s := range d.seats {
		out[i] = s
	}
	return out
}

// who is a custodian by id and, where it can be read, name.
func (d *desk) who(custodian string) string { return holderName(d.policy, d.names, custodian) }

func holderName(p *policy.Policy, names *policy.Names, custodian string) string {
	i := slices.Index(p.IDs(), custodian)
	if names == nil || i < 0 || i >= len(names.Custodians) {
		return custodian
	}
	return custodian + " (" + names.Custodians[i] + ")"
}

// seated returns the seat of a custodian, nil when it is free.
func (d *desk) seated(custodian string) *seat {
	i := slices.IndexFunc(d.seats, func(s *seat) bool { return s.custodian == custodian })
	if i < 0 {
		return nil
	}
	return d.seats[i]
}

// holds tells whether a token is a PIV token that sits here: its touches are announced by itself.
func (d *desk) holds(custodian, serial string) bool {
	if d == nil {
		return false
	}
	s := d.seated(custodian)
	return s != nil && s.enrolled.Serial == serial
}

// use notes which token was used last.
func (d *desk) use(serial string) {
	d.used = append(slices.DeleteFunc(d.used, func(s string) bool { return s == serial }), serial)
}

// watched tells whether anybody, or a program that moves the cards, reads what is said.
func (d *desk) watched() bool { return d.t.Terminal || d.wait > 0 }

func (d *desk) note(id string, args ...any) {
	if d.watched() {
		d.t.Note(id, args...)
	}
}

// warn says what is amiss and what to do, in the words of the error, and that it is waited for.
func (d *desk) warn(err error) {
	f := d.t.Explain(err)
	d.note("desk.amiss", f.Error)
	d.note("desk.hint", f.Hint)
}

// touched says that a token waits for its touch, and what came of it.
func (d *desk) touched(touch piv.Touch) {
	if !d.t.Terminal {
		return
	}
	c, _, ok := d.policy.Holder(token.KindPIV, touch.Serial)
	if !ok {
		return
	}
	switch {
	case !touch.Done && touch.Operation == piv.Signing:
		d.t.noteTouch("desk.touch.sign", touch.Serial, d.who(c.ID))
	case !touch.Done:
		d.t.noteTouch("desk.touch.open", touch.Serial, d.who(c.ID))
	case touch.Err == nil:
		d.t.Note("desk.touched")
	case errors.Is(touch.Err, token.ErrTouch):
		d.t.Note("desk.untouched")
	}
}

// objects joins serials or custodians for an error.
func objects(list []string) string { return strings.Join(list, ", ") }

// forever is the context of those who wait for people, who can interrupt the program.
func forever() context.Context { return context.Background() }
