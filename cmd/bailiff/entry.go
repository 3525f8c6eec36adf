package main

import (
	"bailiff/custody/ledger"
)

// field tells a field of an entry in the person's language: custodians answer for what they cosign. The file's own words stand in the
// entry, and in the JSON.
func (t *tool) field(kind ledger.Kind, key, value string) (label, text string) {
	switch {
	case key == "why" && kind == (*ledger.ReleaseRefused)(nil).Kind():
		value = t.Refusal(value)
	case key == "why":
		value = t.T("abandoned.interrupted")
	}
	if value == ledger.Unreadable {
		value = t.T("refused.unreadable")
	}
	switch key {
	case "day":
		value = t.Day(value)
	case "not-before":
		value = t.When(value)
	}
	return t.T("field." + key), value
}
