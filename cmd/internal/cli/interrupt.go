package cli

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

// clearScreen clears a terminal and what has scrolled off it.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// Reveal has f show a secret on the terminal, given as where to write, and clears the screen when f has
// ended, also when the program is interrupted meanwhile. [ErrNoTerminal] without a terminal.
func (a *App) Reveal(f func(tty *os.File) error) error {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return ErrNoTerminal
	}
	defer tty.Close()
	a.revealed.Store(true)
	defer func() {
		fmt.Fprint(tty, clearScreen)
		a.revealed.Store(false)
	}()
	return f(tty)
}

// watch ends the program when somebody interrupts it (Ctrl-C, or Ctrl-\, after which Go would show its
// stack and leave the echo off) or the system asks it to end: the
// terminal gets its echo back, one sentence says that nothing is lost, and the exit code is that of
// a person who declined. All that lies on disks is safe at any moment, as after a loss of power.
func (a *App) watch() {
	before, err := term.GetState(int(os.Stdin.Fd()))
	if err != nil {
		before = nil // no terminal
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT)
	go func() {
		<-signals
		if before != nil {
			_ = term.Restore(int(os.Stdin.Fd()), before)
		}
		if a.revealed.Load() {
			fmt.Fprint(a.Err, clearScreen)
		}
		if a.form.Load() {
			fmt.Fprint(a.Err, "\x1b[?25h\x1b[?2004l\x1b[?1004l") // the cursor that a form hides, and its modes
		}
		if a.Terminal {
			fmt.Fprintln(a.Err) // what was being typed or drawn stays on its line
		}
		os.Exit(a.Fail(ErrInterrupted))
	}()
}
