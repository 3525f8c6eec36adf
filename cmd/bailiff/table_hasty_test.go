//go:build cgo

package main

import (
	"strings"
	"testing"
	"time"

	"bailiff/custody/token/piv/virtual/rig"
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
	time.Sleep(2 * patient)
	if n := strings.Count(x.screen(), untouched); n > 4 {
		t.Errorf("asked %d times in %v", n, 2*patient)
	}
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
	time.Sleep(patient)
	if n := strings.Count(x.screen(), untouched); n > 1+int(patient/lookAgain) {
		t.Errorf("asked %d times in %v", n, patient)
	}
	if err := s.cards[anne].SetTouch(rig.Touch{}); err != nil {
		t.Fatal(err)
	}
	x.finish(0)
}
