package wording_test

import (
	"testing"

	"bailiff/cmd/internal/wording"
)

func TestAmounts(t *testing.T) {
	for n, want := range map[int][2]string{0: {"0", "0"}, 999: {"999", "999"}, 9000: {"9\u202f000", "9,000"}, 1234567: {"1\u202f234\u202f567", "1,234,567"}} {
		if fr, en := wording.French.Count(n), wording.English.Count(n); fr != want[0] || en != want[1] {
			t.Errorf("%d: %q, %q", n, fr, en)
		}
	}
	for n, want := range map[int]string{0: "1 minute", 1: "1 minute", 3: "3 minutes", 59: "59 minutes", 60: "1\u00a0h", 61: "1\u00a0h\u00a001", 750: "12\u00a0h\u00a030"} {
		if got := wording.French.Minutes(n); got != want || wording.English.Minutes(n) != want {
			t.Errorf("%d minutes: %q", n, got)
		}
	}
}
