package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
)

// tracing returns a disk that notes its operations on paths below dir.
func tracing(dir string, steps *[]string) *durable.Disk {
	return &durable.Disk{Hook: func(op durable.Op, at string) error {
		name, err := filepath.Rel(dir, at)
		*steps = append(*steps, string(op)+" "+name)
		return err
	}}
}

func TestMkdirIsExclusive(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	for what, path := range things(t, dir) {
		if err := d.Mkdir(path, 0o700); !errors.Is(err, durable.ErrExists) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := d.Mkdir(filepath.Join(dir, "missing", "child"), 0o700); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestMkdirAllSyncsEachParent(t *testing.T) {
	dir := t.TempDir()
	var steps []string
	d := tracing(dir, &steps)
	path := filepath.Join(dir, "a", "b", "c")
	if err := errors.Join(d.MkdirAll(path, 0o700), d.MkdirAll(path+"/", 0o700)); err != nil {
		t.Fatal(err)
	}
	want := []string{"mkdir a", "sync-dir .", "mkdir a/b", "sync-dir a", "mkdir a/b/c", "sync-dir a/b"}
	if !slices.Equal(steps, want) {
		t.Errorf("%q", steps)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != fs.ModeDir|0o700 {
		t.Error(info, err)
	}
	for what, thing := range things(t, dir) {
		below := filepath.Join(thing, "below")
		if err := d.MkdirAll(below, 0o700); (err == nil) != (what == "directory") {
			t.Errorf("below a %s: %v", what, err)
		}
	}
}

func TestSyncDir(t *testing.T) {
	dir := t.TempDir()
	var steps []string
	d := tracing(dir, &steps)
	if err := d.SyncDir(dir + "/"); err != nil || !slices.Equal(steps, []string{"sync-dir ."}) {
		t.Errorf("%q %v", steps, err)
	}
	broken := &durable.Disk{Hook: func(durable.Op, string) error { return errBroken }}
	if err := broken.SyncDir(dir); !errors.Is(err, errBroken) || !slices.Contains(fault.Objects(err), dir) {
		t.Error(err)
	}
	if err := d.SyncDir(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	for what, thing := range things(t, dir) {
		if err := d.SyncDir(thing); (err == nil) != (what == "directory") && what != "symlink" {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestRenameDir(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	draft := filepath.Join(dir, "draft")
	if err := errors.Join(os.Mkdir(draft, 0o700), os.WriteFile(filepath.Join(draft, "kit.txt"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	taken := things(t, dir)
	for what, path := range taken {
		before := snapshot(t, path)
		if err := d.RenameDir(draft, path); !errors.Is(err, durable.ErrExists) || snapshot(t, path) != before {
			t.Errorf("onto a %s: %v", what, err)
		}
		if what == "directory" {
			continue
		}
		if err := d.RenameDir(path, filepath.Join(dir, "new")); !errors.Is(err, unix.ENOTDIR) {
			t.Errorf("of a %s: %v", what, err)
		}
	}
	var steps []string
	if err := tracing(dir, &steps).RenameDir(draft, filepath.Join(taken["directory"], "kit")); err != nil {
		t.Fatal(err)
	}
	if want := []string{"rename directory/kit", "sync-dir directory", "sync-dir ."}; !slices.Equal(steps, want) {
		t.Errorf("%q", steps)
	}
	if got := snapshot(t, filepath.Join(taken["directory"], "kit")); got != "directory: kit.txt" || snapshot(t, draft) != "" {
		t.Error(got)
	}
}

func TestRemoveRemovesOneThing(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	for what, path := range things(t, dir) {
		if err := d.Remove(path); err != nil || snapshot(t, path) != "" {
			t.Errorf("%s: %v", what, err)
		}
		if err := d.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s again: %v", what, err)
		}
	}
	if snapshot(t, dir) != "directory: elsewhere" {
		t.Error(snapshot(t, dir))
	}
	if err := d.Remove(dir); !errors.Is(err, unix.ENOTEMPTY) {
		t.Errorf("a directory that is not empty: %v", err)
	}
}

func TestRemoveAllStaysWithin(t *testing.T) {
	dir := t.TempDir()
	inside, outside := filepath.Join(dir, "tree"), filepath.Join(dir, "precious")
	err := errors.Join(
		os.MkdirAll(filepath.Join(inside, "a", "b"), 0o700), os.Mkdir(outside, 0o700),
		os.WriteFile(filepath.Join(inside, "a", "file"), nil, 0o400),
		os.WriteFile(filepath.Join(outside, "file"), nil, 0o600),
		os.Symlink(outside, filepath.Join(inside, "a", "link")),
	)
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	d := tracing(dir, &steps)
	if err := d.RemoveAll(inside); err != nil {
		t.Fatal(err)
	}
	want := "remove tree/a/b, remove tree/a/file, remove tree/a/link, remove tree/a, remove tree, sync-dir ."
	if got := strings.Join(steps, ", "); got != want {
		t.Error(got)
	}
	if snapshot(t, dir) != "directory: precious" || snapshot(t, outside) != "directory: file" {
		t.Error(snapshot(t, dir), snapshot(t, outside))
	}
	if err := errors.Join(d.RemoveAll(inside), d.RemoveAll(filepath.Join(inside, "a"))); err != nil {
		t.Errorf("nothing to remove: %v", err)
	}
}
