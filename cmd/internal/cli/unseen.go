package cli

import (
	"bytes"
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
)

// maxLine is the longest line that a terminal hands over, in bytes (termios(3), "Canonical mode").
const maxLine = 4096

// unseen reads a line from the controlling terminal without echo, straight into secret memory. ask puts the
// question, again after the program was stopped and goes on: what was typed before it is thrown away, and no byte
// is read while the terminal shows it. Ctrl-D alone is an empty line; io.EOF says that the terminal is gone.
func (a *App) unseen(ask func()) (*secret.Bytes, error) {
	fd, err := unix.Open("/dev/tty", unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	wake, err := unix.Eventfd(0, unix.EFD_NONBLOCK|unix.EFD_CLOEXEC)
	if err != nil {
		return nil, err
	}
	defer unix.Close(wake)
	mode, err := a.modes.push(fd, unix.TCSETSF, func(t *unix.Termios) {
		t.Lflag &^= unix.ECHO
		t.Lflag |= unix.ICANON | unix.ISIG
		t.Iflag |= unix.ICRNL
	})
	if err != nil {
		return nil, err
	}
	defer a.modes.pop(unix.TCSETS)
	a.modes.attend(mode, wake)
	defer a.modes.attend(mode, 0)
	for {
		ask()
		line, err := a.modes.line(mode)
		if err != errStopped {
			return line, err
		}
	}
}

// line reads a line in a mode. [errStopped]: the program was stopped meanwhile, and the mode was put back.
func (m *modes) line(in *mode) (*secret.Bytes, error) {
	room := secret.New(maxLine)
	defer room.Wipe()
	for {
		events := []unix.PollFd{{Fd: int32(in.fd), Events: unix.POLLIN}, {Fd: int32(in.wake), Events: unix.POLLIN}}
		if _, err := unix.Poll(events, -1); err != nil && err != unix.EINTR {
			return nil, err
		}
		if events[1].Revents != 0 {
			_, _ = unix.Read(in.wake, make([]byte, 8))
			return nil, errStopped
		}
		if events[0].Revents == 0 {
			continue
		}
		if !m.inForce(in) {
			continue // it wakes
		}
		n, err := unix.Read(in.fd, room.Expose())
		switch {
		case err == unix.EAGAIN || err == unix.EINTR:
		case err != nil:
			return nil, err
		case n == 0 && events[0].Revents&unix.POLLHUP != 0:
			return nil, io.EOF
		default:
			return secret.From(bytes.TrimSuffix(room.Expose()[:n], []byte{'\n'})), nil
		}
	}
}

// errStopped: the program was stopped while a line was waited for, and goes on.
var errStopped = errors.New("cli: the program was stopped")

// attend has wake written to whenever a mode is put back; 0: nobody waits.
func (m *modes) attend(one *mode, wake int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	one.wake = wake
}

// Unread is asked before a secret is. In production it refuses a process that others may have read, with
// the reason; otherwise it warns once.
func (a *App) Unread(mode string) error {
	if a.Exposed == nil {
		return nil
	}
	if mode == keyvalue.Production {
		return a.Exposed
	}
	if !a.warned {
		a.warned = true
		told := a.Explain(a.Exposed)
		a.Note("machine.exposed", told.Error)
		a.Note("card.todo", told.Hint)
	}
	return nil
}

// Hush keeps what is typed while nobody is asked off the terminal, until the function that it returns
// is called: a PIN that is typed too soon, or what a token types that is touched too early. Then it is
// thrown away, before a shell takes it for a command. Without a terminal Hush does nothing.
func (a *App) Hush() (restore func()) { return a.echo(false, unix.TCSETSF) }

// echo has the terminal show what is typed, or not, until the function that it returns is called, which
// puts back what was with the given request (termios(3)).
func (a *App) echo(on bool, request uint) (restore func()) {
	if !a.Terminal {
		return func() {}
	}
	_, err := a.modes.push(int(os.Stdin.Fd()), unix.TCSETS, func(t *unix.Termios) {
		t.Lflag &^= unix.ECHO
		if on {
			t.Lflag |= unix.ECHO
		}
	})
	if err != nil {
		return func() {}
	}
	return func() { a.modes.pop(request) }
}
