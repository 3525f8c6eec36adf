package durable

import (
	"errors"
	"io"
	"math"
	"os"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// Read returns the content of a regular file of at most max bytes. It fails with ErrNotRegular
// for a symlink, a FIFO, a socket, a device or a directory (it neither follows nor waits),
// with ErrTooLarge, with fs.ErrNotExist. Symlinks among the directories of path are followed.
func (d *Disk) Read(path string, max int64) ([]byte, error) {
	file, err := d.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, failed(path, "looking", err)
	}
	if info.Size() > max {
		return nil, fault.At(path, ErrTooLarge)
	}
	limit := max
	if limit < math.MaxInt64 {
		limit++ // to notice a file that grew
	}
	data, err := io.ReadAll(io.LimitReader(file, limit))
	if err != nil {
		return nil, failed(path, "reading", err)
	}
	if int64(len(data)) > max {
		return nil, fault.At(path, ErrTooLarge)
	}
	return data, nil
}

// Open opens a regular file for reading, with the checks of Read but the size. The caller bounds
// what it reads, and closes the file.
func (d *Disk) Open(path string) (*os.File, error) {
	if err := d.before(OpRead, path); err != nil {
		return nil, fault.At(path, err)
	}
	p, err := at(path)
	if err != nil {
		return nil, err
	}
	defer p.close()
	file, _, err := p.open()
	return file, err
}

// open opens what has the name, for reading, if it is a regular file. It looks before it opens,
// because opening a device can act on it, and again after, because the name may have changed hands.
func (p *place) open() (*os.File, *unix.Stat_t, error) {
	st, err := p.stat()
	if err != nil {
		return nil, nil, failed(p.path, "looking", err)
	}
	if !regular(st) {
		return nil, nil, fault.At(p.path, ErrNotRegular)
	}
	var fd int
	err = again(func() (err error) {
		fd, err = unix.Openat(p.dir, p.name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		return err
	})
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) {
		return nil, nil, fault.At(p.path, ErrNotRegular)
	}
	if err != nil {
		return nil, nil, failed(p.path, "opening", err)
	}
	if err = unix.Fstat(fd, st); err == nil {
		err = unix.SetNonblock(fd, false)
	}
	if err == nil && !regular(st) {
		err = ErrNotRegular
	}
	if err != nil {
		_ = unix.Close(fd)
		return nil, nil, fault.At(p.path, err)
	}
	return os.NewFile(uintptr(fd), p.path), st, nil
}
