//go:build cgo

package main

import (
	"slices"
	"testing"

	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token/piv"
)

// A card that is pulled at any of its APDUs, before it is carried out or after, and put back when that is
// asked for: the act ends well, no PIN try is burnt, and the vault verifies. The others are in
// table_pulled_long_test.go.
func TestTablePulled(t *testing.T) {
	t.Run(pulledActs[0].name, func(t *testing.T) { pulledActs[0].run(t, virtual.RemoveBefore, 60) })
	t.Run(pulledActs[1].name, func(t *testing.T) { pulledActs[1].run(t, virtual.RemoveAfter, 30) })
}

// pulledAct is an act of which the first custodian's card is pulled.
type pulledAct struct{ name, line string }

var pulledActs = []pulledAct{
	{"ceremony", "bailiff ceremony run --vault vault --script script.toml --dice " + dice},
	{"release", releaseAtTable + " --token " + anne + " --token " + chloe},
}

// run pulls the card at one of its APDUs, never if that is 0, and returns how many there were.
func (a pulledAct) run(t *testing.T, mishap virtual.Mishap, at int) int {
	t.Helper()
	s := newSeatScene(t)
	defer s.clear()
	for reader, serial := range []string{anne, bruno, chloe} {
		s.putIn(reader, serial)
	}
	card := s.cards[anne]
	if err := card.EmptyLog(); err != nil {
		t.Fatal(err)
	}
	if at > 0 {
		if err := card.Arm(virtual.Failure{At: at, Do: mishap}); err != nil {
			t.Fatal(err)
		}
	}
	x := s.sit(a.line)
	x.pulls = anne
	x.finish(0)
	x.putBack() // the last APDUs are those with which the program lets go of it
	if x.pulled != (at > 0) {
		t.Errorf("APDU %d: pulled: %v", at, x.pulled)
	}
	log, err := card.Log()
	if err != nil {
		t.Fatal(err)
	}
	s.verified("vault")
	s.intact(anne)
	return len(log)
}

// intact wants all PIN tries of a card.
func (s *seatScene) intact(serial string) {
	s.Helper()
	if !slices.Contains(s.in, serial) {
		s.putIn(0, serial)
	}
	var readers piv.Readers
	card, err := readers.Open(s.Context(), serial, nil)
	if err != nil {
		s.Fatal(err)
	}
	defer card.Close()
	if left, err := card.Tries(); err != nil || left.PIN != 3 {
		s.Errorf("%s: %d tries of the PIN left (%v)", serial, left.PIN, err)
	}
}
