package durable_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
)

func TestReadBounds(t *testing.T) {
	var d durable.Disk
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, max := range []int64{int64(len(small)), int64(len(small)) + 1, math.MaxInt64} {
		if got, err := d.Read(path, max); err != nil || string(got) != small {
			t.Errorf("at most %d: %q %v", max, got, err)
		}
	}
	for _, max := range []int64{int64(len(small)) - 1, 0, -1, math.MinInt64} {
		got, err := d.Read(path, max)
		if !errors.Is(err, durable.ErrTooLarge) || got != nil || !slices.Contains(fault.Objects(err), path) {
			t.Errorf("at most %d: %q %v", max, got, err)
		}
	}
}

// A sparse file and a file of the kernel that says it is empty are bounded too.
func TestReadBoundsWhatMisstatesItsSize(t *testing.T) {
	var d durable.Disk
	path := filepath.Join(t.TempDir(), "sparse")
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Read(path, 1<<20); !errors.Is(err, durable.ErrTooLarge) {
		t.Error(err)
	}
	if _, err := d.Read("/proc/self/status", 10); !errors.Is(err, durable.ErrTooLarge) {
		t.Error(err)
	}
}

func TestReadAndOpenRefuseWhatIsNoFile(t *testing.T) {
	var d durable.Disk
	paths := things(t, t.TempDir())
	paths["device"] = "/dev/null"
	for what, path := range paths {
		if got, err := d.Read(path, 1000); !errors.Is(err, durable.ErrNotRegular) || got != nil {
			t.Errorf("Read of a %s: %q %v", what, got, err)
		}
		if got, err := d.Open(path); !errors.Is(err, durable.ErrNotRegular) || got != nil {
			t.Errorf("Open of a %s: %v", what, err)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing")
	if _, err := d.Read(missing, 1000); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := d.Open(filepath.Join(missing, "file")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestOpenReadsAnywhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(small), 0o400); err != nil {
		t.Fatal(err)
	}
	var asked []string
	disk := &durable.Disk{Hook: func(op durable.Op, at string) error { asked = append(asked, string(op)+" "+at); return nil }}
	f, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	buffer := make([]byte, 5)
	if _, err := f.ReadAt(buffer, 4); err != nil || string(buffer) != small[4:9] || f.Name() != path {
		t.Errorf("%q %v %s", buffer, err, f.Name())
	}
	if !slices.Equal(asked, []string{"read " + path}) {
		t.Errorf("%q", asked)
	}
	broken := &durable.Disk{Hook: func(durable.Op, string) error { return errBroken }}
	if _, err := broken.Read(path, 1000); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}
