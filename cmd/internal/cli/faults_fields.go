package cli

import (
	"errors"
	"slices"

	"bailiff/release/order"
)

// isContent tells whether an error is one of [fieldFaults].
func isContent(err error) bool {
	return slices.ContainsFunc(fieldFaults(), func(r faultRow) bool { return errors.Is(err, r.err) })
}

// fieldFaults are about fields of an order that contradict each other, or that are seldom meant.
func fieldFaults() []faultRow {
	return []faultRow{
		{order.ErrPaperLater, "order.paper-later", ExitOrder},
		{order.ErrPaperOld, "order.paper-old", ExitOrder},
		{order.ErrPaperUnborn, "order.paper-unborn", ExitOrder},
		{order.ErrPaperEmpty, "order.paper-empty", ExitOrder},
		{order.ErrBornLater, "order.born-later", ExitOrder},
		{order.ErrBornOld, "order.born-old", ExitOrder},
		{order.ErrAlphabets, "order.alphabets", ExitOrder},
		{order.ErrIssuedLater, "order.issued-later", ExitOrder},
		{order.ErrOneFile, "order.one-file", ExitOrder},
		{order.ErrLongLived, "order.long-lived", ExitOrder},
		{order.ErrLongWait, "order.long-wait", ExitOrder},
	}
}
