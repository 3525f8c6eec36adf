package piv

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// holders names the processes that use smart cards, as `name (pid)`, this one left out: those that have
// loaded the PC/SC library and have a socket open. Which of them holds which reader only the daemon
// knows. nil where /proc does not tell: other users' processes are shown to root alone.
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

// usesCards tells whether the process of a folder of /proc has the PC/SC library and a socket.
func usesCards(folder string) bool {
	maps, err := os.ReadFile(filepath.Join(folder, "maps"))
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
