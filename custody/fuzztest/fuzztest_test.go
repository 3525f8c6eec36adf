package fuzztest_test

import (
	"testing"

	"bailiff/custody/fuzztest"
)

// recorder is a test that only notes that it failed.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }

// TestBounded: the bound holds what is proportional to the input and refuses what is not.
func TestBounded(t *testing.T) {
	for size, want := range map[int]bool{1000 * 64: false, 1000*64 + 2*fuzztest.Floor: true} {
		r := &recorder{TB: t}
		done := fuzztest.Bounded(r, 64_000)
		sink := make([]byte, size)
		done()
		if r.failed != want || len(sink) != size {
			t.Errorf("%d bytes where 64,000 are allowed: failed %t", size, r.failed)
		}
	}
}
