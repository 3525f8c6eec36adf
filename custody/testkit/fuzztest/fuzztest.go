// Package fuzztest holds what fuzz targets of all strict parsers assert: the one encoding of what is accepted, no
// result beside an error, and the memory that an input may cost.
//
// It is for tests alone. Were it wrong, a small file could exhaust the memory of the program that
// reads it, or two texts pass for the same thing, and nobody would have noticed.
package fuzztest

import (
	"bytes"
	"runtime"
	"testing"
)

// Floor is what a parser may allocate whatever its input: tables that are made once, small structures.
const Floor = 256 << 10

// Bounded measures what is allocated until the returned function is called, on all goroutines, and fails
// the test when it is more than limit + [Floor] bytes. The limit is in proportion to the input:
//
//	defer fuzztest.Bounded(t, 64*len(data))()
func Bounded(t testing.TB, limit int) func() {
	t.Helper()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	return func() {
		t.Helper()
		var after runtime.MemStats
		runtime.ReadMemStats(&after)
		if used, most := after.TotalAlloc-before.TotalAlloc, uint64(limit+Floor); used > most {
			t.Errorf("the input cost %d bytes of memory, more than %d", used, most)
		}
	}
}

// Formatter is what a text is read into, a pointer, and written from.
type Formatter[T any] interface {
	*T
	Format() ([]byte, error)
}

// RoundTrip holds what every text format promises: there is no result beside an error, what parse accepts is written
// as the very bytes that were read, and both cost at most 64 bytes of memory for each of them. It returns nil when
// parse refused data.
func RoundTrip[P Formatter[T], T any](t testing.TB, data []byte, parse func([]byte) (P, error)) P {
	t.Helper()
	defer Bounded(t, 64*len(data))()
	p, err := parse(data)
	if err != nil {
		if p != nil {
			t.Fatal("a result beside an error")
		}
		return nil
	}
	if again, err := p.Format(); err != nil || !bytes.Equal(again, data) {
		t.Fatalf("%q came back as %q, %v", data, again, err)
	}
	return p
}
