package durable

import (
	"errors"
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
		return nil, fault.At(path, err)
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
	var fd int
	err = again(func() (err error) {
		flags := unix.O_RDWR | unix.O_CREAT | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_CLOEXEC
		fd, err = unix.Openat(p.dir, p.name, flags, 0o600)
		return err
	})
	if errors.Is(err, unix.ELOOP) || errors.Is(err, unix.ENXIO) || errors.Is(err, unix.EISDIR) {
		return nil, fault.At(path, ErrNotRegular)
	}
	if err != nil {
		return nil, failed(path, "opening", err)
	}
	if err := lockFile(p, fd); err != nil {
		_ = unix.Close(fd)
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
