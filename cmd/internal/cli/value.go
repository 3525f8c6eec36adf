package cli

import (
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/release/order"
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

// draft is the refusal of an order that is being written or signed: who is told can mend it, or leave it unsigned.
type draft struct {
	error
	signing bool
}

func (d *draft) Unwrap() error { return d.error }

// NotWritten marks why an order was not written; nil stays nil. The hint then speaks to the writer, and not to a bailiff who
// sends the order back.
func NotWritten(err error) error {
	if err == nil {
		return nil
	}
	return &draft{error: err}
}

// NotSigned marks why an order was not signed; nil stays nil.
func NotSigned(err error) error {
	if err == nil {
		return nil
	}
	return &draft{error: err, signing: true}
}

func (a *App) draftHint(d *draft) string {
	switch {
	case d.signing:
		return a.T("draft.unsigned")
	case errors.Is(d, order.ErrMissingPaper):
		return a.T("draft.papers")
	case errors.Is(d, order.ErrPaperLater), errors.Is(d, order.ErrPaperOld):
		return a.T("draft.paper-date")
	case errors.Is(d, order.ErrPaperUnborn):
		return a.T("draft.paper-unborn")
	case errors.Is(d, order.ErrPaperEmpty):
		return a.T("draft.paper-empty")
	case errors.Is(d, order.ErrOneFile):
		return a.T("draft.paper-file")
	case errors.Is(d, order.ErrBornLater), errors.Is(d, order.ErrBornOld):
		return a.T("draft.born")
	case errors.Is(d, order.ErrAlphabets):
		return a.T("draft.name")
	case errors.Is(d, order.ErrLongLived), errors.Is(d, order.ErrLongWait):
		return a.T("draft.days")
	}
	return a.T("draft.unwritten")
}
