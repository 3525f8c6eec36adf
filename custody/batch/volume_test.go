package batch_test

import (
	"errors"
	"path/filepath"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/strictzip"
)

// A volume takes keys to its last byte: where three fill it exactly they share it, and a byte less
// parts them; where one key fills it exactly it is taken, and a byte less refuses it.
func TestVolumeBoundIsExact(t *testing.T) {
	_, three := deposit(t, 3, 3, 0)
	_, one := deposit(t, 1, 3, 0)
	for _, c := range []struct {
		keys, volumes int
		size          int64
	}{
		{3, 1, three.Volumes[0].Size}, {6, 2, three.Volumes[0].Size}, {3, 2, three.Volumes[0].Size - 1},
		{3, 3, one.Volumes[0].Size}, {1, 1, one.Volumes[0].Size},
	} {
		dir, m := deposit(t, c.keys, 3, c.size)
		if len(m.Volumes) != c.volumes {
			t.Errorf("%d keys in volumes of %d bytes: %d volumes, want %d", c.keys, c.size, len(m.Volumes), c.volumes)
		}
		if b := open(t, dir); b.Manifest().Keys != c.keys {
			t.Errorf("%d keys of %d", b.Manifest().Keys, c.keys)
		}
	}
	w, err := batch.NewWriter(&durable.Disk{}, filepath.Join(t.TempDir(), "b"), header(3), one.Volumes[0].Size-1)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(newSource(3).key(1)); !errors.Is(err, strictzip.ErrTooLarge) {
		t.Errorf("a key that a volume lacks one byte for: %v", err)
	}
	w.Abandon()
}

// The least and the largest that are allowed are.
func TestWriterBounds(t *testing.T) {
	for _, size := range []int64{1, strictzip.MaxSize} {
		w, err := batch.NewWriter(&durable.Disk{}, filepath.Join(t.TempDir(), "b"), header(3), size)
		if err != nil {
			t.Fatalf("volumes of at most %d bytes: %v", size, err)
		}
		w.Abandon()
	}
	w, err := batch.NewWriter(&durable.Disk{}, filepath.Join(t.TempDir(), "b"), header(3), 0)
	if err != nil {
		t.Fatal(err)
	}
	k := newSource(3).key(1)
	k.Sealed, k.Public, k.Shares[0].File = make([]byte, batch.MaxEntry), []byte{1}, []byte{1}
	if err := w.Add(k); err != nil {
		t.Errorf("the largest content, and contents of one byte: %v", err)
	}
	if _, err := w.Close(); err != nil {
		t.Error(err)
	}
}
