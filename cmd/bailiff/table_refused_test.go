//go:build cgo

package main

import (
	"testing"

	"bailiff/custody/testkit/virtual"
)

// Cards that answer wrongly and stay in their readers, all three in one act: each is set aside until it was
// taken out and put in again, the act ends well, no PIN try is burnt, and the vault verifies. All answers at
// all APDUs are in table_refused_long_test.go.
func TestTableRefused(t *testing.T) {
	t.Run(pulledActs[0].name, func(t *testing.T) { pulledActs[0].refused(t, 100, 0) })
	t.Run(pulledActs[1].name, func(t *testing.T) { pulledActs[1].refused(t, 50, 1) })
}

// wrongAnswers are those with which a card can surprise the program. Three cards give three of them at a
// time, so that three rounds give each at each APDU.
var wrongAnswers = []virtual.Failure{
	{Do: virtual.AnswerInstead, Status: 0x6982}, // the PIN is wanted first
	{Do: virtual.Garbage},
	{Do: virtual.AnswerInstead, Status: 0x6a82}, // no such object
	{Do: virtual.AnswerAfter, Status: 0x6f00},   // carried out, and an error all the same
	{Do: virtual.AnswerInstead, Status: 0x63c2}, // a wrong PIN, two tries left
	{Do: virtual.Truncate},
	{Do: virtual.AnswerInstead, Status: 0x6983}, // the PIN is locked
	{Do: virtual.AnswerInstead, Status: 0x6a80},
	{Do: virtual.AnswerInstead, Status: 0x6f00},
}

// refused has each card answer one of its APDUs wrongly, and returns how many wrong answers were given.
func (a pulledAct) refused(t *testing.T, at, round int) (given int) {
	t.Helper()
	s := newSeatScene(t)
	defer s.clear()
	table := []string{anne, bruno, chloe}
	for reader, serial := range table {
		s.putIn(reader, serial)
		f := wrongAnswers[(at+round+3*reader)%len(wrongAnswers)]
		f.At = at
		if err := s.cards[serial].EmptyLog(); err != nil {
			t.Fatal(err)
		}
		if err := s.cards[serial].Arm(f); err != nil {
			t.Fatal(err)
		}
	}
	x := s.sit(a.line)
	x.mends = true
	x.finish(0)
	for _, serial := range table {
		log, err := s.cards[serial].Log()
		if err != nil {
			t.Fatal(err)
		}
		if len(log) >= at {
			given++
		}
		if err := s.cards[serial].Disarm(); err != nil {
			t.Fatal(err)
		}
		s.intact(serial)
	}
	s.verified("vault")
	return given
}
