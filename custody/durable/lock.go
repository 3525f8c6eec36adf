package durable

import (
	"errors"
	"io"
	"os"
	"sync"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

// Lock is an exclusive lock that this process holds. It ends with Unlock or with the process.
type Lock struct {
	mu sync.Mutex
	fd int // -1 once unlocked
}

// Lock takes the exclusive lock that the file at path stands for, making the (empty) file if need be.
// It fails at once with ErrLocked when it is held, by another process or by this one, and with
// ErrNotRegular when something else has the name. The file stays after Unlock: removing it would
// let two processes hold two files of one name.
func (d *Disk) Lock(path string) (*Lock, error) {
	if err := d.before(OpLock, path); err != nil {
		return nil, err
	}
	p, err := at(path)
	if err != nil {
		return nil, err
	}
	defer p.close()
	// Looked at first, because opening a device can act on it.
	if err := p.mayBecomeFile(true); err != nil {
		return nil, err
	}
	fd, err := p.openLocked(unix.O_RDWR | unix.O_CREAT)
	if err != nil {
		return nil, err
	}
	return &Lock{fd: fd}, nil
}

// Unlock gives the lock back. It may be called again, and on nil.
func (l *Lock) Unlock() error {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fd < 0 {
		return nil
	}
	fd := l.fd
	l.fd = -1
	// Unlocking by name also ends the lock in a child that is just being started.
	return errors.Join(unix.Flock(fd, unix.LOCK_UN), unix.Close(fd))
}

// openLocked opens the file of that name and takes its flock.
func (p *place) openLocked(flags int) (fd int, err error) {
	if fd, err = p.openFile(flags); err != nil {
		return -1, err
	}
	if err := lockFile(p, fd); err != nil {
		_ = unix.Close(fd)
		return -1, err
	}
	return fd, nil
}

// lockFile takes the flock of an open regular file, at once or not at all, and checks that the
// file still has its name, without which the lock would protect nothing.
func lockFile(p *place, fd int) error {
	err := again(func() error { return unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB) })
	if errors.Is(err, unix.EWOULDBLOCK) {
		return fault.At(p.path, ErrLocked)
	}
	if err != nil {
		return failed(p.path, "locking", err)
	}
	var open unix.Stat_t
	if err := unix.Fstat(fd, &open); err != nil {
		return failed(p.path, "looking", err)
	}
	if !regular(&open) {
		return fault.At(p.path, ErrNotRegular)
	}
	named, err := p.stat()
	if err != nil || !same(&open, named) {
		return fault.At(p.path, ErrLocked)
	}
	return nil
}

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
		return nil, err
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
	fd, err := p.openLocked(unix.O_RDWR | unix.O_APPEND)
	if err != nil {
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
		return err
	}
	return failed(a.path, "syncing", again(a.file.Sync))
}

// Close lets go of the lock and of the file.
func (a *Appended) Close() error { return failed(a.path, "closing", a.file.Close()) }
