package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
)

// TestAppend: a file grows, by one process at a time, and what was there stays.
func TestAppend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	var ops []durable.Op
	d := &durable.Disk{Hook: func(op durable.Op, _ string) error { ops = append(ops, op); return nil }}
	if _, err := d.OpenAppend(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
	if err := os.WriteFile(path, []byte("one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ops = nil
	a, err := d.OpenAppend(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.OpenAppend(path); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("opened twice: %v", err)
	}
	if err := errors.Join(a.Append([]byte("two\n")), a.Append([]byte("three\n")), a.Sync()); err != nil {
		t.Fatal(err)
	}
	read := make([]byte, 3)
	if n, err := a.ReadAt(read, 4); n != 3 || err != nil || string(read) != "two" {
		t.Errorf("%q, %v", read[:n], err)
	}
	if size, err := a.Size(); size != 14 || err != nil {
		t.Errorf("%d, %v", size, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if got := snapshot(t, path); got != "one\ntwo\nthree\n" {
		t.Errorf("%q", got)
	}
	if a, err = d.OpenAppend(path); err != nil {
		t.Fatalf("opened again: %v", err)
	}
	_ = a.Close()
	if want := []durable.Op{"lock", "lock", "write", "write", "sync", "lock"}; len(ops) != len(want) || ops[2] != want[2] || ops[4] != want[4] {
		t.Errorf("%q", ops)
	}
}

func TestAppendFails(t *testing.T) {
	for op, want := range map[durable.Op]string{durable.OpLock: "one\n", durable.OpWrite: "one\n", durable.OpSync: "one\ntwo\n"} {
		path := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(path, []byte("one\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		d := &durable.Disk{Hook: func(at durable.Op, _ string) error {
			if at == op {
				return errBroken
			}
			return nil
		}}
		a, err := d.OpenAppend(path)
		if err == nil {
			err = a.Append([]byte("two\n"))
			if err == nil {
				err = a.Sync()
			}
			_ = a.Close()
		}
		if got := snapshot(t, path); !errors.Is(err, errBroken) || got != want {
			t.Errorf("%s: %v, %q", op, err, got)
		}
	}
}

// TestAppendIsCutShort: the beginning of what was appended is all that a failure leaves.
func TestAppendIsCutShort(t *testing.T) {
	for _, n := range []int{-1, 0, 2, 4, 100} {
		path := filepath.Join(t.TempDir(), "journal")
		if err := os.WriteFile(path, []byte("one\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		d := &durable.Disk{Hook: func(op durable.Op, _ string) error {
			if op == durable.OpWrite {
				return durable.ShortWrite{N: n}
			}
			return nil
		}}
		a, err := d.OpenAppend(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Append([]byte("two\n")); !errors.Is(err, durable.ShortWrite{N: n}) {
			t.Errorf("%d: %v", n, err)
		}
		_ = a.Close()
		if got, want := snapshot(t, path), "one\n"+"two\n"[:min(max(n, 0), 4)]; got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// TestAppendRefusesWhatIsNoFile: links are not followed, and nothing is waited for.
func TestAppendRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(os.WriteFile(path("file"), nil, 0o600), os.Symlink("file", path("link")), os.Mkdir(path("folder"), 0o700),
		unix.Mkfifo(path("fifo"), 0o600)); err != nil {
		t.Fatal(err)
	}
	var d durable.Disk
	for _, name := range []string{"link", "folder", "fifo"} {
		if _, err := d.OpenAppend(path(name)); !errors.Is(err, durable.ErrNotRegular) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.OpenAppend(path("absent/file")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
