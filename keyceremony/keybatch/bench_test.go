package keybatch_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"runtime"
	"sync"
	"testing"

	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

const benchKeys = 2000

// BenchmarkVerify compares Verify with what no implementation can do without: the two signatures of
// each key, on as many goroutines.
func BenchmarkVerify(b *testing.B) {
	workers := runtime.GOMAXPROCS(0)
	b.Run("bare", func(b *testing.B) {
		public, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		message := make([]byte, 64)
		signature := ed25519.Sign(key, message)
		for b.Loop() {
			var wg sync.WaitGroup
			for range workers {
				wg.Go(func() {
					for range 2 * benchKeys / workers {
						ed25519.Verify(public, message, signature)
					}
				})
			}
			wg.Wait()
		}
		b.ReportMetric(float64(b.N)*benchKeys/b.Elapsed().Seconds(), "keys/s")
	})
	v := batchtest.NewVault(b, vaultID)
	c := v.Batch(b, batchtest.Options{Batch: batchID, Publish: benchKeys, Sample: 20, Reserve: 20})
	file := batchtest.Write(b, c)
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			f, err := keybatch.Open(bytes.NewReader(file), int64(len(file)))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := f.Verify(v.Anchor, nil, workers, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)*benchKeys/b.Elapsed().Seconds(), "keys/s")
	})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			if err := keybatch.Write(io.Discard, c); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)*benchKeys/b.Elapsed().Seconds(), "keys/s")
	})
}
