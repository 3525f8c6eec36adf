package batch_test

import (
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/testkit/stocktest"
)

// The benchmarks work on a batch of 100,000 keys and five custodians. Compare BenchmarkVerify
// with BenchmarkSHA256Sum, the stock tool over the same volume.
const benchKeys = 100_000

func BenchmarkWrite(b *testing.B) {
	for range b.N {
		_, m := deposit(b, benchKeys, 5, 0)
		b.SetBytes(m.Volumes[0].Size)
	}
}

func BenchmarkVerify(b *testing.B) {
	dir, m := deposit(b, benchKeys, 5, 0)
	batch := open(b, dir)
	b.SetBytes(m.Volumes[0].Size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := batch.Verify(nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSHA256Sum is what BenchmarkVerify is measured by.
func BenchmarkSHA256Sum(b *testing.B) {
	dir, m := deposit(b, benchKeys, 5, 0)
	b.SetBytes(m.Volumes[0].Size)
	for b.Loop() {
		stocktest.In(b, dir, "sha256sum", m.Volumes[0].Name)
	}
}

// BenchmarkRecord opens the batch, finds an authenticated record and reads three entries.
func BenchmarkRecord(b *testing.B) {
	dir, _ := deposit(b, benchKeys, 5, 0)
	number := 1
	for b.Loop() {
		number = number*7919%benchKeys + 1
		sealed, err := batch.Open(&durable.Disk{}, dir)
		if err != nil {
			b.Fatal(err)
		}
		r, err := sealed.Record(number)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := sealed.Sealed(r); err != nil {
			b.Fatal(err)
		}
		for _, c := range []string{"c01", "c05"} {
			if _, err := sealed.Share(r, c); err != nil {
				b.Fatal(err)
			}
		}
		_ = sealed.Close()
	}
}
