package durable

import (
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"

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
		return nil, err
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
	fd, err := p.openFile(unix.O_RDONLY)
	if err != nil {
		return nil, nil, err
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

// Folder is an open directory of which many small files are read: without a path to walk for each,
// and without more system calls than the checks of [Disk.Read] need.
type Folder struct {
	disk *Disk
	fd   int
	path string
	note int // unix.O_NOATIME until the system refuses it: it is for the owner of a file, and root
}

// Folder opens a directory; symlinks on the way to it are followed. The caller closes it.
func (d *Disk) Folder(path string) (*Folder, error) {
	f := &Folder{disk: d, path: filepath.Clean(path), note: unix.O_NOATIME}
	var err error
	if f.fd, err = openDir(f.path); err != nil {
		return nil, failed(f.path, "opening the directory", err)
	}
	return f, nil
}

// Close closes the directory.
func (f *Folder) Close() { _ = unix.Close(f.fd) }

// Read is [Disk.Read] for a name that the directory lists as that of a regular file. The content
// stands in space when there is room, and then until space is used again. Unlike Disk.Read it does
// not look before it opens: what the name stood for was looked at when the directory was listed,
// and it is looked at again once it is open. It neither follows nor waits.
func (f *Folder) Read(name string, max int64, space []byte) ([]byte, error) {
	if f.disk.Hook != nil { // else no path is put together
		if err := f.disk.before(OpRead, filepath.Join(f.path, name)); err != nil {
			return nil, err
		}
	}
	fd, err := f.open(name)
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) {
		return nil, f.at(name, ErrNotRegular)
	}
	if err != nil {
		return nil, failed(filepath.Join(f.path, name), "opening", err)
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	switch err := again(func() error { return unix.Fstat(fd, &st) }); {
	case err != nil:
		return nil, failed(filepath.Join(f.path, name), "looking", err)
	case !regular(&st):
		return nil, f.at(name, ErrNotRegular)
	case st.Size > max:
		return nil, f.at(name, ErrTooLarge)
	}
	return f.readAll(name, fd, st.Size, space)
}

// open opens what has the name, without a note of the time at which it was read where the system
// allows that: such a note is a write to the disk for each file.
func (f *Folder) open(name string) (fd int, err error) {
	open := func() (err error) {
		fd, err = unix.Openat(f.fd, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC|f.note, 0)
		return err
	}
	if err = again(open); errors.Is(err, unix.EPERM) && f.note != 0 {
		f.note = 0
		err = again(open)
	}
	return fd, err
}

// readAll reads a file that was so large when it was looked at. One byte more is asked for, so that
// the first short read is the end of the file, and a file that grew is noticed.
func (f *Folder) readAll(name string, fd int, size int64, space []byte) ([]byte, error) {
	if int64(cap(space)) <= size {
		space = make([]byte, size+1)
	}
	space = space[:size+1]
	done := 0
	for done < len(space) {
		var n int
		err := again(func() (err error) {
			n, err = unix.Read(fd, space[done:])
			return err
		})
		if err != nil {
			return nil, failed(filepath.Join(f.path, name), "reading", err)
		}
		done += n
		if n == 0 || int64(done) == size {
			return space[:done], nil
		}
	}
	return nil, f.at(name, ErrVerify)
}

func (f *Folder) at(name string, err error) error { return fault.At(filepath.Join(f.path, name), err) }
