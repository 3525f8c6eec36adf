package batch

import (
	"bytes"
	"math/big"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// TestLastFair compares the bound of the sample's numbers with 2^64 - (2^64 mod T) - 1.
func TestLastFair(t *testing.T) {
	all := new(big.Int).Lsh(big.NewInt(1), 64)
	for _, total := range []uint64{1, 2, 3, 7, 10, 64, 100, 1 << 16, 999_999} {
		rest := new(big.Int).Mod(all, new(big.Int).SetUint64(total))
		want := new(big.Int).Sub(new(big.Int).Sub(all, rest), big.NewInt(1))
		if got := lastFair(total); new(big.Int).SetUint64(got).Cmp(want) != 0 {
			t.Errorf("%d: %d, want %d", total, got, want)
		}
	}
}

// TestFrontier compares roots, and what tree.bin holds, with those of tlog for every size up to 70.
func TestFrontier(t *testing.T) {
	var f frontier
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	for n := range int64(70) {
		want, err := tlog.TreeHash(n, reader)
		if got := f.root(); err != nil || got != want {
			t.Fatalf("%d leaves: %v, want %v, %v", n, got, want, err)
		}
		leaf := tlog.RecordHash([]byte{byte(n)})
		hashes, err := tlog.StoredHashesForRecordHash(n, leaf, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
		var added []byte
		for _, h := range hashes {
			added = append(added, h[:]...)
		}
		if got := f.add(leaf); !bytes.Equal(got, added) {
			t.Fatalf("leaf %d adds %x, want %x", n, got, added)
		}
	}
}
