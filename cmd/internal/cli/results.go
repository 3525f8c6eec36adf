package cli

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody/fault"
)

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
