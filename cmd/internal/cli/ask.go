package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/charmbracelet/huh"
	"golang.org/x/term"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

// The ways in which asking a person can end.
var (
	ErrNoTerminal  = errors.New("cli: this question needs a terminal or a flag")
	ErrDeclined    = errors.New("cli: declined")
	ErrDiffer      = errors.New("cli: the two entries differ")
	ErrRehearsal   = errors.New("cli: this flag is for rehearsals only")
	ErrAbsent      = errors.New("cli: no token is named for custodians who must all be there")
	ErrInterrupted = errors.New("cli: interrupted")
	ErrNoPIN       = errors.New("cli: the PIN file has no PIN for this token")
)

// maxSecret bounds a typed PIN or passphrase, in bytes.
const maxSecret = 256

// Secret asks for a PIN or passphrase at the terminal, without echo. The prompt is a sentence of
// the catalogue.
func (a *App) Secret(prompt string, args ...any) (*secret.Bytes, error) {
	if !a.Terminal {
		return nil, ErrNoTerminal
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return nil, ErrNoTerminal
	}
	defer tty.Close()
	fmt.Fprint(tty, Wrap(a.T(prompt, args...), width(tty)), " ")
	typed, err := term.ReadPassword(int(tty.Fd()))
	fmt.Fprintln(tty)
	if err != nil {
		return nil, ErrNoTerminal
	}
	if len(typed) == 0 || len(typed) > maxSecret {
		clear(typed)
		return nil, ErrDeclined
	}
	return secret.From(typed), nil
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
	plain := os.Getenv("TERM") == "dumb"
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

// Confirm has the person type the name of the object, unless the flag gave it already. Anything
// else declines; the error never repeats what was typed, which may be a PIN.
func (a *App) Confirm(flag, name, prompt string, args ...any) error {
	answer := flag
	if answer == "" {
		var err error
		if answer, err = a.Line(prompt, args...); err != nil {
			return err
		}
	}
	if answer != name {
		return ErrDeclined
	}
	return nil
}

// PINs are the PINs of a rehearsal's PIN file, by token serial; `*` stands for every token.
type PINs map[string]*secret.Bytes

// ReadPINs reads a PIN file: a line for each token with its serial, a blank and its PIN.
func ReadPINs(path string) (PINs, error) {
	info, err := os.Lstat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = durable.ErrNotRegular
	case err == nil && info.Size() > 1<<16:
		err = durable.ErrTooLarge
	}
	if err != nil {
		return nil, fault.At(path, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.At(path, err)
	}
	defer clear(data)
	pins, rest := PINs{}, data
	for n := 1; len(rest) > 0; n++ {
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		blank := bytes.IndexByte(line, ' ')
		if blank < 1 || blank+1 == len(line) {
			return nil, fault.At(path, fault.At(fmt.Sprintf("line %d", n), ErrNoPIN))
		}
		pins[string(line[:blank])] = secret.From(line[blank+1:])
	}
	return pins, nil
}

// For returns the PIN of a token.
func (p PINs) For(serial string) (*secret.Bytes, error) {
	for _, key := range []string{serial, "*"} {
		if pin := p[key]; pin != nil {
			return pin, nil
		}
	}
	return nil, fault.At(serial, ErrNoPIN)
}
