//go:build cgo

package main

import (
	"strings"
	"testing"
)

// What everybody is about to sign is shown before the first PIN: all tokens, spares too, and the officers.
func TestFoundingIsReviewed(t *testing.T) {
	s := newSeatScene(t)
	for reader, serial := range []string{anne, bruno, chloe} {
		s.putIn(reader, serial)
	}
	x := s.sit(foundAtTable + " --token " + anne + " --token " + bruno + " --token " + chloe)
	x.await("Type yes")
	x.enter("yes")
	x.await("PIN of token")
	before, _, _ := strings.Cut(x.screen(), "PIN of token")
	for _, want := range []string{anne, bruno, spare, chloe, "Bruno Exemple", s.facts.Officer1, s.facts.Officer2} {
		if !strings.Contains(before, want) {
			t.Errorf("%s is not shown before the first PIN:\n%s", want, before)
		}
	}
	x.read = 0
	x.finish(0)
	s.verified("other")
}
