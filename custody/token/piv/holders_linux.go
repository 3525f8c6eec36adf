package piv

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// holders names the processes that are connected to the smart card daemon, as `name (pid)`, this one
// left out: which of them holds which reader only the daemon knows. nil where the kernel does not
// tell: other users' processes are shown to root alone.
//
// The kernel's socket diagnosis (sock_diag(7)) gives for each end of the daemon's socket the other
// end; /proc tells whose that is. This is what `lsof +E` does.
func holders() []string {
	ends := daemonPeers(socketPath())
	if len(ends) == 0 {
		return nil
	}
	var names []string
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() || !hasSocket(pid, ends) {
			continue
		}
		name, err := os.ReadFile(filepath.Join("/proc", e.Name(), "comm"))
		if err != nil {
			continue // it has ended
		}
		names = append(names, fmt.Sprintf("%s (%d)", strings.TrimSpace(string(name)), pid))
	}
	slices.Sort(names)
	return names
}

// hasSocket tells whether a process has one of the sockets.
func hasSocket(pid int, inodes map[uint32]bool) bool {
	dir := filepath.Join("/proc", strconv.Itoa(pid), "fd")
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		target, err := os.Readlink(filepath.Join(dir, e.Name()))
		if err != nil {
			continue
		}
		var inode uint32
		if _, err := fmt.Sscanf(target, "socket:[%d]", &inode); err == nil && inodes[inode] {
			return true
		}
	}
	return false
}

// The request and the answer of sock_diag for Unix sockets (linux/unix_diag.h).
const (
	diagByFamily = 20 // SOCK_DIAG_BY_FAMILY
	diagShowName = 1
	diagShowPeer = 4
	diagName     = 0
	diagPeer     = 2

	diagRequestSize = 24
	diagAnswerSize  = 16 // before the attributes
)

// daemonPeers returns the inodes of the sockets that are connected to the one at path.
func daemonPeers(path string) map[uint32]bool {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC, unix.NETLINK_SOCK_DIAG)
	if err != nil {
		return nil
	}
	defer func() { _ = unix.Close(fd) }() // nothing was written
	request := make([]byte, unix.SizeofNlMsghdr+diagRequestSize)
	order := binary.NativeEndian
	order.PutUint32(request[0:], uint32(len(request)))
	order.PutUint16(request[4:], diagByFamily)
	order.PutUint16(request[6:], unix.NLM_F_REQUEST|unix.NLM_F_DUMP)
	body := request[unix.SizeofNlMsghdr:]
	body[0] = unix.AF_UNIX
	order.PutUint32(body[4:], ^uint32(0)) // in all states
	order.PutUint32(body[12:], diagShowName|diagShowPeer)
	if err := unix.Sendto(fd, request, 0, &unix.SockaddrNetlink{Family: unix.AF_NETLINK}); err != nil {
		return nil
	}
	peers := map[uint32]bool{}
	buffer := make([]byte, 1<<16)
	for {
		n, _, err := unix.Recvfrom(fd, buffer, 0)
		if err != nil || !gather(buffer[:n], path, peers) {
			return peers
		}
	}
}

// gather reads the messages of one datagram, and tells whether more follow.
func gather(b []byte, path string, peers map[uint32]bool) bool {
	order := binary.NativeEndian
	for len(b) >= unix.SizeofNlMsghdr {
		size, kind := int(order.Uint32(b)), order.Uint16(b[4:])
		if size < unix.SizeofNlMsghdr || size > len(b) || kind == unix.NLMSG_DONE || kind == unix.NLMSG_ERROR {
			return false
		}
		if one := b[unix.SizeofNlMsghdr:size]; kind == diagByFamily && len(one) >= diagAnswerSize {
			if name, peer := attributes(one[diagAnswerSize:]); name == path && peer != 0 {
				peers[peer] = true
			}
		}
		b = b[min(aligned(size), len(b)):]
	}
	return len(b) == 0
}

// attributes returns the path that a socket is bound to and the inode of its other end.
func attributes(b []byte) (name string, peer uint32) {
	order := binary.NativeEndian
	for len(b) >= unix.SizeofNlAttr {
		size, kind := int(order.Uint16(b)), order.Uint16(b[2:])
		if size < unix.SizeofNlAttr || size > len(b) {
			return name, peer
		}
		switch value := b[unix.SizeofNlAttr:size]; {
		case kind == diagName:
			name = strings.TrimRight(string(value), "\x00")
		case kind == diagPeer && len(value) >= 4:
			peer = order.Uint32(value)
		}
		b = b[min(aligned(size), len(b)):]
	}
	return name, peer
}

// aligned rounds up to what netlink counts in.
func aligned(n int) int { return (n + 3) &^ 3 }
