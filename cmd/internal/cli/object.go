package cli

import (
	"errors"
	"slices"
	"strings"

	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/release/order"
)

// object is an object, escaped and in the person's language: the library counts lines, words and
// witnesses in English, names reasons, papers and kinds of entries by their codes, and writes dates as records have them.
func (a *App) object(err error, o string) string {
	switch {
	case errors.Is(err, order.ErrMissingPaper):
		return coded(o, policy.PaperTypes(), func(c string) string { return a.T("paper." + c) })
	case slices.Contains(policy.PaperTypes(), o) && isContent(err):
		return coded(o, policy.PaperTypes(), func(c string) string { return a.T("paper." + c) })
	case errors.Is(err, order.ErrNoRule):
		return coded(o, policy.ReasonNames(), func(c string) string { return a.T("reason." + c) })
	}
	if strings.Contains(o, "-") && slices.Contains(ledger.Kinds(), ledger.Kind(o)) {
		return a.T("kind." + o)
	}
	if slices.Contains(orderFields(), o) && (isContent(err) || errors.Is(err, order.ErrCheckers)) {
		return a.T("order-field." + o)
	}
	if (o == keyvalue.Rehearsal || o == keyvalue.Production) && strings.HasSuffix(a.ID(err), ".mode") {
		return a.T("object.mode." + o)
	}
	if isContent(err) || errors.Is(err, custody.ErrHandoverDay) { // elsewhere 2026-11-21 may be the number of an order
		o = a.Day(o)
	}
	if at := a.When(o); at != o {
		return at
	}
	what, number, _ := strings.Cut(o, " ")
	if number == "" || number[0] < '0' || number[0] > '9' {
		return wording.Escape(o)
	}
	switch what {
	case "line":
		return a.T("object.line", number)
	case "word":
		return a.T("object.word", number)
	case "words":
		if number == "1" {
			return a.T("object.one-word")
		}
		return a.T("object.words", number)
	case "witness":
		return a.T("object.witness", number)
	case "space":
		return a.T("object.space", number)
	}
	return wording.Escape(o)
}

// isContent reports whether an error is one of [fieldErrors].
func isContent(err error) bool {
	return slices.ContainsFunc(fieldErrors(), func(r errorRow) bool {
		return slices.ContainsFunc(r.errs, func(e namedError) bool { return errors.Is(err, e.err) })
	})
}

// coded names each of the codes in a list, with the code behind, which the command line wants; what is no list of those
// codes it returns as it is, escaped.
func coded(list string, known []string, name func(code string) string) string {
	codes := strings.Split(list, ", ")
	for i, c := range codes {
		if !slices.Contains(known, c) {
			return wording.Escape(list)
		}
		codes[i] = name(c) + " (" + c + ")"
	}
	return strings.Join(codes, ", ")
}

// orderFields are those of an order that an error names.
func orderFields() []string {
	return []string{"member", "recipient", "recipient-born", "checker", "replaces-why"}
}

// subjects are the flags, and arguments, whose value an error is about that names no object itself: by the package in
// its id. What the others say names its object in the sentence: a token, this machine, what was typed.
var subjects = map[string][]string{
	"order": {"order"}, "release": {"order", "vault"}, "handover": {"kit"},
	"custody": {"vault"}, "ledger": {"vault"}, "vault": {"FILE", "vault"}, "share": {"vault"}, "seal": {"vault"},
	"policy": {"policy", "vault"}, "script": {"script"}, "keyceremony": {"vault"}, "reviewed": {"policy", "script"},
	"record": {"FILE", "order", "trust", "vault"}, "encoding": {"FILE", "order", "trust"}, "filetype": {"FILE", "order", "script"},
	"keybatch": {"FILE"}, "registry": {"database"}, "journal": {"journal", "database"},
	"durable": {"out", "kit", "vault"}, "fs": {"out", "kit", "vault", "database"}, "unix": {"out", "kit", "vault", "database"}, "io": {"FILE", "vault"},
}

// subject is what an error is about that names no object, as the command line has it; "" when that does not tell.
func (a *App) subject(err error, id string) string {
	if len(fault.Objects(err)) > 0 || a.running == nil {
		return ""
	}
	area, _, _ := strings.Cut(id, ".")
	for _, name := range subjects[area] {
		value := a.given(name)
		if name == "FILE" && a.running.Flags().NArg() > 0 {
			value = a.running.Flags().Arg(0)
		}
		if value != "" {
			return value
		}
	}
	return ""
}
