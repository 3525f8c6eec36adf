package durable

import (
	"errors"
	"io/fs"
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
