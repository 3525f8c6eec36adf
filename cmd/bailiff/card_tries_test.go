//go:build cgo

package main

import (
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// benchOf is where a command at a terminal works on a card; what it says goes nowhere.
func (s *seatScene) benchOf(serial string) *bench {
	s.Helper()
	s.putIn(0, serial)
	b := &bench{tool: &tool{App: &cli.App{Terminal: true, Out: io.Discard, Err: io.Discard, Now: time.Now}}, serial: serial}
	b.ask(s.T)
	return b
}

// ask does what asking for a PIN or PUK does, but for the question.
func (b *bench) ask(t *testing.T) {
	t.Helper()
	var err error
	if b.shown, err = b.tries(); err != nil {
		t.Fatal(err)
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
	b := s.benchOf(anne)
	wrong := secret.From([]byte("000000"))
	defer wrong.Wipe()
	err := s.silenced(anne, 0x20, func() error {
		b.ask(t)
		return b.until(b.guarded(func(c *piv.Card) error {
			_, err := c.Unlock(wrong, piv.Enrolled{})
			return err
		}))
	})
	if !errors.Is(err, errFewer) {
		t.Errorf("tried again: %v", err)
	}
	if left, err := b.tries(); err != nil || left.PIN != 1 {
		t.Errorf("%d tries left (%v)", left.PIN, err)
	}
}

// A PIN that was changed by a card that was pulled out before it said so: the old one, which is wrong by
// now, is not tried by the program.
func TestChangedPINIsAskedForAgain(t *testing.T) {
	s := newSeatScene(t)
	b := s.benchOf(anne)
	old, next := secret.From([]byte(cardPIN)), secret.From([]byte("161803"))
	defer old.Wipe()
	defer next.Wipe()
	present := old
	err := s.silenced(anne, 0x24, func() error {
		b.ask(t)
		err := b.replacePIN(present, next)
		if present = next; err == nil {
			next, old = old, next
		}
		return err
	})
	if !errors.Is(err, errAgain) {
		t.Errorf("not asked for again: %v", err)
	}
	if left, err := b.tries(); err != nil || left.PIN != 3 {
		t.Errorf("%d tries left (%v)", left.PIN, err)
	}
}

// A wrong PUK is counted once too.
func TestWrongPUKIsNotTriedAgain(t *testing.T) {
	s := newSeatScene(t)
	b := s.benchOf(anne)
	wrong, next := secret.From([]byte("00000000")), secret.From([]byte("161803"))
	defer wrong.Wipe()
	defer next.Wipe()
	err := s.silenced(anne, 0x2c, func() error {
		b.ask(t)
		return b.until(b.guarded(func(c *piv.Card) error { return c.Unblock(wrong, next) }))
	})
	if !errors.Is(err, errFewer) {
		t.Errorf("tried again: %v", err)
	}
	if left, err := b.tries(); err != nil || left.PUK != 1 {
		t.Errorf("%d tries left (%v)", left.PUK, err)
	}
}

// A PIN from a file never spends the last try.
func TestPINFileSparesTheLastTry(t *testing.T) {
	s := newSeatScene(t)
	b := s.benchOf(anne)
	wrong := secret.From([]byte("000000"))
	defer wrong.Wipe()
	for range 2 {
		err := b.with(func(c *piv.Card) error { _, err := c.Unlock(wrong, piv.Enrolled{}); return err })
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
	if left, err := b.tries(); err != nil || left.PIN != 1 {
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
