package cli

import (
	"testing"
	"time"
)

// TestRemaining: how long is left, once the pace says anything, rounded up to minutes.
func TestRemaining(t *testing.T) {
	for _, c := range []struct {
		took       time.Duration
		done, left int
		want       int
	}{
		{4 * time.Second, 10, 1000, 0}, // too early
		{time.Minute, 0, 1000, 0},
		{time.Minute, 1000, 0, 0},
		{time.Minute, 100, 1, 1},
		{time.Minute, 100, 100, 1},
		{time.Minute, 100, 101, 2},
		{10 * time.Second, 100, 6000, 10},
	} {
		if got := remaining(c.took, c.done, c.left); got != c.want {
			t.Errorf("%v for %d, %d left: %d min, want %d", c.took, c.done, c.left, got, c.want)
		}
	}
}
