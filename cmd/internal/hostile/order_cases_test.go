package hostile

import (
	"bytes"
	"fmt"
	"strings"

	"bailiff/custody/policy"
	"bailiff/release/order"
)

// resigned is the order with something changed and signed anew by two officers.
func (w *world) resigned(number int, title, check, expect string, change func(*order.Order)) vector {
	w.Helper()
	o, err := order.Parse(w.read("order.txt"))
	w.must(err)
	change(o)
	text, err := o.Format()
	w.must(err)
	return replacing(number, title, check, expect, "order.txt", text, part{"order.sig", signed(w, text, 1, 2)})
}

// orderCases are orders in good form and well signed that are not to be carried out.
func orderCases(w *world) []vector {
	removed := w.appointed(w.read("officers/officer-1.asc"), w.read("officers/officer-2.asc"))
	return []vector{
		happening(33, "an order that was carried out", "examine", "custody.used", "release"),
		w.resigned(34, "another vault's order", "examine", "order.other-vault", func(o *order.Order) { o.Vault = strings.Repeat("0", 32) }),
		w.resigned(34, "an order of the other mode", "examine", "order.mode", func(o *order.Order) { o.Mode = "production" }),
		w.resigned(34, "another batch's key", "examine", "custody.no-batch", func(o *order.Order) { o.Batch = "b20260101-000000" }),
		w.resigned(35, "an order under an old roster", "signatures", "order.old-roster", func(o *order.Order) { o.Roster[0] ^= 1 }),
		happening(38, "a clock at 1970", "examine", "ledger.clock", "now 1970-01-01T00:00:00Z"),
		happening(38, "a clock before the last entry", "examine", "ledger.clock", "now 2026-11-21T08:00:00Z"),
		happening(38, "a clock at 2099", "examine", "order.expired", "now 2099-01-01T00:00:00Z"),
		happening(39, "an expired order", "examine", "order.expired", "now 2027-02-21T12:00:01Z"),
		w.resigned(39, "an order whose time has not come", "examine", "custody.still-waiting", func(o *order.Order) { o.NotBefore = o.NotBefore.AddDate(0, 1, 0) }),
		w.requested("an order whose wait has not begun", "custody.not-received", "now 2026-12-21T00:00:00Z"),
		w.requested("an order that still waits", "custody.still-waiting", "receive"),
		w.requested("an order that still waits on its last day", "custody.still-waiting", "receive", "now 2026-11-29T18:00:00Z"),
		happening(41, "one custodian of two", "release", "custody.quorum", "tokens c01"),
		happening(41, "one custodian twice", "release", "custody.twice", "tokens c01 c01"),
		replacing(42, "an officer removed between signing and release", "signatures", "order.old-roster", policyFile, removed[0].data, removed[1]),
	}
}

// requested is the order of a living member, which waits eight days from the day it was received.
func (w *world) requested(title, expect string, lines ...string) vector {
	w.Helper()
	o := w.resigned(39, title, "examine", expect, func(o *order.Order) {
		o.Reason, o.NotBefore = "request", o.Issued.AddDate(0, 0, 8)
	})
	v := happening(39, title, "examine", expect, lines...)
	v.also = append(o.also, part{o.file, o.body})
	return v
}

// policyCases are policies and anchors that were weakened.
func policyCases(w *world) []vector {
	text := w.read(policyFile)
	p, err := policy.Parse(text)
	w.must(err)
	token := func(i int) policy.Token { return p.Custodians[i].Tokens[0] }
	one := fmt.Sprintf("%s %s", token(0).Kind, token(0).Serial)
	return []vector{
		replacing(36, "k of 1 in the policy", "policy", "policy.quorum", policyFile, bytes.Replace(text, []byte("\nthreshold: 2\n"), []byte("\nthreshold: 1\n"), 1)),
		replacing(36, "k raised in the policy on disk", "vault", "custody.damaged", policyFile, bytes.Replace(text, []byte("\nthreshold: 2\n"), []byte("\nthreshold: 3\n"), 1)),
		replacing(36, "m lowered to 1", "policy", "policy.officers", policyFile, w.edited(policyFile, "officers-threshold: 2", "officers-threshold: 1")),
		replacing(36, "m raised in the policy on disk", "vault", "custody.damaged", policyFile, w.edited(policyFile, "officers-threshold: 2", "officers-threshold: 3")),
		replacing(36, "k lowered in the anchor", "anchor", "policy.quorum", anchorFile, w.edited(anchorFile, "threshold: 2", "threshold: 1")),
		replacing(36, "k raised in the anchor beside the vault", "vault", "custody.damaged", anchorFile, w.edited(anchorFile, "threshold: 2", "threshold: 3")),
		replacing(37, "one officer twice in the policy", "policy", "policy.officers", policyFile, twice(text, "officer: ")),
		replacing(57, "one serial of two custodians", "policy", "policy.shared-token", policyFile, bytes.Replace(text, []byte(fmt.Sprintf("%s %s", token(1).Kind, token(1).Serial)), []byte(one), 1)),
		replacing(57, "one signing key of two custodians", "policy", "policy.shared-token", policyFile, w.edited(policyFile, token(1).SigningKey.String(), token(0).SigningKey.String())),
		replacing(57, "one signing key twice in the anchor", "anchor", "policy.shared-token", anchorFile, w.edited(anchorFile, token(1).SigningKey.String(), token(0).SigningKey.String())),
	}
}

// twice repeats the first line of that key, and leaves the second out.
func twice(text []byte, key string) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i, l := range lines {
		if bytes.HasPrefix(l, []byte(key)) {
			lines[i+1] = l
			break
		}
	}
	return bytes.Join(lines, nil)
}
