package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
)

// Exit codes. The table in every program's help is made from them; they never change.
const (
	ExitFailure    = 1  // something that no other code names
	ExitUsage      = 2  // the command line
	ExitMalformed  = 3  // a file that is not of its format
	ExitPolicy     = 4  // a rule or a mode forbids it
	ExitDamaged    = 5  // a verification failed: damaged or forged
	ExitToken      = 6  // a token: PIN, locked, wrong one
	ExitQuorum     = 7  // too few custodians or officers
	ExitOrder      = 8  // the order is refused
	ExitExists     = 9  // it is there already, or another program holds it
	ExitStorage    = 10 // a disk cannot be read or written
	ExitUnfinished = 11 // something earlier must be finished first
	ExitDeclined   = 12 // a person declined, or could not be asked
	ExitNotYet     = 13 // nothing is wrong, but the time has not come
)

// exitCodesCommand is `exit-codes`, which shows the table: those who write programs look for it, and nobody else.
func (a *App) exitCodesCommand() *cobra.Command {
	c := a.Leaf("exit-codes", a.Name+" exit-codes", func([]string) error {
		fmt.Fprintln(a.Out, a.exitCodes())
		return nil
	})
	c.Long += "\n\n" + a.exitCodes()
	return c
}

// exitCodes is the table.
func (a *App) exitCodes() string {
	lines := []string{a.T("exit.title"), "  0   " + a.T("exit.0")}
	for code := ExitFailure; code <= ExitNotYet; code++ {
		lines = append(lines, fmt.Sprintf("  %-3d %s", code, a.T(fmt.Sprintf("exit.%d", code))))
	}
	return strings.Join(lines, "\n")
}

// notYet ends a command with [ExitNotYet]; nothing is printed of it.
type notYet struct{}

func (notYet) Error() string { return "cli: the time has not come" }

// NotYet is what a command returns that found nothing wrong, and has said so and from when its object may be acted upon.
func NotYet() error { return notYet{} }

// Failure is an error as a person or a program reads it.
type Failure struct {
	Error string `json:"error"`
	Hint  string `json:"hint"`
	Exit  int    `json:"exit"`
}

// Explain finds the sentence, the hint and the exit code of an error.
func (a *App) Explain(err error) Failure {
	e, row := a.row(err)
	text := a.sentence(row, lastWords(err))
	hint, objects := a.hint(err, row), slices.Compact(fault.Objects(err))
	if other, ok := errors.AsType[*filetype.Error](err); ok {
		is, want := a.T("file."+string(other.Is)), a.T("file."+string(other.Want))
		text, hint = a.T("mistaken.file", is, want), a.T("mistaken.hint", want)
		objects = objects[:min(1, len(objects))] // the file: which line of it was not understood does not matter
	}
	if len(objects) > 0 {
		for i := range objects {
			objects[i] = a.object(err, objects[i])
		}
		text = strings.Join(objects, a.T("error.colon")) + a.T("error.colon") + text
	}
	hint = a.paste(hint, err)
	if v, ok := errors.AsType[*ValueError](err); ok && v.Form != "" {
		hint += a.T("error.colon") + v.Form
	}
	return Failure{Error: text, Hint: hint, Exit: e.exit}
}

// row finds an error among all that may be told, and its row.
func (a *App) row(err error) (namedError, errorRow) {
	for _, r := range a.rows() {
		for _, e := range r.errs {
			if errors.Is(err, e.err) {
				return e, r
			}
		}
	}
	return unexpected().errs[0], unexpected()
}

// ID is the id of an error, such as `order.expired`; of one that no row names, `unexpected`.
func (a *App) ID(err error) string {
	e, _ := a.row(err)
	return e.id
}

// Word names an error in one word of a–z and '-', for the ledger's record of a refusal: its id, as in `order-expired`. It says
// nothing of the objects at fault.
func (a *App) Word(err error) string { return word(a.ID(err)) }

func word(id string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '.':
			return '-'
		case c >= '0' && c <= '9': // the ledger's words have none
			return -1
		}
		return c
	}, id)
}

// Refusal is what [App.Word] named, as a sentence; a word of another program comes back as it is.
func (a *App) Refusal(recorded string) string {
	for _, r := range a.rows() {
		for _, e := range r.errs {
			if word(e.id) == recorded {
				return a.sentence(r, recorded)
			}
		}
	}
	return wording.Escape(recorded)
}

// lastWords is the technical text of an error without the
// objects that are printed before it.
func lastWords(err error) string {
	text := err.Error()
	for _, o := range fault.Objects(err) {
		text = strings.TrimPrefix(text, o+": ")
	}
	return text
}

// Fail prints an error with its hint and returns the exit code.
func (a *App) Fail(err error) int {
	if subject := a.subject(err, a.ID(err)); subject != "" {
		err = fault.At(subject, err)
	}
	f := a.Explain(err)
	a.clearLine()
	if a.JSON || a.askJSON {
		out, _ := json.Marshal(f)
		fmt.Fprintln(a.Err, string(out))
		return f.Exit
	}
	if errors.Is(err, ErrInterrupted) {
		id := "interrupted"
		if costs := a.losing.Load(); costs != nil {
			id = *costs
		}
		a.Note(id)
		return f.Exit
	}
	a.print(a.Err, a.T("error.prefix")+f.Error)
	a.print(a.Err, a.T("hint.prefix")+f.Hint)
	return f.Exit
}
