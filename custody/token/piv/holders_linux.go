package piv

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// holders names the processes that use smart cards, as `name (pid)`, this one left out: those that have
// loaded the PC/SC library and have a socket open, and this user's own that run this program. Which of
// them holds which reader only the daemon knows. nil where /proc does not tell: other users' processes
// are shown to root alone.
func holders() []string {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() || !usesCards(filepath.Join("/proc", e.Name())) {
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

// usesCards reports whether the process of a folder of /proc has the PC/SC library and a socket.
func usesCards(folder string) bool {
	maps, err := os.ReadFile(filepath.Join(folder, "maps"))
	if errors.Is(err, fs.ErrPermission) {
		return isOurs(folder)
	}
	if err != nil || !bytes.Contains(maps, []byte("/libpcsclite.so")) {
		return false
	}
	entries, err := os.ReadDir(filepath.Join(folder, "fd"))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		target, err := os.Readlink(filepath.Join(folder, "fd", e.Name()))
		return err == nil && strings.HasPrefix(target, "socket:")
	})
}

// isOurs reports whether a process that lets nobody look at it is another run of this program by the same
// user. It hides from that user too (secret.Harden), and holds a reader more often than anything else: it
// is what a custodian forgot in another window.
func isOurs(folder string) bool {
	theirs, err := nameAndUser(folder)
	if err != nil {
		return false
	}
	own, err := nameAndUser("/proc/self")
	return err == nil && theirs == own
}

// nameAndUser returns the lines of /proc/PID/status with a process's name and its users. Everybody may read
// them; the owner of the file says nothing about a process that hides.
func nameAndUser(folder string) (string, error) {
	status, err := os.ReadFile(filepath.Join(folder, "status"))
	if err != nil {
		return "", err
	}
	var told string
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "Name:") || strings.HasPrefix(line, "Uid:") {
			told += line
		}
	}
	return told, nil
}
