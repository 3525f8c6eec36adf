package durable

import (
	"errors"
	"fmt"
	"path/filepath"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// ErrSpace says that a disk has less room than an act needs.
var ErrSpace = errors.New("durable: not enough free space on this disk")

// Space refuses to begin what the disk of path has no room for: fewer than need bytes that this process may still write. The path, or
// at least its folder, is there. It is asked before anything secret is made or opened; the disk can fill up meanwhile all the same.
func (d *Disk) Space(path string, need int64) error {
	if err := d.before(OpSpace, path); err != nil {
		return fault.At(path, err)
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
	if free := uint64(st.Bavail) * uint64(st.Bsize); need > 0 && free < uint64(need) {
		return fault.At(path, fault.At(fmt.Sprintf("space %d", (need+1<<20-1)>>20), ErrSpace))
	}
	return nil
}
