package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/huh"
	"golang.org/x/sys/unix"

	"bailiff/custody/secret"
)

// The ways in which asking a person can end.
var (
	ErrNoTerminal  = errors.New("cli: this question needs a terminal or a flag")
	ErrDeclined    = errors.New("cli: declined")
	ErrDiffer      = errors.New("cli: the two entries differ")
	ErrRehearsal   = errors.New("cli: this flag is for rehearsals only")
	ErrAbsent      = errors.New("cli: no token is named for custodians who must all be there")
	ErrUnnamed     = errors.New("cli: the custodians' tokens are files, and none is named")
	ErrInterrupted = errors.New("cli: interrupted")
	ErrSoftToken   = errors.New("cli: this act is for cards, and a software token is named")
	ErrNoTokens    = errors.New("cli: the folder holds no software token of a custodian")
	ErrSerial      = errors.New("cli: what was typed is no serial number of a token")
	ErrSlot        = errors.New("cli: what was typed is no slot for a sealing key")
	ErrNoPIN       = errors.New("cli: the PIN file has no PIN for this token")
	ErrNoPUK       = errors.New("cli: the PIN file has no PUK for this token")
	ErrSamePIN     = errors.New("cli: the new PIN is the present one")
)

// maxSecret bounds a typed PIN or passphrase, in bytes.
const maxSecret = 256

// Secret asks for a PIN or passphrase at the terminal, without echo. The prompt is a sentence of
// the catalogue. What was typed before it is thrown away: a token that is touched too early types a
// word of its own. [ErrDeclined]: nothing was typed, or too much.
func (a *App) Secret(prompt string, args ...any) (*secret.Bytes, error) {
	if !a.Terminal {
		return nil, ErrNoTerminal
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return nil, ErrNoTerminal
	}
	defer tty.Close()
	typed, err := a.unseen(func() { fmt.Fprint(tty, "\r", Wrap(a.T(prompt, args...), width(tty)), " ") })
	fmt.Fprintln(tty)
	if err != nil {
		return nil, ErrNoTerminal
	}
	if n := typed.Len(); n == 0 || n > maxSecret {
		typed.Wipe()
		return nil, ErrDeclined
	}
	return typed, nil
}

// Insist asks as [App.Secret] does until something is typed. A command that ended at a mere Enter would leave a shell
// to take what is typed next, a PIN, with everybody looking. Who gives up presses Ctrl-C.
func (a *App) Insist(prompt string, args ...any) (*secret.Bytes, error) {
	for {
		typed, err := a.Secret(prompt, args...)
		if !errors.Is(err, ErrDeclined) {
			return typed, err
		}
		a.Note("card.nothing")
	}
}

// Alike asks for a new PIN or passphrase, and once more, until the two are the same.
func (a *App) Alike(first, again func() (*secret.Bytes, error)) (*secret.Bytes, error) {
	for {
		typed, err := Twice(first, again)
		if !errors.Is(err, ErrDiffer) {
			return typed, err
		}
		a.Note("card.differ")
	}
}

// Twice asks for a new PIN or passphrase, and once more; the two must be the same.
func Twice(first, again func() (*secret.Bytes, error)) (*secret.Bytes, error) {
	a, err := first()
	if err != nil {
		return nil, err
	}
	b, err := again()
	if err == nil && !a.Equal(b) {
		err = ErrDiffer
	}
	b.Wipe()
	if err != nil {
		a.Wipe()
		return nil, err
	}
	return a, nil
}

// Line asks for a line of text at the terminal. It never asks for a secret.
func (a *App) Line(prompt string, args ...any) (string, error) {
	if !a.Terminal {
		return "", ErrNoTerminal
	}
	var answer string
	field := huh.NewInput().Title(a.T(prompt, args...)).Value(&answer).CharLimit(1000)
	form := huh.NewForm(huh.NewGroup(field)).WithShowHelp(false).WithOutput(os.Stderr)
	plain := a.Plain
	if plain {
		defer a.echo(true, unix.TCSETS)() // it relies on the terminal for that
	}
	a.form.Store(!plain)
	err := form.WithAccessible(plain).Run()
	a.form.Store(false)
	if errors.Is(err, huh.ErrUserAborted) {
		return "", ErrInterrupted
	}
	if err != nil {
		return "", ErrDeclined
	}
	return strings.TrimSpace(answer), nil
}

// Filled asks as [App.Line] does until something is typed.
func (a *App) Filled(prompt string, args ...any) (string, error) {
	for {
		answer, err := a.Line(prompt, args...)
		if err != nil || answer != "" {
			return answer, err
		}
		a.Note("card.nothing")
	}
}

// Agree asks until the answer is yes or no, in either language, whole or its first letter. A slip is no answer.
func (a *App) Agree(prompt string, args ...any) (bool, error) {
	for {
		answer, err := a.Line(prompt, args...)
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "oui", "o", "yes", "y":
			return true, nil
		}
		if isNo(answer) {
			return false, nil
		}
	}
}

// Confirm has the person type the name of the object, unless the flag gave it already. A slip is asked again, since
// what ends a command lets the next thing typed, a passphrase maybe, reach the shell; "no" in either language declines, and so does a flag
// that gives another name. No sentence repeats what was typed, which may be a PIN.
func (a *App) Confirm(flag, name, prompt string, args ...any) error {
	if flag != "" {
		if flag != name {
			return ErrDeclined
		}
		return nil
	}
	for {
		answer, err := a.Line(prompt, args...)
		if err != nil {
			return err
		}
		switch {
		case answer == name:
			return nil
		case isNo(answer):
			return ErrDeclined
		}
		a.Note("ask.exactly")
	}
}

func isNo(answer string) bool {
	return slices.Contains([]string{"non", "no", "n"}, strings.ToLower(answer))
}
