package ledger_test

import (
	"bytes"
	"testing"

	"bailiff/custody/ledger"
	"bailiff/custody/testkit/fuzztest"
)

func FuzzParseEntry(f *testing.F) {
	for i := range acts() {
		e := entry(f, i)
		if i == 0 {
			e.Personal = &[32]byte{1}
		}
		data, err := e.Format()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, ledger.ParseEntry)
	})
}

func FuzzParsePersonal(f *testing.F) {
	for i, a := range acts() {
		if data := a.part(f, i); data != nil {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		salt, fields, err := ledger.ParsePersonal(data)
		if err != nil {
			if fields != nil || salt != [32]byte{} {
				t.Fatal("a personal part beside an error")
			}
			return
		}
		if out, err := ledger.FormatPersonal(salt, fields); err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}

func FuzzParseProof(f *testing.F) {
	for _, size := range []int{1, 2, 13} {
		p, err := tree(size).Prove(int64(size) / 2)
		if err != nil {
			f.Fatal(err)
		}
		data, err := p.Format()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if p := fuzztest.RoundTrip(t, data, ledger.ParseProof); p != nil {
			_ = p.Check() // must not panic
		}
	})
}
