//go:build long

package main_test

import "testing"

// TestLongFaults strikes every operation of every act, in every way in which it can fail.
func TestLongFaults(t *testing.T) {
	p := rehearse(t)
	points := generate(t, p, acts(), failures())
	h := strikeAll(t, p, points)
	t.Logf("counts: %d points%s", h.total, h)
	if h.total < 2000 {
		t.Errorf("%d points", h.total)
	}
}
