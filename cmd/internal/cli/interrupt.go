package cli

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"
)

// watch ends the program when somebody interrupts it (Ctrl-C) or the system asks it to end: the
// terminal gets its echo back, one sentence says that nothing is lost, and the exit code is that of
// a person who declined. All that lies on disks is safe at any moment, as after a loss of power.
func (a *App) watch() {
	before, err := term.GetState(int(os.Stdin.Fd()))
	if err != nil {
		before = nil // no terminal
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		if before != nil {
			_ = term.Restore(int(os.Stdin.Fd()), before)
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
