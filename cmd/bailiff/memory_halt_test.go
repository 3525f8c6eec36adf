package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// haltAll stops a session of processes at each new entry of the ledger, which a program of the same user may do, until
// all that is open of their memory was read: what stands there at that moment is seen, however short it would stay.
func (s *spy) haltAll(session int, ended <-chan struct{}) {
	for known := s.entries(); ; time.Sleep(100 * time.Microsecond) {
		select {
		case <-ended:
			return
		default:
		}
		now := s.entries()
		if now == known {
			continue
		}
		known = now
		_ = unix.Kill(-session, unix.SIGSTOP)
		halted := make(chan struct{})
		select {
		case s.halts <- halted:
			<-halted
			s.Halted++
		case <-ended:
		}
		_ = unix.Kill(-session, unix.SIGCONT)
	}
}

// entries counts those of the ledger.
func (s *spy) entries() (n int) {
	list, _ := os.ReadDir(filepath.Join(s.Dir, "vault/ledger/entries/000000"))
	for _, entry := range list {
		if strings.HasSuffix(entry.Name(), ".txt") {
			n++
		}
	}
	return n
}
