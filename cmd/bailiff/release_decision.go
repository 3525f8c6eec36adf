package main

import (
	"slices"
	"strings"

	"bailiff/custody"
	"bailiff/custody/record"
	"bailiff/release"
)

// sayDecision says, right above the question whether to carry it out, what is decided: the order is longer than a screen, and what
// custodians answer for must not have scrolled off it.
func (t *tool) sayDecision(v *custody.Vault, x *release.Examined) {
	o := x.Order
	price := custody.ReleasePrice(v.Policy)
	t.touches = price.Touches
	t.Note("decision.mode." + v.Policy.Mode)
	t.Note("decision.open", record.FormatKeyNumber(o.KeyNumber), o.Member, o.Batch)
	if o.RecipientBorn == "" {
		t.Note("decision.recipient", o.Recipient)
	} else {
		t.Note("decision.recipient-born", o.Recipient, t.Day(o.RecipientBorn))
	}
	t.Note("decision.order", o.Number, t.T("reason."+string(o.Reason)), strings.Join(names(x), ", "))
	t.Note("release.price", price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
}

// names are those who signed an order, by name or, where that was erased, by their key.
func names(x *release.Examined) []string {
	out := slices.Clone(x.Signers)
	known := x.Officers()
	for i, fingerprint := range out {
		if name := known[fingerprint]; name != "" {
			out[i] = name
		}
	}
	return out
}

// signedBy are those who signed an order, by the name in the vault's roster, where it can be read, and by their key.
func (t *tool) signedBy(x *release.Examined) []string {
	out := slices.Clone(x.Signers)
	names := x.Officers()
	for i, fingerprint := range out {
		if name := names[fingerprint]; name != "" {
			out[i] = t.T("order.officer", name, fingerprint)
		}
	}
	return out
}
