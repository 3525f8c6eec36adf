package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/custody/testkit/notrun"
)

// TestRoom: a folder in which nothing can be made is told before anything is.
func TestRoom(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		filepath.Join(dir, "new"):         nil,
		filepath.Join(dir, "new") + "/":   nil,
		filepath.Join(dir, "file"):        nil, // that it is there is for others to say
		filepath.Join(dir, "none", "new"): fs.ErrNotExist,
		filepath.Join(dir, "file", "new"): fs.ErrNotExist,
	} {
		if err := durable.Room(path); !errors.Is(err, want) {
			t.Errorf("%s: %v, not %v", path, err, want)
		}
	}
	if os.Geteuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		if err := durable.Room(filepath.Join(dir, "new")); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("not to be written to: %v", err)
		}
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		notrun.Say(t, "it mounts a disk for reading only, which needs root")
		return
	}
	if err := unix.Mount("none", dir, "tmpfs", unix.MS_RDONLY, ""); err != nil {
		notrun.Say(t, "it mounts a disk for reading only: "+err.Error())
		return
	}
	defer unix.Unmount(dir, 0)
	if err := durable.Room(filepath.Join(dir, "new")); !errors.Is(err, unix.EROFS) {
		t.Errorf("read-only: %v", err)
	}
}
