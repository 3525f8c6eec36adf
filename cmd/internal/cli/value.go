package cli

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// The ways in which a value on the command line is not of the form that its flag wants. The object at fault is the part that is wrong.
var (
	ErrValue       = errors.New("cli: the value of this flag is not of its form")
	ErrDay         = errors.New("cli: what stands here is no day of the calendar, or is written otherwise")
	ErrPaperParts  = errors.New("cli: a paper has four parts: type, issuer, date, and file or digest")
	ErrPaperType   = errors.New("cli: there is no such type of paper")
	ErrPaperDigest = errors.New("cli: what follows sha256: is no digest")
)

// ValueError is one of those with what belongs there instead, for the hint.
type ValueError struct {
	Err  error
	Form string
}

func (e *ValueError) Error() string { return e.Err.Error() }

// Unwrap returns which it is.
func (e *ValueError) Unwrap() error { return e.Err }

// BadValue is ErrValue about a flag of c, with what the flag's help says of the form.
func BadValue(c *cobra.Command, flag string) error {
	e := &ValueError{Err: ErrValue}
	if f := c.Flags().Lookup(flag); f != nil {
		e.Form = bare(f.Usage)
	}
	return fault.At("--"+flag, e)
}

// CheckDay tells whether a value is a day as records have it, such as 2026-11-01. Where it is one that is written otherwise, the hint
// has it as it belongs there.
func CheckDay(value string) error {
	if keyvalue.CheckDate(value) == nil {
		return nil
	}
	form := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	for _, layout := range []string{"2/1/2006", "2.1.2006", "2-1-2006", "2006/1/2", "2006.1.2", "2006-1-2", "20060102"} {
		if day, err := time.Parse(layout, strings.TrimSpace(value)); err == nil {
			form = day
			break
		}
	}
	return fault.At(value, &dayError{form})
}

// dayError is ErrDay with the day that may be meant, or one for an example.
type dayError struct{ day time.Time }

func (e *dayError) Error() string { return ErrDay.Error() }
func (e *dayError) Unwrap() error { return ErrDay }
