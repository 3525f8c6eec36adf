package batch_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/strictzip"
)

// write writes a batch of three volumes to a disk that may fail.
func write(d *durable.Disk, dir string) error {
	w, err := batch.NewWriter(d, dir, header(2), 20_000)
	if err != nil {
		return err
	}
	defer w.Abandon()
	s := newSource(2)
	for i := range 12 {
		if err := w.Add(s.key(i + 1)); err != nil {
			return err
		}
	}
	m, err := w.Close()
	if err == nil && len(m.Volumes) != 3 {
		return errors.New("not three volumes")
	}
	return err
}

// TestEveryFailureLeavesNoBatch lets each operation of the disk fail in turn, alone and with all
// that follow it.
func TestEveryFailureLeavesNoBatch(t *testing.T) {
	broken := errors.New("disk broken")
	var total atomic.Int64
	count := &durable.Disk{Hook: func(durable.Op, string) error { total.Add(1); return nil }}
	if err := write(count, filepath.Join(t.TempDir(), "b")); err != nil {
		t.Fatal(err)
	}
	if total.Load() < 30 {
		t.Fatalf("only %d operations", total.Load())
	}
	for n := int64(1); n <= total.Load(); n++ {
		for _, forever := range []bool{false, true} {
			var done atomic.Int64
			disk := &durable.Disk{Hook: func(durable.Op, string) error {
				if i := done.Add(1); i == n || forever && i > n {
					return broken
				}
				return nil
			}}
			dir := filepath.Join(t.TempDir(), "b")
			if err := write(disk, dir); !errors.Is(err, broken) {
				t.Errorf("operation %d: %v", n, err)
			}
			_, err := os.Lstat(filepath.Join(dir, "manifest.txt"))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			// The manifest had its name, and the disk failed both to make that durable and to
			// take it back: what is there must be whole.
			if !forever || n != total.Load() {
				t.Errorf("operation %d: there is a manifest: %v", n, err)
			}
			if err := verify(dir); err != nil {
				t.Errorf("operation %d: a manifest of what is not whole: %v", n, err)
			}
		}
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "b")
	disk := &durable.Disk{Hook: func(op durable.Op, path string) error {
		if op == durable.OpCreate && strings.HasSuffix(path, "records.txt.part") {
			return os.WriteFile(filepath.Join(dir, "sealed-0002.zip"), []byte("somebody's"), 0o600)
		}
		return nil
	}}
	if err := write(disk, dir); !errors.Is(err, durable.ErrExists) {
		t.Error(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "sealed-0002.zip")); err != nil || string(got) != "somebody's" {
		t.Errorf("%q, %v", got, err)
	}
}

// live is the number of bytes in use after a collection.
func live() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestMemory writes and reads 20,000 keys. What a writer holds is less than the directory
// will have; verifying takes some 50 bytes for each key and a few buffers; reading, the directory.
func TestMemory(t *testing.T) {
	const keys = 20_000
	const directory = keys * (4*(46+48) + 7 + 10 + 2*13)
	dir := filepath.Join(t.TempDir(), "b")
	if got := heldWriting(t, dir, keys); got > directory {
		t.Errorf("writing holds %d bytes, more than the directory's %d", got, directory)
	}
	b := open(t, dir)
	before := live()
	_, err := b.Verify(func(done, total int) {
		if done == total-1 {
			if got := live() - before; got > 8<<20 {
				t.Errorf("verifying holds %d bytes", got)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := heldReading(t, filepath.Join(dir, "sealed-0001.zip"), 4*keys); got > directory+4*4*keys+1<<20 {
		t.Errorf("an open file holds %d bytes, of which %d are the directory", got, directory)
	}
}

// heldWriting is what a writer holds before it is closed.
func heldWriting(t *testing.T, dir string, keys int) int64 {
	before := live()
	w, err := batch.NewWriter(&durable.Disk{}, dir, header(2), 0)
	if err != nil {
		t.Fatal(err)
	}
	s := newSource(2)
	s.public, s.sealed, s.file = 100, 200, 150
	for i := range keys {
		if err := w.Add(s.key(i + 1)); err != nil {
			t.Fatal(err)
		}
	}
	held := live() - before
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return held
}

// heldReading is what an open ZIP file holds.
func heldReading(t *testing.T, path string, entries int) int64 {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	before := live()
	z, err := strictzip.Open(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	held := live() - before
	if z.Len() != entries {
		t.Errorf("%d entries, want %d", z.Len(), entries)
	}
	return held
}
