package durable

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A file system that does not know how to rename without replacing: two steps do it.
func TestRenameNewOnOldFileSystems(t *testing.T) {
	for _, refusal := range []error{unix.EINVAL, unix.ENOSYS} {
		dir := t.TempDir()
		part, target := filepath.Join(dir, "target.part"), filepath.Join(dir, "target")
		if err := os.WriteFile(part, []byte("new"), 0o600); err != nil {
			t.Fatal(err)
		}
		to, err := at(target)
		if err != nil {
			t.Fatal(err)
		}
		defer to.close()
		from, err := to.unfinished()
		if err != nil {
			t.Fatal(err)
		}
		refuses := func(int, string, int, string, uint) error { return refusal }
		if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := renameNew(from, to, refuses); !errors.Is(err, ErrExists) {
			t.Errorf("%v: onto an existing file: %v", refusal, err)
		}
		if got, err := os.ReadFile(target); string(got) != "old" {
			t.Errorf("%v: overwritten: %q %v", refusal, got, err)
		}
		if err := os.Remove(target); err != nil {
			t.Fatal(err)
		}
		if err := renameNew(from, to, refuses); err != nil {
			t.Errorf("%v: %v", refusal, err)
		}
		if got, err := os.ReadFile(target); string(got) != "new" {
			t.Errorf("%v: %q %v", refusal, got, err)
		}
	}
}

func TestRenameNewPassesOtherErrorsOn(t *testing.T) {
	to, err := at(filepath.Join(t.TempDir(), "target"))
	if err != nil {
		t.Fatal(err)
	}
	defer to.close()
	from, err := to.unfinished()
	if err != nil {
		t.Fatal(err)
	}
	full := func(int, string, int, string, uint) error { return unix.ENOSPC }
	if err := renameNew(from, to, full); !errors.Is(err, unix.ENOSPC) {
		t.Error(err)
	}
}
