// Package table is where custodians sit with their cards while an act is done: who sits, which card is
// wanted, when a card may be asked again, and when its PIN may be tried.
//
// A seat is a custodian with one card. [Table.Tokens] gives the seats as tokens, of which custody makes its
// [bailiff/custody.Quorum]. With fewer readers than custodians the cards are swapped: one that is wanted and
// not there is asked for by name. A card may be pulled out at any time and is asked for again; its PIN is
// typed again too, since nobody keeps it. [Single] is one card on its own, which is prepared or checked.
//
// The package prints nothing and reads no terminal: [People] is told what happens and types PINs. Readers,
// clock and waiting are parameters.
//
// Were this package wrong, the last try of a PIN would be spent without anybody having agreed, a card would
// be tried again and again with a PIN that it refused, or a custodian whose card cosigned another copy of
// the ledger would cosign this one.
package table

import (
	"errors"
	"slices"
	"sync"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// ErrSeveral: no card is named, and several are in the readers.
var ErrSeveral = errors.New("table: several tokens are in the readers")

// Readers are the card readers of the machine, as [piv.Readers] are.
type Readers interface {
	List() ([]piv.Reader, error)
	// Open takes a card for this process alone. touch, if not nil, is called around each wait for a touch.
	Open(serial string, touch func(piv.Touch)) (Card, error)
}

// Card is a card that was taken, as [piv.Card] is.
type Card interface {
	Holds(piv.Enrolled) error
	Tries() (piv.Tries, error)
	Unlock(*secret.Bytes, piv.Enrolled) (Token, error)
	ChangePIN(present, next *secret.Bytes) error
	Unblock(puk, next *secret.Bytes) error
	Close() error
}

// Token is an unlocked card. Close lets go of it.
type Token interface {
	token.Token
	token.HeadKeeper
	Close() error
}

// File is a rehearsal's file with PINs, which are tried in place of what people type. It agrees to nothing: an
// act that would spend a last try ends with LastTry.
type File struct {
	PIN     func(serial string) (*secret.Bytes, error) // it stays the file's
	LastTry error
}

// pin returns the PIN of a card.
func (f *File) pin(serial string, tries func() (int, error)) (*secret.Bytes, error) {
	pin, err := f.PIN(serial)
	if err != nil {
		return nil, err
	}
	left, err := tries()
	if err == nil && left == 1 {
		err = unasked{fault.At(serial, f.LastTry)}
	}
	if err != nil {
		return nil, err
	}
	return pin, nil
}

// Options are what a table is made of, and what a [Single] needs of it.
type Options struct {
	Readers Readers
	People  People
	File    *File // nil: PINs are typed
	Now     func() time.Time
	Sleep   func(time.Duration)
	// Endless: people are waited for as long as they take, and a card that refuses is set aside until it was
	// taken out, instead of ending the act.
	Endless bool

	// Of a table only: whose cards they are, how errors name a custodian, and how long people are waited for.
	Policy *policy.Policy
	Who    func(custodian string) string
	Wait   time.Duration
}

// Table is a table with its card readers. One operation is done at a time.
type Table struct {
	Options

	mu    sync.Mutex
	seats []*seat
	used  []string // serials of seated cards, the one used last at the end

	list  []piv.Reader         // at the last look
	there map[string]place     // by serial, the cards in them
	aside map[string]time.Time // since when serials are not to be tried, until they were taken out
	told  map[string]string    // what was said, by reader; "" for all readers together
}

// place is where a card is. One whose reader cannot be asked just now counts as still there.
type place struct {
	reader string
	said   bool // whose it is
}

// New sets a table at which nobody sits.
func New(o Options) *Table {
	return &Table{Options: o, there: map[string]place{}, aside: map[string]time.Time{}, told: map[string]string{}}
}

// Close lets go of the cards.
func (t *Table) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.seats {
		s.drop()
	}
}

// Tokens returns those that sit at the table.
func (t *Table) Tokens() []token.Token {
	out := make([]token.Token, len(t.seats))
	for i, s := range t.seats {
		out[i] = s
	}
	return out
}

// Holds reports whether a card sits here, whose touches the table announces. It may be called on nil.
func (t *Table) Holds(custodian, serial string) bool {
	if t == nil {
		return false
	}
	s := t.seated(custodian)
	return s != nil && s.enrolled.Serial == serial
}

// seated returns the seat of a custodian, nil when it is free.
func (t *Table) seated(custodian string) *seat {
	i := slices.IndexFunc(t.seats, func(s *seat) bool { return s.custodian == custodian })
	if i < 0 {
		return nil
	}
	return t.seats[i]
}

// holder returns the custodian of a card by id; empty: a stranger's.
func (t *Table) holder(serial string) string {
	if c, _, ok := t.Policy.Holder(token.KindPIV, serial); ok {
		return c.ID
	}
	return ""
}

// use notes which card was used last.
func (t *Table) use(serial string) {
	t.used = append(slices.DeleteFunc(t.used, func(s string) bool { return s == serial }), serial)
}

// tell tells people something of a card.
func (t *Table) tell(kind Kind, serial string, wanted ...string) {
	t.People.Tell(Event{Kind: kind, Serial: serial, Custodian: t.holder(serial), Wanted: wanted})
}

// touched tells that a card waits for its touch, and what came of it.
func (t *Table) touched(touch piv.Touch) {
	t.People.Tell(Event{Kind: Touch, Serial: touch.Serial, Custodian: t.holder(touch.Serial), Touch: touch})
}
