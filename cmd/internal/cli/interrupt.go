package cli

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// clearScreen clears a terminal and what has scrolled off it.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// Reveal shows a secret on the terminal until done has returned, and clears the screen then, also when the program
// is interrupted, or stopped, meanwhile; when it goes on the secret is shown again. [ErrNoTerminal] without a
// terminal.
func (a *App) Reveal(show func(tty io.Writer) error, done func() error) error {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return ErrNoTerminal
	}
	defer tty.Close()
	again := func() { _ = show(tty) }
	a.revealed.Store(&again)
	defer func() {
		a.revealed.Store(nil)
		fmt.Fprint(tty, clearScreen)
	}()
	if err := show(tty); err != nil {
		return err
	}
	return done()
}

// ending are the signals at which the program ends and says that nothing is lost: somebody interrupts it (Ctrl-C, or
// Ctrl-\), closes its terminal, or the system asks it to end; or another program sends one of those with which the kernel
// tells of a fault. At most of them Go would show its stack and its registers, a secret perhaps in one of them.
var ending = []os.Signal{
	os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGHUP,
	syscall.SIGABRT, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGSEGV,
	syscall.SIGILL, syscall.SIGTRAP, syscall.SIGSTKFLT, syscall.SIGSYS,
}

// watch sees to it that nothing that ends or stops the program leaves a terminal without echo, or with a secret on
// it, and that it asks unseen when it goes on. SIGKILL and SIGSTOP can be noticed by nobody: a shell puts its terminal
// right by itself, and what was stopped asks again. All that lies on disks is safe at any moment, as after a loss of
// power.
func (a *App) watch() {
	before, err := unix.IoctlGetTermios(int(os.Stdin.Fd()), unix.TCGETS)
	if err != nil {
		before = nil // no terminal
	}
	ends, stops := make(chan os.Signal, 1), make(chan os.Signal, 8)
	for _, s := range ending {
		if !signal.Ignored(s) { // as nohup has it
			signal.Notify(ends, s)
		}
	}
	if !a.Terminal {
		go func() { a.end(<-ends, before) }()
		return
	}
	signal.Notify(ends, syscall.SIGPIPE) // nobody reads what it prints
	signal.Notify(stops, syscall.SIGTSTP, syscall.SIGCONT)
	go func() {
		var behind <-chan time.Time // a shell has it go on behind it
		for {
			select {
			case s := <-ends:
				a.end(s, before)
			case s := <-stops:
				if s == syscall.SIGTSTP {
					a.stop(stops, before)
				}
				behind = a.goOn()
			case <-behind:
				behind = a.goOn()
			}
		}
	}()
}

// end ends the program.
func (a *App) end(s os.Signal, before *unix.Termios) {
	a.modes.mu.Lock() // for good
	a.tidy(before)
	if s == syscall.SIGPIPE {
		unhandled(unix.SIGPIPE, func() { time.Sleep(settling) })
	}
	if a.Terminal {
		fmt.Fprintln(a.Err) // what was being typed or drawn stays on its line
	}
	os.Exit(a.Fail(ErrInterrupted))
}

// tidy leaves the terminal as it was, before the program or its first mode.
func (a *App) tidy(before *unix.Termios) {
	if stdin := int(os.Stdin.Fd()); before != nil && foreground(stdin) {
		_ = unix.IoctlSetTermios(stdin, unix.TCSETSF, before) // a part of a PIN is not for a shell
	}
	if a.revealed.Load() != nil {
		fmt.Fprint(a.Err, clearScreen)
	}
	if a.form.Load() {
		fmt.Fprint(a.Err, "\x1b[?25h\x1b[?2004l\x1b[?1004l") // the cursor that a form hides, and its modes
	}
}

// settling is how long a signal that the process sends itself takes at most.
const settling = 200 * time.Millisecond

// stop stops the program as if it did not know the signal, which does nothing where nobody could have it go on.
func (a *App) stop(stops chan os.Signal, before *unix.Termios) {
	a.modes.mu.Lock()
	stdin := int(os.Stdin.Fd())
	now, err := unix.IoctlGetTermios(stdin, unix.TCGETS)
	a.tidy(before)
	a.modes.mu.Unlock()
	for len(stops) > 0 {
		<-stops // of before
	}
	unhandled(unix.SIGTSTP, func() {
		select {
		case <-stops: // it goes on
		case <-time.After(settling):
		}
	})
	if a.form.Load() && err == nil && foreground(stdin) { // a form has modes of its own
		_ = unix.IoctlSetTermios(stdin, unix.TCSETSF, now)
	}
}

// glance is how often a program that goes on behind a shell looks whether it was fetched, which no signal tells.
const glance = 50 * time.Millisecond

// goOn puts back what was on the terminal before the program was stopped. It is called again at the time returned: nil,
// when it is done.
func (a *App) goOn() <-chan time.Time {
	if !foreground(int(os.Stdin.Fd())) {
		return time.After(glance)
	}
	if again := a.revealed.Load(); again != nil {
		(*again)()
	}
	if a.form.Load() {
		_ = unix.Kill(unix.Getpid(), syscall.SIGWINCH) // it draws itself again
		return nil
	}
	a.modes.mu.Lock()
	defer a.modes.mu.Unlock()
	a.modes.resume()
	return nil
}

// unhandled has a signal do to the process what it does to one that does not know it, and waits. Package signal does
// not give back what it took: a signal that nobody waits for any more is ignored.
func unhandled(s unix.Signal, wait func()) {
	var standard, handled [8]uint64 // struct kernel_sigaction: all zeros are SIG_DFL
	action(s, &standard, &handled)
	_ = unix.Kill(unix.Getpid(), s)
	wait()
	action(s, &handled, &standard)
}

// action is rt_sigaction(2).
func action(s unix.Signal, set, old *[8]uint64) {
	const sizeOfSet = 8
	_, _, _ = unix.Syscall6(unix.SYS_RT_SIGACTION, uintptr(s), uintptr(unsafe.Pointer(set)), uintptr(unsafe.Pointer(old)), sizeOfSet, 0, 0)
}
