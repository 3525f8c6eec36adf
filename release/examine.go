// Package release withdraws one key from custody: it verifies an order, gathers the quorum,
// opens the one key that the order names, and hands it over.
//
// A release goes through these entries of the ledger (design: "intent", "opened", "delivered"):
//
//	release-intent     cosigned by the custodians who will open, before anything is opened
//	release-opened     the key was reconstructed and is the one that was published
//	release-delivered  the kit is durable; cosigned
//
// Between them only the same order resumes, after any crash; afterwards it is refused for ever.
// Were this package wrong, an heir would receive nothing, or somebody else would receive
// everything.
package release

import (
	"crypto/sha256"
	"time"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/release/order"
)

// Examined is an order that may be carried out now.
type Examined struct {
	Order     *order.Order
	Signers   []string // fingerprints of the officers who signed
	Text      [32]byte // SHA-256 of the order
	Signature [32]byte // SHA-256 of the signature file
}

// RosterOf returns the officers of a policy, whose binary certificates stand in bytes.
func RosterOf(p *policy.Policy, bytes []byte) (*order.Roster, error) {
	fingerprints := make([]string, len(p.Officers))
	for i, o := range p.Officers {
		fingerprints[i] = o.Fingerprint
	}
	return order.ParseRoster(bytes, fingerprints, p.OfficersThreshold)
}

// Examine verifies an order against the vault: signatures, roster, vault, mode, times, papers,
// the key's place in a proved batch, and the ledger's memory of used orders.
func Examine(v *custody.Vault, text, signatures []byte, now time.Time) (*Examined, error) {
	roster, err := RosterOf(v.Policy, v.Roster)
	if err != nil {
		return nil, err
	}
	verified, err := roster.Verify(text, signatures, now)
	if err != nil {
		return nil, err
	}
	o := verified.Order
	if err := o.Check(checkContext(v.Policy, now)); err != nil {
		return nil, err
	}
	x := &Examined{Order: o, Signers: verified.Signers, Text: sha256.Sum256(text), Signature: sha256.Sum256(signatures)}
	if err := v.State.CheckOrder(o.Number, record.FormatDigest(x.Text), o.Replaces, o.Key); err != nil {
		return nil, err
	}
	return x, fault.At(o.Number, v.Locate(o.Batch, o.KeyNumber, o.Key))
}

func checkContext(p *policy.Policy, now time.Time) order.CheckContext {
	c := order.CheckContext{Vault: p.Vault, Mode: p.Mode, RosterDigest: p.Roster, Now: now, Reasons: map[order.Reason]order.Rule{}}
	for _, r := range p.Reasons {
		c.Reasons[order.Reason(r.Name)] = order.Rule{WaitingDays: r.WaitingDays, Papers: r.Papers}
	}
	return c
}
