package fuzztest_test

import (
	"errors"
	"testing"

	"bailiff/custody/testkit/fuzztest"
)

// recorder is a test that only notes that it failed.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }
func (r *recorder) Fatal(...any)          { r.failed = true; panic(r) }
func (r *recorder) Fatalf(string, ...any) { r.failed = true; panic(r) }

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

// text is a format that is what it says, unless it says more when it is written.
type text struct{ said, more string }

func (x *text) Format() ([]byte, error) { return []byte(x.said + x.more), nil }

// TestRoundTrip: a parser that keeps the promise passes, each one that breaks it does not.
func TestRoundTrip(t *testing.T) {
	refused := errors.New("refused")
	for name, c := range map[string]struct {
		parse        func([]byte) (*text, error)
		failed, read bool
	}{
		"good":         {func(b []byte) (*text, error) { return &text{said: string(b)}, nil }, false, true},
		"refuses":      {func([]byte) (*text, error) { return nil, refused }, false, false},
		"a result too": {func([]byte) (*text, error) { return new(text), refused }, true, false},
		"another text": {func(b []byte) (*text, error) { return &text{string(b), "\n"}, nil }, true, false},
		"costs too much": {func(b []byte) (*text, error) {
			return &text{said: string(make([]byte, 2*fuzztest.Floor))[:0] + string(b)}, nil
		}, true, true},
	} {
		r := &recorder{TB: t}
		var got *text
		func() {
			defer func() { _ = recover() }()
			got = fuzztest.RoundTrip(r, []byte("text"), c.parse)
		}()
		if r.failed != c.failed || (got != nil) != c.read {
			t.Errorf("%s: failed %t, read %t", name, r.failed, got != nil)
		}
	}
}
