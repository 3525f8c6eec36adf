//go:build cgo

package main

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/secret"
	"bailiff/custody/table"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// answers type what is asked for, in order. Whoever is asked once more goes away.
type answers struct {
	left []string
	told []table.Kind
}

var errAway = errors.New("nobody answers any more")

func (a *answers) Tell(e table.Event) { a.told = append(a.told, e.Kind) }

func (a *answers) Ask(table.Question) (*secret.Bytes, error) {
	if len(a.left) == 0 {
		return nil, errAway
	}
	typed := secret.From([]byte(a.left[0]))
	a.left = a.left[1:]
	return typed, nil
}

// cardOf is a card that is worked on at a terminal, with those answers each time that work on it begins.
func (s *seatScene) cardOf(serial string) (card *table.Single, answer func(...string) *answers) {
	s.Helper()
	s.putIn(0, serial)
	card = &table.Single{Options: custodians{tool: &tool{App: &cli.App{Terminal: true}}}.cards(nil), Serial: serial}
	return card, func(typed ...string) *answers {
		a := &answers{left: typed}
		card.People = a
		return a
	}
}

// asksAgain wants that the code was not tried once more, but asked for again, for the reason told.
func (a *answers) asksAgain(t *testing.T, err error, reason table.Kind) {
	t.Helper()
	if !errors.Is(err, errAway) || !slices.Contains(a.told, reason) {
		t.Errorf("tried again: %v, told %q", err, a.told)
	}
}

// silenced has the card carry out the next command of that kind that try sends, and be pulled before it
// answers; it is put back.
func (s *seatScene) silenced(serial string, ins byte, try func() error) error {
	s.Helper()
	card := s.cards[serial]
	if err := card.EmptyLog(); err != nil {
		s.Fatal(err)
	}
	_ = try() // which APDU it is
	log, err := card.Log()
	if err != nil {
		s.Fatal(err)
	}
	at := slices.IndexFunc(log, func(x virtual.Exchange) bool { return x.INS == ins })
	if at < 0 {
		s.Fatalf("no command %02x", ins)
	}
	if err := card.Arm(virtual.Failure{At: at + 1, Do: virtual.RemoveAfter}); err != nil {
		s.Fatal(err)
	}
	back := make(chan error)
	go func() {
		time.Sleep(2 * time.Second) // a hand is slower than the daemon
		back <- card.Insert(0)
	}()
	err = try()
	if failed := <-back; failed != nil {
		s.Fatal(failed)
	}
	return err
}

// A wrong PIN that the card counted before it was pulled out is not tried once more by the program: the
// last try would go without anybody having said so.
func TestWrongPINIsNotTriedAgain(t *testing.T) {
	s := newSeatScene(t)
	card, answer := s.cardOf(anne)
	var a *answers
	err := s.silenced(anne, 0x20, func() error {
		a = answer("000000")
		return card.WithPIN(func(pin *secret.Bytes) error {
			return card.Try(func(c table.Card) error {
				_, err := c.Unlock(pin, piv.Enrolled{})
				return err
			})
		})
	})
	a.asksAgain(t, err, table.Fewer)
	if left, err := card.Tries(); err != nil || left.PIN != 1 {
		t.Errorf("%d tries left (%v)", left.PIN, err)
	}
}

// A PIN that was changed by a card that was pulled out before it said so: the old one, which is wrong by
// now, is not tried by the program.
func TestChangedPINIsAskedForAgain(t *testing.T) {
	s := newSeatScene(t)
	card, answer := s.cardOf(anne)
	present, next := cardPIN, "161803"
	var a *answers
	err := s.silenced(anne, 0x24, func() error {
		a = answer(present)
		err := card.ChangePIN(func(*secret.Bytes, error) (*secret.Bytes, error) { return secret.From([]byte(next)), nil })
		present, next = next, present
		return err
	})
	a.asksAgain(t, err, table.Perhaps)
	if left, err := card.Tries(); err != nil || left.PIN != 3 {
		t.Errorf("%d tries left (%v)", left.PIN, err)
	}
}

// A wrong PUK is counted once too.
func TestWrongPUKIsNotTriedAgain(t *testing.T) {
	s := newSeatScene(t)
	card, answer := s.cardOf(anne)
	var a *answers
	err := s.silenced(anne, 0x2c, func() error {
		a = answer("00000000")
		return card.Unblock(func(*secret.Bytes, error) (*secret.Bytes, error) { return secret.From([]byte("161803")), nil })
	})
	a.asksAgain(t, err, table.Fewer)
	if left, err := card.Tries(); err != nil || left.PUK != 1 {
		t.Errorf("%d tries left (%v)", left.PUK, err)
	}
}

// A PIN from a file never spends the last try.
func TestPINFileSparesTheLastTry(t *testing.T) {
	s := newSeatScene(t)
	card, _ := s.cardOf(anne)
	wrong := secret.From([]byte("000000"))
	defer wrong.Wipe()
	for range 2 {
		err := card.Use(func(c table.Card) error { _, err := c.Unlock(wrong, piv.Enrolled{}); return err })
		if !errors.Is(err, token.ErrPIN) {
			t.Fatal(err)
		}
	}
	for _, line := range []string{
		"bailiff token check --vault vault --pin --pin-file pins",
		"bailiff token init --rehearsal --pin-file pins --out another.enrolment",
		"bailiff token init --rehearsal --slot 82 --pin-file pins --out another.enrolment",
	} {
		s.whole(12, line)
	}
	if left, err := card.Tries(); err != nil || left.PIN != 1 {
		t.Errorf("%d tries left (%v)", left.PIN, err)
	}
}

// Tries that somebody else spent while a custodian typed: their PIN is not tried, but asked for again.
func TestSeatAsksAgainWhenTriesAreFewer(t *testing.T) {
	s := newSeatScene(t)
	s.putIn(0, anne)
	x := s.sit(releaseAtTable + " --token " + anne + " --token " + chloe)
	x.reader = 1
	x.await("PIN of token " + anne + " (tries left: 3):")
	var readers piv.Readers
	card, err := readers.Open(t.Context(), anne, nil)
	if err != nil {
		t.Fatal(err)
	}
	wrong := secret.From([]byte("000000"))
	defer wrong.Wipe()
	for range 2 {
		if _, err := card.Unlock(wrong, piv.Enrolled{}); !errors.Is(err, token.ErrPIN) {
			t.Error(err)
		}
	}
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
	x.enter("000001")
	x.await("fewer tries left")
	x.await("One try is left")
	x.enter(anne)
	x.answer(anne, cardPIN)
	x.finish(0)
	s.intact(anne)
}
