package cli

import "bailiff/cmd/internal/wording"

// Row is an error that may be told, for the tests.
type Row struct {
	Err        error
	ID         string
	Exit       int
	Said, Hint wording.Text
}

// Rows returns all errors that a program may tell, one a row.
func (a *App) Rows() []Row {
	var out []Row
	for _, r := range a.rows() {
		for _, e := range r.errs {
			out = append(out, Row{e.err, e.id, e.exit, r.said, r.hint})
		}
	}
	return out
}
