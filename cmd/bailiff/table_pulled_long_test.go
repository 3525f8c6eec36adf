//go:build cgo && long

package main

import (
	"testing"

	"bailiff/custody/token/piv/virtual"
)

// The card is pulled at each APDU of a ceremony and of a release, before it is carried out and after.
func TestTablePulledEverywhere(t *testing.T) {
	for _, act := range pulledActs {
		total := act.run(t, virtual.RemoveBefore, 0)
		for _, mishap := range []virtual.Mishap{virtual.RemoveBefore, virtual.RemoveAfter} {
			for at := 1; at <= total; at++ {
				act.run(t, mishap, at)
			}
		}
		t.Logf("%s: %d APDUs of one card", act.name, total)
	}
}
