//go:build long

package hostile

import "testing"

// TestLongFlips turns every bit of every byte of every kind of file, and cuts it to every length; of volumes
// and public batches one bit of every byte.
func TestLongFlips(t *testing.T) {
	w := flipWorld(t)
	for _, d := range damages(w) {
		t.Run(d.kind, func(t *testing.T) {
			t.Parallel()
			bits := func(int) []int { return []int{0, 1, 2, 3, 4, 5, 6, 7} }
			if len(w.read(d.file)) > 10_000 {
				bits = func(i int) []int { return []int{i % 8} }
			}
			t.Logf("counts: %s: %d bytes, %d damaged files refused by name", d.kind, len(w.read(d.file)), ruin(t, d, 1, bits))
		})
	}
}
