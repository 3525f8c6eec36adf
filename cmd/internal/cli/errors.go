package cli

import (
	"slices"
	"strings"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/batch"
	"bailiff/custody/seal"
	"bailiff/custody/strictzip"
	"bailiff/custody/token/piv"
	"bailiff/custody/words"
	"bailiff/keyceremony/generator"
)

// errorRow says how errors are told: in one sentence and with one hint, since whoever reads them would do the same about each. What is
// said follows the names of the objects at fault; %s in it is the technical text of the error.
type errorRow struct {
	errs       errs
	said, hint wording.Text
}

// errs are the errors of a row. Their ids are made of the sentinel's package and name, and stand in ledgers, in vectors and in
// testdata/exit-codes.txt for ever.
type errs []namedError

type namedError struct {
	err  error
	id   string
	exit int
}

// say is a sentence in both languages.
func say(fr, en string) wording.Text { return wording.Text{Fr: fr, En: en} }

// errorRows are all errors that every program may tell. The first one that matches counts: an error that wraps another one, as a
// damaged token wraps the state of its file, comes before it.
func errorRows() []errorRow {
	return slices.Concat(
		cliErrors(), tokenErrors(), machineErrors(), attestationErrors(), pivErrors(), orderErrors(), officerErrors(), fieldErrors(),
		custodyErrors(), releaseErrors(), ceremonyErrors(), keyErrors(), ledgerErrors(), policyErrors(), batchErrors(), fileErrors(),
		diskErrors(), defects(),
	)
}

// rows are those of this program alone, and then all others.
func (a *App) rows() []errorRow { return append(slices.Clone(a.added), errorRows()...) }

// AddError adds an error of a package that only one of the programs links: its id and exit code, what is said of it, and what is to be done.
func (a *App) AddError(err error, id string, exit int, said, hint wording.Text) {
	a.added = append(a.added, errorRow{errs{{err, id, exit}}, said, hint})
}

// Sentences are what is said of every error, by `error.ID` and `hint.ID`.
func (a *App) Sentences() map[string]wording.Text {
	all := map[string]wording.Text{}
	for _, r := range append(a.rows(), unexpected()) {
		for _, e := range r.errs {
			all["error."+e.id], all["hint."+e.id] = r.said, r.hint
		}
	}
	return all
}

// sentence is what a row says of an error with a technical text.
func (a *App) sentence(r errorRow, technical string) string {
	if strings.Contains(r.said.En, "%") {
		return a.paste(r.said.In(a.Lang, technical), nil)
	}
	return a.paste(r.said.In(a.Lang), nil)
}

// unexpected stands for an error that no row names.
func unexpected() errorRow {
	return errorRow{errs{{nil, "unexpected", ExitFailure}},
		say("erreur inattendue : %s", "unexpected error: %s"),
		say("notez ce message et l’opération en cours, puis signalez-les comme l’indique SECURITY.md",
			"note this message and what was being done, and report them as SECURITY.md says")}
}

// defects are about what the program does wrong by itself. Whoever meets one can only report it, with its technical text.
func defects() []errorRow {
	return []errorRow{
		{errs{{words.ErrCount, "words.count", ExitFailure}, {generator.ErrJob, "generator.job", ExitMalformed},
			{seal.ErrDataKey, "seal.data-key", ExitDamaged}, {seal.ErrKeySize, "seal.key-size", ExitMalformed},
			{batch.ErrBatchCustodians, "vault.batch-custodians", ExitMalformed},
			{batch.ErrBatchVolume, "vault.batch-volume", ExitFailure}, {batch.ErrBatchNumber, "vault.batch-number", ExitFailure},
			{batch.ErrBatchKey, "vault.batch-key", ExitFailure}, {batch.ErrBatchEntry, "vault.batch-entry", ExitFailure},
			{batch.ErrBatchShares, "vault.batch-shares", ExitFailure}, {batch.ErrBatchEmpty, "vault.batch-empty", ExitFailure},
			{batch.ErrBatchClosed, "vault.batch-closed", ExitFailure}, {strictzip.ErrClosed, "vault.zip-closed", ExitFailure},
			{piv.ErrMessage, "piv.message", ExitFailure}},
			say("le programme se contredit : %s", "the program contradicts itself: %s"),
			say("c’est un défaut du programme : notez ce message et l’opération en cours, puis signalez-les comme l’indique SECURITY.md",
				"this is a defect of the program: note this message and what was being done, and report them as SECURITY.md says")},
	}
}
