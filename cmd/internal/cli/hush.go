package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// Hush keeps what is typed while nobody is asked off the terminal, until the function that it returns
// is called: a PIN that is typed too soon, or what a token types that is touched too early. Then it is
// thrown away, before a shell takes it for a command. Without a terminal Hush does nothing.
func (a *App) Hush() (restore func()) { return a.echo(false, unix.TCSETSF) }

// echo has the terminal show what is typed, or not, until the function that it returns is called, which
// puts back what was with the given request (termios(3)).
func (a *App) echo(on bool, request uint) (restore func()) {
	if !a.Terminal {
		return func() {}
	}
	_, err := a.modes.push(int(os.Stdin.Fd()), unix.TCSETS, func(t *unix.Termios) {
		t.Lflag &^= unix.ECHO
		if on {
			t.Lflag |= unix.ECHO
		}
	})
	if err != nil {
		return func() {}
	}
	return func() { a.modes.pop(request) }
}
