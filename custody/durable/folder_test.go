package durable_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
)

// TestFolderRead: the checks of a read by path hold for one by name; content is right whatever room
// the caller offers.
func TestFolderRead(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"empty": 0, "small": 10, "exact": 100, "large": 101} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("x", size)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		os.Symlink("small", filepath.Join(dir, "link")), os.Mkdir(filepath.Join(dir, "folder"), 0o755),
		unix.Mkfifo(filepath.Join(dir, "fifo"), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	f, err := (&durable.Disk{}).Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for name, want := range map[string]error{
		"empty": nil, "small": nil, "exact": nil, "large": durable.ErrTooLarge, "link": durable.ErrNotRegular, "folder": durable.ErrNotRegular,
		"fifo": durable.ErrNotRegular, "absent": fs.ErrNotExist,
	} {
		for _, room := range []int{0, 10, 11, 4096} {
			data, err := f.Read(name, 100, make([]byte, room))
			if !errors.Is(err, want) || err != nil && (data != nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, name)+": ")) {
				t.Errorf("%s: %q, %v", name, data, err)
			}
			if err != nil {
				continue
			}
			if plain, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(data) != string(plain) {
				t.Errorf("%s: %d bytes, not %d; %v", name, len(data), len(plain), err)
			}
		}
	}
	if _, err := (&durable.Disk{}).Folder(filepath.Join(dir, "small")); err == nil {
		t.Error("a file was taken for a folder")
	}
	refused := errors.New("refused")
	hooked, err := (&durable.Disk{Hook: func(durable.Op, string) error { return refused }}).Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer hooked.Close()
	if _, err := hooked.Read("small", 100, nil); !errors.Is(err, refused) {
		t.Errorf("the hook was not asked: %v", err)
	}
}

// TestFolderReadsWhatOthersOwn: only the owner of a file, and root, may read it without a note of
// the time. Others read it all the same.
func TestFolderReadsWhatOthersOwn(t *testing.T) {
	read := make(chan error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine, and its user with it
		if _, err := unix.SetfsuidRetUid(65534); err != nil {
			read <- err
			return
		}
		read <- readBoth("/etc", "passwd", "group")
	}()
	if err := <-read; err != nil {
		t.Error(err)
	}
}

func readBoth(dir string, names ...string) error {
	f, err := (&durable.Disk{}).Folder(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, name := range names {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		got, err := f.Read(name, 1<<20, nil)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s: %d bytes of %d", name, len(got), len(want))
		}
	}
	return nil
}
