// Package durable puts bytes on disk so that they are there after a power cut, or not at all.
//
// All files of the project are written through a [Disk], by one rule. A new file is written under
// its name and ".part", synced, closed, opened again and hashed against what was meant, renamed
// to its final name only if nothing has that name, and the directory is synced. So a final name
// always stands for a whole file, and nothing is overwritten. [Disk.Replace] alone renames over
// an existing file; it is for state files. [Disk.OpenAppend] alone has a file grow; it is for journals,
// whose readers pass over an end that was cut short. Reading refuses everything that is not a regular file.
// It works on ext4 and on exFAT, which has no links and no permissions: no step depends on either.
// The package is for Linux.
//
// A ".part" file is what a crashed run left behind. The next write of the same name removes it,
// when it is a regular file and no other process is writing it (its writer holds a flock on it).
// So no final name may end in ".part".
//
// If this package is wrong, a power cut or a full disk leaves half a share under the name of a
// whole one, a ledger entry is lost after its act, or a file that somebody planted (a symlink, a
// FIFO) is followed, overwritten or waited on for ever.
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// Errors of this package come wrapped with the path at fault ([fault.At]). What the kernel
// refuses comes as its own error: fs.ErrNotExist, fs.ErrPermission, unix.ENOSPC and so on.
var (
	ErrExists     = errors.New("durable: exists already")
	ErrLocked     = errors.New("durable: in use by another process or another writer")
	ErrNotRegular = errors.New("durable: not a regular file")
	ErrTooLarge   = errors.New("durable: larger than allowed")
	ErrVerify     = errors.New("durable: read back otherwise than written")
	ErrName       = errors.New("durable: not a name for a file")
	ErrUnable     = errors.New("durable: the file system does not do what is asked of it")
)

// Op names an operation on the disk, for [Disk].Hook.
type Op string

// The operations in the order in which the write rule does them, then the others. A path ends in
// ".part" where the operation is on the unfinished file.
const (
	OpCreate  Op = "create"   // makes the unfinished file
	OpWrite   Op = "write"    // appends to it; once for each block of at least 256 KiB, or once for all
	OpSync    Op = "sync"     // syncs its content
	OpVerify  Op = "verify"   // opens it again and hashes it
	OpRename  Op = "rename"   // gives it, or a directory, its final name: the path
	OpSyncDir Op = "sync-dir" // syncs a directory: the path
	OpMkdir   Op = "mkdir"    // makes a directory
	OpRemove  Op = "remove"   // removes a file, an empty directory, or an unfinished file
	OpLock    Op = "lock"     // takes a lock
	OpRead    Op = "read"     // opens for reading
	OpSpace   Op = "space"    // asks how much is free
)

// Disk is the way to the disk. The zero value works. It has no state: a Disk may be used from
// several goroutines, and several processes may work on the same folders.
type Disk struct {
	// Hook, if not nil, is called before each operation; when it returns an error the
	// operation is not done and fails with that error. See [ShortWrite]. For tests.
	Hook func(op Op, path string) error
}

// ShortWrite is an error with which a Hook cuts a write short: N bytes of the block are written
// (all of it when N is larger), then the write fails with this error.
type ShortWrite struct{ N int }

func (s ShortWrite) Error() string { return fmt.Sprintf("durable: short write of %d bytes", s.N) }

// before asks the hook; an error of it names the path.
func (d *Disk) before(op Op, path string) error {
	if d.Hook == nil {
		return nil
	}
	return fault.At(path, d.Hook(op, path))
}

// suffix marks an unfinished file.
const suffix = ".part"

// place is a name in an open directory: what is checked and what is changed is in one directory,
// even if its path comes to mean another one meanwhile.
type place struct {
	dir     int // descriptor
	dirPath string
	name    string
	path    string
}

// at opens the directory of path. The caller closes the place.
func at(path string) (*place, error) {
	path = filepath.Clean(path)
	p := &place{dirPath: filepath.Dir(path), name: filepath.Base(path), path: path}
	if p.name == "." || p.name == ".." || p.name == "/" || strings.ContainsRune(path, 0) {
		return nil, fault.At(path, ErrName)
	}
	var err error
	p.dir, err = openDir(p.dirPath)
	return p, failed(p.path, "opening the directory", err)
}

func (p *place) close() { _ = unix.Close(p.dir) }

func openDir(path string) (fd int, err error) {
	err = again(func() (err error) {
		fd, err = unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return err
	})
	return fd, err
}

// openFile opens what has the name, if it is not a symlink or a special file, without waiting.
func (p *place) openFile(flags int) (fd int, err error) {
	err = again(func() (err error) {
		fd, err = unix.Openat(p.dir, p.name, flags|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0o600)
		return err
	})
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) || errors.Is(err, unix.EISDIR) {
		return -1, fault.At(p.path, ErrNotRegular)
	}
	return fd, failed(p.path, "opening", err)
}

// unfinished is the place of the unfinished file, in the same open directory.
func (p *place) unfinished() (*place, error) {
	if strings.HasSuffix(p.name, suffix) {
		return nil, fault.At(p.path, ErrName)
	}
	return &place{dir: p.dir, dirPath: p.dirPath, name: p.name + suffix, path: p.path + suffix}, nil
}

// stat describes what has the name, without following a symlink.
func (p *place) stat() (*unix.Stat_t, error) {
	var st unix.Stat_t
	err := again(func() error { return unix.Fstatat(p.dir, p.name, &st, unix.AT_SYMLINK_NOFOLLOW) })
	return &st, err
}

// vacant returns nil when nothing has the name, else ErrExists.
func (p *place) vacant() error {
	_, err := p.stat()
	if err == nil {
		return fault.At(p.path, ErrExists)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return failed(p.path, "looking", err)
}

// syncDir makes the names in the directory durable.
func (d *Disk) syncDir(p *place) error {
	if err := d.before(OpSyncDir, p.dirPath); err != nil {
		return err
	}
	return failed(p.dirPath, "syncing the directory", again(func() error { return unix.Fsync(p.dir) }))
}

// regular reports whether st is a regular file.
func regular(st *unix.Stat_t) bool { return st.Mode&unix.S_IFMT == unix.S_IFREG }

// directory reports whether st is a directory.
func directory(st *unix.Stat_t) bool { return st.Mode&unix.S_IFMT == unix.S_IFDIR }

// same reports whether both describe one file.
func same(a, b *unix.Stat_t) bool { return a.Dev == b.Dev && a.Ino == b.Ino }

// again repeats a system call that a signal interrupted.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

// gone is what the kernel says of a disk that was there: pulled out, or its file system's own program has ended.
var gone = []error{unix.ENODEV, unix.ENOTCONN, unix.ECONNABORTED, unix.ESTALE, unix.EREMOTEIO}

// failed wraps an error of the kernel with the object and what was being done; with [ErrUnable] what a file system says that
// does not know the operation, or the name, with unix.EIO what is said of a disk that is gone, and with [ErrLocked] that another
// process has a lease on the file (fcntl(2), "F_SETLEASE"), since nothing here waits. nil stays nil.
func failed(path, doing string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, unix.EINVAL) {
		err = fmt.Errorf("%w: %w", ErrUnable, err)
	}
	if errors.Is(err, unix.EAGAIN) {
		err = fmt.Errorf("%w: %w", ErrLocked, err)
	}
	if slices.ContainsFunc(gone, func(g error) bool { return errors.Is(err, g) }) {
		err = fmt.Errorf("%w: %w", unix.EIO, err)
	}
	return fault.At(path, fmt.Errorf("durable: %s: %w", doing, err))
}
