// Package fuzztest holds what fuzz targets of all strict parsers assert: the memory that an input may cost.
//
// It is for tests alone. Were it wrong, a small file could exhaust the memory of the program that
// reads it, and nobody would have noticed.
package fuzztest

import (
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
