//go:build cgo

package piv

import (
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// connections returns the descriptors of this process that are connected to the smart card daemon.
func connections() map[int]bool {
	all := map[int]bool{}
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return all
	}
	path := socketPath()
	for _, e := range entries {
		fd, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if peer, err := unix.Getpeername(fd); err == nil {
			if u, ok := peer.(*unix.SockaddrUnix); ok && (u.Name == path || filepath.Base(u.Name) == socketName) {
				all[fd] = true
			}
		}
	}
	return all
}

// cut closes the connections to the daemon that were not there before: those of a call that failed and
// forgot them. The daemon then gives back what they held. libpcsclite keeps a context for each, which
// nobody can name any more.
//
// wait says that the card may have been pulled out. The daemon resets the card of a connection that is
// cut, which leaves some drivers with a dead reader where there is no card any more; so it is given
// the time to notice.
func cut(before map[int]bool, wait bool) {
	for fd := range since(before) {
		if wait {
			time.Sleep(noticing)
		}
		_ = unix.Close(fd) // it is closed whatever this says
	}
}

// since returns the connections to the daemon that were not there before.
func since(before map[int]bool) map[int]bool {
	all := connections()
	maps.DeleteFunc(all, func(fd int, _ bool) bool { return before[fd] })
	return all
}

// hangUp ends what is under way on those connections, if they still are some to the daemon. Whoever uses
// them finds the daemon gone, and closes them.
func hangUp(lines map[int]bool) {
	for fd := range connections() {
		if lines[fd] {
			_ = unix.Shutdown(fd, unix.SHUT_RDWR) // what is shut down already is as it should be
		}
	}
}

// noticing is how long the daemon takes at most to notice that a card was pulled out: it looks every 0.4
// seconds.
const noticing = time.Second

// defaultSocket is where pcscd listens, unless the environment says otherwise to libpcsclite.
const (
	defaultSocket = "/run/pcscd/" + socketName
	socketName    = "pcscd.comm"
)

func socketPath() string {
	if path := os.Getenv("PCSCLITE_CSOCK_NAME"); path != "" {
		return path
	}
	return defaultSocket
}
