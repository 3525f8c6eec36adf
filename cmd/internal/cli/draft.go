package cli

import (
	"errors"

	"bailiff/release/order"
)

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
