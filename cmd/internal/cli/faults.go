package cli

import "slices"

// faultRow says how an error is told: id is that of its sentences in the catalogue, `error.ID` and
// `hint.ID`, made of the sentinel's package and name.
type faultRow struct {
	err  error
	id   string
	exit int
}

// unexpected stands for an error that no row names.
var unexpected = faultRow{id: "unexpected", exit: ExitFailure}

// faults is the table of all errors that a person may see. The first row that matches counts: an
// error that wraps another one, as a damaged token wraps the state of its file, comes before it.
func faults() []faultRow {
	return slices.Concat(
		toolFaults(), tokenFaults(), attestationFaults(), pivFaults(), orderFaults(), orderFormFaults(), fieldFaults(), officerFaults(), custodyFaults(), releaseFaults(),
		ceremonyFaults(), keybatchFaults(), keypairFaults(), wordsFaults(), ledgerFaults(), policyFaults(),
		shareFaults(), sealFaults(), batchFaults(), zipFaults(), encodingFaults(), recordFaults(), diskFaults(),
	)
}

// rows is the table with the rows of this program alone, which come first.
func (a *App) rows() []faultRow { return append(slices.Clone(a.added), faults()...) }

// AddFault adds a row for an error of a package that only one of the programs links.
func (a *App) AddFault(err error, id string, exit int) {
	a.added = append(a.added, faultRow{err, id, exit})
}
