//go:build cgo

package main

import (
	"strings"
	"testing"
	"time"

	"bailiff/custody/secret"
	"bailiff/custody/table"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/token/piv"
)

// A card that refuses at once to be touched, again and again, is asked at a pace at which people can read, and the
// act goes on once it takes the touch.
func TestTableRefusesAtOnce(t *testing.T) {
	const untouched = "The token was not touched in time"
	s := newSeatScene(t).unsigned()
	s.putIn(0, anne)
	s.putIn(1, bruno)
	if err := s.cards[anne].SetTouch(rig.Touch{Do: rig.TouchRefuse}); err != nil {
		t.Fatal(err)
	}
	x := s.sit(cosignAtTable)
	x.answer(anne, cardPIN)
	x.answer(bruno, cardPIN)
	x.await(untouched)
	x.notTooOften(untouched, 2*table.Patient, table.Patient)
	if err := s.cards[anne].SetTouch(rig.Touch{}); err != nil {
		t.Fatal(err)
	}
	x.finish(0)
	s.verified("vault")
}

// The same outside of an act.
func TestCheckRefusesAtOnce(t *testing.T) {
	const untouched = "not touched in time"
	s := newSeatScene(t)
	s.putIn(0, anne)
	if err := s.cards[anne].SetTouch(rig.Touch{Do: rig.TouchRefuse}); err != nil {
		t.Fatal(err)
	}
	x := s.sit("bailiff token check --vault vault --pin --serial " + anne)
	x.await("PIN of token " + anne)
	x.enter(cardPIN)
	x.await(untouched)
	x.notTooOften(untouched, table.Patient, table.LookAgain)
	if err := s.cards[anne].SetTouch(rig.Touch{}); err != nil {
		t.Fatal(err)
	}
	x.finish(0)
}

// notTooOften waits, and expects that the sentence, which was shown just now, comes at that pace at most; on a busy
// machine more time has passed than was waited.
func (x *sitting) notTooOften(sentence string, wait, pace time.Duration) {
	x.Helper()
	began, before := time.Now(), strings.Count(x.screen(), sentence)
	time.Sleep(wait)
	more, passed := strings.Count(x.screen(), sentence)-before, time.Since(began)
	if more > 1+int(passed/pace) {
		x.Errorf("asked %d times more in %v", more, passed)
	}
}

// A token that was set aside, and was taken out and put in again while somebody else typed their PIN: that it is
// still aside is said, and what to do.
func TestTableMendedUnseen(t *testing.T) {
	s := newSeatScene(t).unsigned()
	if err := s.cards[anne].BlockPIN(); err != nil {
		t.Fatal(err)
	}
	s.putIn(0, anne)
	s.putIn(1, bruno)
	x := s.sit(cosignAtTable)
	x.await("Token " + anne + " is left aside")
	x.await("PIN of token " + bruno)
	s.takeOut(anne)
	s.unblock(anne)
	time.Sleep(table.Patient)
	x.enter(cardPIN)
	x.await("Tokens ready: 1 of 2")
	x.await("Token " + anne + " is still left aside")
	s.takeOut(anne)
	x.await("Token " + anne + ", of c01 (Anne Exemple), was taken out")
	s.putIn(0, anne)
	x.finish(0)
	s.verified("vault")
}

// unblock puts a card into the first reader and gives it its PIN back.
func (s *seatScene) unblock(serial string) {
	s.Helper()
	s.putIn(0, serial)
	var readers piv.Readers
	card, err := readers.Open(s.Context(), serial, nil)
	if err != nil {
		s.Fatal(err)
	}
	defer card.Close()
	puk, pin := secret.From([]byte("31415926")), secret.From([]byte(cardPIN))
	defer puk.Wipe()
	defer pin.Wipe()
	if err := card.Unblock(puk, pin); err != nil {
		s.Fatal(err)
	}
}
