package durable

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// What a file system does not know how to do is told as that, and a disk that fails is not.
func TestFileSystemThatIsUnable(t *testing.T) {
	for errno, want := range map[unix.Errno]bool{
		unix.EINVAL: true, unix.ENOSYS: true, unix.EOPNOTSUPP: true, unix.EIO: false, unix.ENOSPC: false, unix.EPERM: false,
	} {
		err := failed("kit", "syncing", errno)
		if errors.Is(err, ErrUnable) != want || !errors.Is(err, errno) {
			t.Errorf("%v: %v", errno, err)
		}
	}
}

// A disk that is not there any more is one that cannot be read, whatever the kernel calls that.
func TestDiskThatIsGone(t *testing.T) {
	for _, errno := range []unix.Errno{unix.ENODEV, unix.ENOTCONN, unix.ECONNABORTED, unix.ESTALE, unix.EREMOTEIO} {
		if err := failed("vault", "reading", errno); !errors.Is(err, unix.EIO) || !errors.Is(err, errno) {
			t.Errorf("%v: %v", errno, err)
		}
	}
}

// A file on which another program has a lease, as file servers do, is one that is in use.
func TestLeased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "leased")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_WRLCK); err != nil {
		t.Fatal(err)
	}
	d := new(Disk)
	if _, err := d.Read(path, 1); !errors.Is(err, ErrLocked) {
		t.Errorf("reading: %v", err)
	}
	if _, err := d.Lock(path); !errors.Is(err, ErrLocked) {
		t.Errorf("locking: %v", err)
	}
}

// A file system that states more room than there is in any has enough.
func TestRoomBeyondCounting(t *testing.T) {
	for _, c := range []struct {
		blocks, size, need uint64
		want               bool
	}{
		{0, 4096, 1, false}, {1, 4096, 4096, true}, {1, 4096, 4097, false}, {1 << 63, 1 << 31, 1 << 20, true}, {math.MaxUint64, 1, 1, true},
	} {
		if got := holds(c.blocks, c.size, c.need); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
