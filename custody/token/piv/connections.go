//go:build cgo

package piv

import (
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
	for fd := range connections() {
		if before[fd] {
			continue
		}
		if wait {
			time.Sleep(noticing)
		}
		_ = unix.Close(fd) // it is closed whatever this says
	}
}

// noticing is how long the daemon takes at most to notice that a card was pulled out: it looks every 0.4
// seconds.
const noticing = time.Second
