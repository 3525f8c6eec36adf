package soft_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

func TestCreateRefuses(t *testing.T) {
	disk := &durable.Disk{}
	path := fixture(t)
	before, state := read(t, path), read(t, statePath(path))
	if _, err := soft.Create(disk, path, pin(wrongPIN), rand.Reader); !errors.Is(err, durable.ErrExists) {
		t.Errorf("over a token: %v", err)
	}
	if !bytes.Equal(read(t, path), before) || !bytes.Equal(read(t, statePath(path)), state) {
		t.Error("the existing token changed")
	}
	if _, err := soft.Create(disk, path+".txt", pin(rightPIN), rand.Reader); !errors.Is(err, soft.ErrName) {
		t.Errorf("another name: %v", err)
	}
	empty := filepath.Join(t.TempDir(), "c02.token")
	if _, err := soft.Create(disk, empty, pin(rightPIN), bytes.NewReader(make([]byte, 20))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("without enough randomness: %v", err)
	}
	stuck := io.MultiReader(bytes.NewReader(make([]byte, 4)), bytes.NewReader(bytes.Repeat([]byte{0}, 5000)))
	if _, err := soft.Create(disk, empty, pin(rightPIN), stuck); !errors.Is(err, soft.ErrRandom) {
		t.Errorf("with randomness that is all zero: %v", err)
	}
	if names := filesBeside(t, empty); !slices.Equal(names, []string{"c02.lock"}) {
		t.Errorf("left behind %q", names)
	}
}

// A state file that was used, found without its token, is not taken over.
func TestCreateKeepsTheStateOfATokenElsewhere(t *testing.T) {
	path := fixture(t)
	used := bytes.Replace(read(t, statePath(path)), []byte("tries: 3"), []byte("tries: 2"), 1)
	replace(t, statePath(path), used)
	if err := os.Rename(path, path+".elsewhere"); err != nil {
		t.Fatal(err)
	}
	if _, err := soft.Create(&durable.Disk{}, path, pin(rightPIN), rand.Reader); !errors.Is(err, durable.ErrExists) {
		t.Errorf("beside a used state file: %v", err)
	}
	if !bytes.Equal(read(t, statePath(path)), used) {
		t.Error("the state changed")
	}
}

func TestStateMissingOrDamagedIsRefused(t *testing.T) {
	path := fixture(t)
	f := open(t, path)
	whole := read(t, statePath(path))
	for name, data := range map[string][]byte{
		"empty":       {},
		"cut":         whole[:len(whole)-1],
		"another's":   bytes.Replace(whole, []byte("serial: 6"), []byte("serial: 7"), 1),
		"four tries":  bytes.Replace(whole, []byte("tries: 3"), []byte("tries: 4"), 1),
		"half a head": append(bytes.Clone(whole), "head: 7\n"...),
		"huge":        bytes.Repeat([]byte("a"), 5000),
		"missing":     nil,
	} {
		replace(t, statePath(path), data)
		if data == nil {
			if err := os.Remove(statePath(path)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := soft.Open(&durable.Disk{}, path); !errors.Is(err, token.ErrDamaged) {
			t.Errorf("%s: opening: %v", name, err)
		}
		if tok, err := f.Unlock(pin(rightPIN)); tok != nil || !errors.Is(err, token.ErrDamaged) {
			t.Errorf("%s: unlocking: %v", name, err)
		}
		if after, err := os.ReadFile(statePath(path)); data == nil && !errors.Is(err, fs.ErrNotExist) || data != nil && !bytes.Equal(after, data) {
			t.Errorf("%s: the state was written anew", name)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	disk := &durable.Disk{}
	path := fixture(t)
	if _, err := soft.Open(disk, strings.TrimSuffix(path, ".token")); !errors.Is(err, soft.ErrName) {
		t.Errorf("another name: %v", err)
	}
	_, err := soft.Open(disk, filepath.Join(t.TempDir(), "c01.token"))
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, token.ErrDamaged) {
		t.Errorf("no token: %v", err)
	}
	link := filepath.Join(filepath.Dir(path), "link.token")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if _, err := soft.Open(disk, link); !errors.Is(err, token.ErrDamaged) {
		t.Errorf("a symlink: %v", err)
	}
}

func TestOtherProcess(t *testing.T) {
	path := fixture(t)
	lock, err := (&durable.Disk{}).Lock(strings.TrimSuffix(path, ".token") + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, path).Unlock(pin(wrongPIN)); !errors.Is(err, token.ErrBusy) {
		t.Errorf("while another process holds the token: %v", err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if got := tries(t, path); got != 3 {
		t.Errorf("%d tries", got)
	}
}
