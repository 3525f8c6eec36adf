package main

import (
	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/ledger"
)

// promptRows are those in which a token is asked for and its PIN.
const promptRows = 4

// showTail has the entries read that nobody has cosigned yet, before anybody types a PIN: whoever
// cosigns the ledger cosigns them too.
func (t *tool) showTail(v *custody.Vault) error {
	r, count := t.Reading(t.Err), int64(0)
	for e, err := range v.Log.Tail() {
		if err != nil {
			return err
		}
		if count == 0 {
			r.Part("ledger.tail")
		}
		count++
		t.readEntry(r, e)
	}
	if count == 0 {
		return nil
	}
	r.Note("ledger.tail-ends", count)
	return r.Leave(len(v.Policy.Custodians) + promptRows)
}

// readEntry adds an entry as a part of its own.
func (t *tool) readEntry(r *cli.Reading, e *ledger.Entry) {
	r.Part("ledger.entry", e.Number, t.Lang.Moment(e.Time), t.T("kind."+string(e.Act.Kind())), t.T("ledger.uncosigned"))
	for _, f := range ledger.Fields(e.Act) {
		label, text := t.field(e.Act.Kind(), f.Key, f.Value)
		r.Note("ledger.field", label, text)
	}
}
