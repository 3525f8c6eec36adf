package main

import (
	"slices"

	"bailiff/custody"
	"bailiff/release"
)

// readDecision has an order read, and right above the question whether to carry it out, what is decided.
func (t *tool) readDecision(v *custody.Vault, x *release.Examined, telephone bool) error {
	price := custody.ReleasePrice(v.Policy)
	t.touches = price.Touches
	r := t.ReadOrder(x.Order, t.signedBy(x))
	if !telephone {
		r.Part("release.no-telephone")
	}
	r.ReadDecision(x.Order, names(x))
	r.Note("release.price", price.Custodians, t.Lang.Count(price.Touches), t.Lang.Minutes(price.Minutes()))
	return r.Ask("ask.release", x.Order.Number)
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
