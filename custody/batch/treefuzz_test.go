package batch_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/testkit/fuzztest"
)

// FuzzTree: whatever stands in tree.bin, a key's record is the right one or an error.
func FuzzTree(f *testing.F) {
	dir, _ := deposit(f, 3, 2, 0)
	want, err := open(f, dir).Record(2)
	if err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(dir, "tree.bin")
	good, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:64])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		defer fuzztest.Bounded(t, 64*len(data))()
		b, err := batch.Open(&durable.Disk{}, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		r, err := b.Record(2)
		if (r == nil) == (err == nil) {
			t.Fatal("neither a record nor an error, or both")
		}
		if err == nil && !reflect.DeepEqual(r, want) {
			t.Fatalf("another record: %+v", r)
		}
	})
}
