package cli

import (
	"encoding/binary"
	"sync"

	"golang.org/x/sys/unix"
)

// modes are the modes that the program has set on its terminal and not yet taken back, the last of them in force.
// While the program is stopped (Ctrl-Z) the terminal is as it was before the first; when it goes on the last one
// is put back, and what was typed in between is thrown away.
type modes struct {
	mu   sync.Mutex
	list []*mode
}

// mode is one of them.
type mode struct {
	fd          int
	before, set unix.Termios
	wake        int // eventfd that is written to when the mode was put back; 0: nobody waits
}

// push sets a mode. request says what becomes of what was typed before (termios(3)).
func (m *modes) push(fd int, request uint, change func(*unix.Termios)) (*mode, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return nil, err
	}
	one := &mode{fd: fd, before: *before, set: *before}
	change(&one.set)
	if err := unix.IoctlSetTermios(fd, request, &one.set); err != nil {
		return nil, err
	}
	m.list = append(m.list, one)
	return one, nil
}

// pop takes the last mode back.
func (m *modes) pop(request uint) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := m.list[len(m.list)-1]
	m.list = m.list[:len(m.list)-1]
	if foreground(last.fd) { // else it is another program's by now
		_ = unix.IoctlSetTermios(last.fd, request, &last.before)
	}
}

// resume puts the last mode back in force, and wakes who reads in it.
func (m *modes) resume() {
	if len(m.list) == 0 {
		return
	}
	last := m.list[len(m.list)-1]
	if !foreground(last.fd) {
		return
	}
	_ = unix.IoctlSetTermios(last.fd, unix.TCSETSF, &last.set)
	if last.wake > 0 {
		_, _ = unix.Write(last.wake, binary.NativeEndian.AppendUint64(nil, 1))
	}
}

// inForce reports whether the terminal still is in a mode; if not, somebody stopped the program, and it is put back.
func (m *modes) inForce(one *mode) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	now, err := unix.IoctlGetTermios(one.fd, unix.TCGETS)
	if err != nil || now.Lflag == one.set.Lflag || !foreground(one.fd) {
		return true // the read tells what is amiss
	}
	m.resume()
	return false
}

// foreground reports whether the terminal is this process's to use. One that controls nobody is.
func foreground(fd int) bool {
	group, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}
