//go:build cgo

package rig_test

import (
	"context"
	"slices"
	"testing"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/token/piv"
)

// TestSwap: another card goes into a reader whose last one was pulled while a program looked at it. That
// the program fails makes the daemon forget the card before it has looked by itself, and it would
// not see the next one.
func TestSwap(t *testing.T) {
	const reader = 2
	var readers piv.Readers
	for serial := uint32(11); serial < 14; serial++ {
		c, name := insert(t, reader, rig.CardOptions{Serial: serial})
		removed := make(chan error)
		go func() { removed <- c.Remove() }()
		for state := piv.Usable; state != piv.Empty; {
			list, err := readers.List(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			state = list[slices.IndexFunc(list, func(r piv.Reader) bool { return r.Name == name })].State
		}
		if err := <-removed; err != nil {
			t.Fatal(err)
		}
	}
}
