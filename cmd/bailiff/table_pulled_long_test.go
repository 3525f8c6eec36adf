//go:build cgo && long

package main

import (
	"flag"
	"testing"

	"bailiff/custody/testkit/virtual"
)

var pulledEvery = flag.Int("pulled-every", 7, "pull the card at every n-th APDU; 1: at each, which takes 20 minutes")

// The card is pulled at every seventh APDU of a ceremony and of a release, before it is carried out and after.
func TestLongTablePulled(t *testing.T) {
	for _, act := range pulledActs {
		total := act.run(t, virtual.RemoveBefore, 0)
		pulled := 0
		for _, mishap := range []virtual.Mishap{virtual.RemoveBefore, virtual.RemoveAfter} {
			for at := 1; at <= total; at += *pulledEvery {
				act.run(t, mishap, at)
				pulled++
			}
		}
		t.Logf("counts: %s: %d APDUs of one card, which was pulled %d times", act.name, total, pulled)
	}
}
