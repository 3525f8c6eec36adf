package durable_test

import (
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
)

// TestSpace: an act that the disk has no room for is refused, with what it needs.
func TestSpace(t *testing.T) {
	dir := t.TempDir()
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	free := int64(st.Bavail) * st.Bsize
	for path, want := range map[string]error{
		dir: nil, filepath.Join(dir, "new"): nil, filepath.Join(dir, "none", "new"): unix.ENOENT,
	} {
		if err := new(durable.Disk).Space(path, free/2); !errors.Is(err, want) {
			t.Errorf("%s: %v, not %v", path, err, want)
		}
	}
	for _, need := range []int64{free * 2, math.MaxInt64} {
		if err := new(durable.Disk).Space(dir, need); !errors.Is(err, durable.ErrSpace) || !strings.HasPrefix(err.Error(), dir+": space ") {
			t.Errorf("%d bytes: %v", need, err)
		}
	}
	full := errors.New("full")
	d := &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if op == durable.OpSpace {
			return full
		}
		return nil
	}}
	if err := d.Space(dir, 1); !errors.Is(err, full) {
		t.Error(err)
	}
}
