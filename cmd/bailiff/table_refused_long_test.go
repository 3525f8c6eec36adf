//go:build cgo && long

package main

import (
	"flag"
	"fmt"
	"testing"

	"bailiff/custody/testkit/virtual"
)

var (
	refusedEvery = flag.Int("refused-every", 11, "answer wrongly at every n-th APDU; 1: at each")
	refusedFirst = flag.Int("refused-first", 1, "the APDU to begin with")
)

// Every wrong answer to every eleventh APDU of the cards in a ceremony and in a release.
func TestLongTableRefused(t *testing.T) {
	for _, act := range pulledActs {
		total, given := act.run(t, virtual.RemoveBefore, 0), 0
		for at := *refusedFirst; at <= total; at += *refusedEvery {
			for round := range len(wrongAnswers) / 3 {
				t.Run(fmt.Sprintf("%s/%d/%d", act.name, at, round), func(t *testing.T) { given += act.refused(t, at, round) })
			}
		}
		t.Logf("counts: %s: %d APDUs of one card, %d wrong answers", act.name, total, given)
	}
}
