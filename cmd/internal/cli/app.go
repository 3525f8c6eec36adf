// Package cli is what the two commands share: streams and language, the table of exit codes,
// how errors and hints are printed, how a person is asked.
//
// Rules of the terminal, for every command:
//
//   - results go to standard output, in words or, with --json, as one JSON value; everything
//     else goes to standard error;
//   - a person is asked only at a terminal; a standard input that is none is refused, and the
//     flag that answers instead is named;
//   - PINs and passphrases are read from the terminal without echo, into secret memory, and asked for again
//     when nothing was typed, when it was wrong, and when the program was stopped (Ctrl-Z) and goes on;
//   - an error is one line `error:` with the objects at fault, then one line `hint:`;
//   - untrusted text is escaped before it is shown;
//   - on a terminal, lines are broken at blanks; elsewhere a sentence is one line;
//   - with ACCESSIBLE=1 in the environment, or TERM=dumb, nothing is drawn: each question and each progress is a line.
package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/fault"
)

// App is one run of a command.
type App struct {
	Name     string // of the program
	Out, Err io.Writer
	Terminal bool // standard input and standard error are a terminal
	Plain    bool // no line is drawn over another, and no question has a frame: for screen readers, see [plain]
	Lang     wording.Lang
	JSON     bool
	Now      func() time.Time

	drawn atomic.Bool // a progress line stands on the screen, its end still open
	// OwnSignals is set by a program that handles interruptions itself.
	OwnSignals bool

	// Exposed says why another program of the same user may have read this one's memory ([image.Enter]); nil: none could.
	Exposed error
	warned  bool // of that

	added   []errorRow     // by AddError
	running *cobra.Command // nil: none is known yet
	askJSON bool           // --json stands on the command line, which may be refused before it is read
	form    atomic.Bool    // a form stands on the terminal

	losing   atomic.Pointer[string] // the sentence that says what an interruption costs; nil: nothing
	revealed atomic.Pointer[func()] // shows the secret that stands on the terminal; nil: none does
	modes    modes                  // of the terminal, that are set
}

// New returns the App of this process.
func New(name string, args []string) *App {
	a := &App{Name: name, Out: &results{File: os.Stdout}, Err: os.Stderr, Now: time.Now, Lang: wording.Detect(os.Getenv)}
	a.Terminal = term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd()))
	a.Plain = plain(os.Getenv)
	for i, arg := range args {
		a.askJSON = a.askJSON || arg == "--json" || arg == "--json=true"
		code := ""
		switch {
		case arg == "--lang" && i+1 < len(args):
			code = args[i+1]
		case len(arg) > 7 && arg[:7] == "--lang=":
			code = arg[7:]
		}
		if l, ok := wording.Parse(code); ok {
			a.Lang = l
		}
	}
	return a
}

// plain reports whether somebody asked for plain lines: with ACCESSIBLE, as other programs have it, or a terminal that
// can do no more.
func plain(getenv func(string) string) bool {
	return getenv("ACCESSIBLE") != "" || getenv("TERM") == "dumb"
}

// T returns a sentence of the catalogue. The commands in it have the values of the one that runs.
func (a *App) T(id string, args ...any) string { return a.paste(a.Lang.Say(id, args...), nil) }

// Say prints a sentence to standard output, unless a JSON result was asked for.
func (a *App) Say(id string, args ...any) {
	if !a.JSON {
		a.print(a.Out, a.T(id, args...))
	}
}

// Note prints a sentence to standard error.
func (a *App) Note(id string, args ...any) {
	a.clearLine()
	a.print(a.Err, a.T(id, args...))
}

// clearLine takes an unfinished progress line off the screen; the next progress draws it again.
func (a *App) clearLine() {
	if a.drawn.Load() {
		fmt.Fprint(a.Err, "\r\x1b[K")
		a.drawn.Store(false)
	}
}

// Result prints v as JSON when that was asked for, else calls words.
func (a *App) Result(v any, words func()) error {
	if !a.JSON {
		words()
		return nil
	}
	enc := json.NewEncoder(a.Out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Progress returns a function that shows how far a stage has come, on a terminal only, and how long the rest of it will take at the
// pace so far. It draws at most 200 times a stage; in plain lines it says each quarter.
func (a *App) Progress(id string) func(done, total int) {
	if !a.Terminal {
		return func(int, int) {}
	}
	var began time.Time
	first := 0 // what was done by then
	return func(done, total int) {
		if began.IsZero() {
			began, first = a.Now(), done
		}
		often := 200
		if a.Plain {
			often = 4
		}
		step := max(1, total/often)
		if done%step != 0 && done != total {
			return
		}
		text := a.T(id, done, total)
		if left := remaining(a.Now().Sub(began), done-first, total-done); left > 0 {
			text = a.T("progress.left", text, left)
		}
		if a.Plain {
			a.print(a.Err, text)
			return
		}
		fmt.Fprintf(a.Err, "\r\x1b[K%s", text)
		a.drawn.Store(done != total)
		if done == total {
			fmt.Fprintln(a.Err)
		}
	}
}

// settled is how long a stage takes at least before its pace says anything.
const settled = 5 * time.Second

// remaining is how many minutes are left, rounded up, after so many steps were done in a time; 0 where nobody can tell.
func remaining(took time.Duration, done, left int) int {
	if took < settled || done < 1 || left < 1 {
		return 0
	}
	rest := took * time.Duration(left) / time.Duration(done)
	return int((rest + time.Minute - 1) / time.Minute)
}

// Losing has an interruption say what it costs from now on, in place of that nothing is lost.
func (a *App) Losing(id string) { a.losing.Store(&id) }

// LosingNothing takes back what [App.Losing] said.
func (a *App) LosingNothing() { a.losing.Store(nil) }

// checkLang refuses a language that the catalogue does not have.
func (a *App) checkLang(args []string) error {
	for i, arg := range args {
		code, joined := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			code, joined = args[i+1], true
		}
		if _, ok := wording.Parse(code); joined && !ok {
			return fault.At("--lang "+code, &ValueError{ErrValue, bare(a.T("flag.lang"))})
		}
	}
	return nil
}
