package cli

import (
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"bailiff/cmd/internal/build"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// shownVersion is the JSON of version.
type shownVersion struct {
	Digest string `json:"digest"`
	build.Build
	Cards *bool `json:"cards,omitempty"` // of a program that uses tokens: whether it reaches smart cards
}

// Version makes the command that tells which build of the program runs. digest is the program's; cards, unless
// nil, whether it reaches smart cards.
func (a *App) Version(digest func() ([32]byte, error), cards *bool) *cobra.Command {
	return a.Leaf("version", a.Name+" version", func([]string) error {
		sum, err := digest()
		if err != nil {
			return err
		}
		v := shownVersion{keyvalue.FormatDigest(sum), build.Running(), cards}
		return a.Result(v, func() { a.sayVersion(&v) })
	})
}

func (a *App) sayVersion(v *shownVersion) {
	a.Say("version.line", a.Name, v.Digest, v.Go)
	switch v.Tree {
	case build.Clean:
		a.Say("version.clean", v.Version, v.Commit)
	case build.Changed:
		a.Say("version.changed", v.Version, v.Commit)
	default:
		a.Say("version.unknown", v.Version)
	}
	if v.Erasing {
		a.Say("version.erasing")
	} else {
		a.Say("version.not-erasing")
	}
	switch {
	case v.Cards == nil:
	case *v.Cards:
		a.Say("version.cards")
	default:
		a.Say("version.no-cards")
	}
}

// ErrUntold: the command has ended, and its result did not reach the standard output, whole.
var ErrUntold = errors.New("cli: the result could not be written to the standard output")

// results is the standard output. It keeps the first error of writing to it, which most of what prints there leaves
// alone: a result that nobody can read is told at the end.
type results struct {
	*os.File
	err error
}

func (r *results) Write(p []byte) (int, error) {
	n, err := r.File.Write(p)
	if r.err == nil {
		r.err = err
	}
	return n, err
}

// told is err of a command that has ended; [ErrUntold] where it went well, or as far as that, and its result was not written.
// Where nobody wanted to read on, the program ends by the signal that says so.
func (a *App) told(err error) error {
	r, ok := a.Out.(*results)
	if !ok || r.err == nil || err != nil && !errors.Is(err, NotYet()) && !errors.Is(err, r.err) {
		return err
	}
	if errors.Is(r.err, unix.EPIPE) {
		unhandled(unix.SIGPIPE, func() { time.Sleep(settling) })
	}
	return fault.At(r.Name(), ErrUntold)
}
