package cli

// Row is a row of the table of faults, for the tests.
type Row struct {
	Err  error
	ID   string
	Exit int
}

// Rows returns the whole table of a program.
func (a *App) Rows() []Row {
	var out []Row
	for _, r := range a.rows() {
		out = append(out, Row{r.err, r.id, r.exit})
	}
	return out
}
