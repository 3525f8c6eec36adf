package durable

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// Appended is a file that only grows: a journal. It is the exception to the rule that a name stands for
// a whole file: a crash can leave the beginning of what was being appended at its end, and nothing
// else. So each line of such a file carries its own checksum, and what is none is passed over.
type Appended struct {
	disk *Disk
	file *os.File
	path string
}

// OpenAppend opens a regular file that is there, to read it and to append to it, and holds its lock
// until Close. It fails at once with ErrLocked when it is held, with ErrNotRegular, with fs.ErrNotExist.
func (d *Disk) OpenAppend(path string) (*Appended, error) {
	if err := d.before(OpLock, path); err != nil {
		return nil, fault.At(path, err)
	}
	p, err := at(path)
	if err != nil {
		return nil, err
	}
	defer p.close()
	st, err := p.stat()
	if err != nil {
		return nil, failed(p.path, "looking", err)
	}
	if !regular(st) {
		return nil, fault.At(p.path, ErrNotRegular)
	}
	var fd int
	err = again(func() (err error) {
		flags := unix.O_RDWR | unix.O_APPEND | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_CLOEXEC
		fd, err = unix.Openat(p.dir, p.name, flags, 0)
		return err
	})
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) {
		return nil, fault.At(p.path, ErrNotRegular)
	}
	if err != nil {
		return nil, failed(p.path, "opening", err)
	}
	if err := lockFile(p, fd); err != nil {
		_ = unix.Close(fd)
		return nil, err
	}
	return &Appended{disk: d, file: os.NewFile(uintptr(fd), p.path), path: p.path}, nil
}

// Size is the length of the file in bytes.
func (a *Appended) Size() (int64, error) {
	info, err := a.file.Stat()
	if err != nil {
		return 0, failed(a.path, "looking", err)
	}
	return info.Size(), nil
}

// ReadAt reads as [io.ReaderAt] does.
func (a *Appended) ReadAt(p []byte, off int64) (int, error) {
	n, err := a.file.ReadAt(p, off)
	if err == io.EOF {
		return n, err
	}
	return n, failed(a.path, "reading", err)
}

// Append writes data at the end. After an error any beginning of it may stand there, or all of it.
func (a *Appended) Append(data []byte) error {
	if err := a.disk.before(OpWrite, a.path); err != nil {
		var short ShortWrite
		if errors.As(err, &short) {
			_, _ = a.file.Write(data[:min(max(short.N, 0), len(data))])
		}
		return fault.At(a.path, err)
	}
	_, err := a.file.Write(data)
	return failed(a.path, "appending", err)
}

// Sync makes what was appended durable.
func (a *Appended) Sync() error {
	if err := a.disk.before(OpSync, a.path); err != nil {
		return fault.At(a.path, err)
	}
	return failed(a.path, "syncing", again(a.file.Sync))
}

// Close lets go of the lock and of the file.
func (a *Appended) Close() error { return failed(a.path, "closing", a.file.Close()) }
