//go:build cgo

package main

import (
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/testkit/rig"
)

// fresh puts a card as from the factory into a reader.
func (s *seatScene) fresh(reader int, serial uint32) {
	s.Helper()
	card, err := s.rig.NewCard(rig.CardOptions{Serial: serial})
	if err == nil {
		err = card.Insert(reader)
	}
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = card.Remove() })
}

// TestInterrupted: a program that is asked to end while a PUK stands on the screen clears it, and Ctrl-\ at a
// PIN shows no stack and gives the terminal its echo back.
func TestInterrupted(t *testing.T) {
	const drawn = "bailiff token init --rehearsal --serial 20001009 --out x.enrolment"
	s := newSeatScene(t)
	s.fresh(0, 20001009)
	t.Run("while a PUK is shown", func(t *testing.T) {
		x := s.sit(drawn)
		x.await("Choose a PIN:")
		x.enter(cardPIN)
		x.await("Type it once more:")
		x.enter(cardPIN)
		x.await("Choose a PUK")
		x.enter("")
		x.await("type done")
		if err := x.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		<-x.seen.done
		if shown := x.screen(); strings.LastIndex(shown, "\x1b[2J") < strings.Index(shown, "type done") {
			t.Errorf("the PUK stays on the screen:\n%q", shown)
		}
	})
	t.Run("at a PIN", func(t *testing.T) {
		x := s.sit(drawn)
		x.await("Choose a PIN:")
		if _, err := x.control.WriteString("\x1c"); err != nil {
			t.Fatal(err)
		}
		x.finish(12)
		if shown := x.screen(); strings.Contains(shown, "goroutine") {
			t.Errorf("a stack is shown:\n%s", shown)
		}
		mode, err := unix.IoctlGetTermios(int(x.control.Fd()), unix.TCGETS)
		if err != nil || mode.Lflag&unix.ECHO == 0 {
			t.Errorf("no echo any more (%v)", err)
		}
	})
}
