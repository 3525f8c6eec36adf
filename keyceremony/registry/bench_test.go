package registry_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/registry"
)

const benchKeys = 10_000

// BenchmarkImport imports 10,000 keys, and assigns one of as many.
func BenchmarkImport(b *testing.B) {
	v := batchtest.NewVault(b, vaultID)
	batch := makeBatch(b, v, batchtest.Options{Batch: batchID, Publish: benchKeys, Sample: 20, Reserve: 20})
	dir, pools := b.TempDir(), 0
	imported := func(b *testing.B) *registry.Pool {
		pools++
		p := open(b, filepath.Join(dir, strconv.Itoa(pools)+".db"))
		pin(b, p, v.Anchor)
		if _, err := batch.into(b.Context(), p); err != nil {
			b.Fatal(err)
		}
		return p
	}
	b.Run("import", func(b *testing.B) {
		for b.Loop() {
			imported(b)
		}
	})
	b.Run("assign", func(b *testing.B) {
		var p *registry.Pool
		for i := range b.N {
			if i%benchKeys == 0 {
				b.StopTimer()
				p = imported(b)
				b.StartTimer()
			}
			if _, err := p.Assign(b.Context(), strconv.Itoa(i), now()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
