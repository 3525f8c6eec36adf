package wording

import (
	"testing"
	"time"
)

func TestDate(t *testing.T) {
	for day, want := range map[time.Time][2]string{
		time.Date(2028, 12, 1, 0, 30, 0, 0, time.FixedZone("", 3600)): {"30 novembre 2028", "30 November 2028"},
		time.Date(2028, 8, 1, 0, 0, 0, 0, time.UTC):                   {"1er août 2028", "1 August 2028"},
	} {
		if got := [2]string{French.Date(day), English.Date(day)}; got != want {
			t.Errorf("%v: %q, want %q", day, got, want)
		}
	}
}
