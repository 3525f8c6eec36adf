package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"math/bits"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// Room says why nothing can be made at path: its folder is missing, is none ([fs.ErrNotExist]), is on a disk that
// is read-only, or is not this process's to write to. It is for what is written when people have done their part, and is
// asked before. It tries nothing, and so promises nothing: a disk may be full.
func Room(path string) error {
	folder := filepath.Dir(filepath.Clean(path))
	info, err := os.Stat(folder)
	switch {
	case err != nil:
		return failed(folder, "looking", err)
	case !info.IsDir():
		return fault.At(folder, fs.ErrNotExist)
	}
	return failed(folder, "looking", unix.Faccessat(unix.AT_FDCWD, folder, unix.W_OK|unix.X_OK, unix.AT_EACCESS))
}

// Free reports whether a new file can be made under that name, before somebody is asked to type what goes into it:
// its folder is there and may be written to, and nothing has the name ([ErrExists]).
func Free(path string) error {
	if err := Room(path); err != nil {
		return err
	}
	switch _, err := os.Lstat(path); {
	case err == nil:
		return fault.At(path, ErrExists)
	case !errors.Is(err, fs.ErrNotExist):
		return failed(path, "looking", err)
	}
	return nil
}

// ErrSpace says that a disk has less room than an act needs.
var ErrSpace = errors.New("durable: not enough free space on this disk")

// Space refuses to begin what the disk of path has no room for: fewer than need bytes that this process may still write. The path, or
// at least its folder, is there. It is asked before anything secret is made or opened; the disk can fill up meanwhile all the same.
func (d *Disk) Space(path string, need int64) error {
	if err := d.before(OpSpace, path); err != nil {
		return err
	}
	var st unix.Statfs_t
	look := func(of string) error { return again(func() error { return unix.Statfs(of, &st) }) }
	err := look(path)
	if errors.Is(err, unix.ENOENT) {
		err = look(filepath.Dir(filepath.Clean(path)))
	}
	if err != nil {
		return failed(path, "looking", err)
	}
	if need > 0 && !holds(st.Bavail, uint64(st.Bsize), uint64(need)) {
		return fault.At(path, fault.At(fmt.Sprintf("space %d", (need+1<<20-1)>>20), ErrSpace))
	}
	return nil
}

// holds reports whether so many blocks of a size hold need bytes: a file system may state any number of them.
func holds(blocks, size, need uint64) bool {
	more, free := bits.Mul64(blocks, size)
	return more > 0 || free >= need
}
