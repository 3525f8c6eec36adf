// Package order reads and judges the signed order by which one private key is released.
//
// An order is two files. order.txt is the record bailiff-order/1 ([Parse], [Order.Format]):
//
//	bailiff-order/1
//	vault: 5f0c…
//	mode: rehearsal
//	order: 2026-000123
//	…
//
// order.sig holds the officers' signatures over it (package officer). Whether a verified order fits
// vault, policy and clock is [Order.Check]. See docs/formats.md, "Order".
//
// If this package is wrong, an attacker has the bailiffs open a living member's key: with an order
// for another vault or of another time, or with a text that shows one thing and means another. So
// the text has one encoding, and nothing in it is skipped because it is unknown.
package order

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
)

const (
	// FormatName is the first line of an order.
	FormatName = "bailiff-order/1"

	// MaxSize bounds an order, in bytes.
	MaxSize   = 64 << 10
	maxPapers = 32
	maxLine   = 300 // bytes of a name or a reference: they are shown on one line
)

// The ways in which an order's text can be refused, besides those of package keyvalue. The error
// that wraps one names the field or the value.
var (
	ErrIsSignatures = errors.New("order: the file holds signatures, and no order")
	ErrTooLarge     = errors.New("order: larger than 64 KiB")
	ErrReason       = errors.New("order: unknown reason")
	ErrPaper        = errors.New("order: a paper is not a known type, a date, a digest and an issuer; or it is there twice")
	ErrCheckers     = errors.New("order: two different persons must have checked identity and papers")
	ErrReplaces     = errors.New("order: the order that it replaces, and why, do not fit")
	ErrTooLong      = errors.New("order: a name or reference of more than 300 bytes")
	ErrTimes        = errors.New("order: the times must be issued, not before, expires, in that order")
)

// Order is the text that officers sign. Times have whole seconds in UTC; dates are such as
// 2026-11-21; optional texts are "" when absent.
type Order struct {
	Vault, Mode, Number   string
	Replaces, ReplacesWhy string // optional, both or neither: the order whose kit was lost
	Roster                [32]byte
	Batch                 string
	KeyNumber             int    // 1 to 999999, within the batch
	Key                   string // fingerprint of the key to be released
	Member                string // the platform's reference, not a name
	Reason                string // one of policy.ReasonNames
	Papers                []Paper
	Checkers              []string // two
	Recipient             string
	RecipientBorn         string // optional date

	Issued, NotBefore, Expires time.Time
}

// Paper is a document that the officers saw.
type Paper struct {
	Type   string // one of policy.PaperTypes
	Date   string
	Digest [32]byte // SHA-256 of the document
	Issuer string
}

// Parse reads an order in its only encoding, and checks all that needs neither policy nor clock.
func Parse(data []byte) (*Order, error) {
	if len(data) > MaxSize {
		return nil, ErrTooLarge
	}
	if err := CheckText(data); err != nil {
		return nil, err
	}
	r, err := keyvalue.Parse(FormatName, data)
	if err != nil {
		return nil, err
	}
	o := &Order{
		Vault:  r.Checked("vault", keyvalue.CheckVaultID),
		Mode:   r.Checked("mode", keyvalue.CheckMode),
		Number: r.Checked("order", keyvalue.CheckOrderNumber),
	}
	o.Replaces, _ = r.Optional("replaces")
	o.ReplacesWhy, _ = r.Optional("replaces-why")
	o.Roster = r.Digest("roster")
	o.Batch = r.Checked("batch", keyvalue.CheckBatchID)
	o.KeyNumber = r.KeyNumber("key-number")
	o.Key = r.Checked("key", keyvalue.CheckFingerprint)
	o.Member = r.One("member")
	o.Reason = r.One("reason")
	for _, line := range r.Many("paper") {
		p, err := parsePaper(line)
		r.Fail("paper", err)
		o.Papers = append(o.Papers, p)
	}
	o.Checkers = r.Many("checker")
	o.Recipient = r.One("recipient")
	o.RecipientBorn, _ = r.Optional("recipient-born")
	o.Issued, o.NotBefore, o.Expires = r.Time("issued"), r.Time("not-before"), r.Time("expires")
	if err := r.Close(); err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	return o, nil
}

// Format returns the order's text. It fails when Parse would refuse it.
func (o *Order) Format() ([]byte, error) {
	var f []keyvalue.Field
	add := func(key, value string) { f = append(f, keyvalue.Field{Key: key, Value: value}) }
	addIf := func(key, value string) {
		if value != "" {
			add(key, value)
		}
	}
	add("vault", o.Vault)
	add("mode", o.Mode)
	add("order", o.Number)
	addIf("replaces", o.Replaces)
	addIf("replaces-why", o.ReplacesWhy)
	add("roster", keyvalue.FormatDigest(o.Roster))
	add("batch", o.Batch)
	add("key-number", keyvalue.FormatKeyNumber(o.KeyNumber))
	add("key", o.Key)
	add("member", o.Member)
	add("reason", o.Reason)
	for _, p := range o.Papers {
		add("paper", strings.Join([]string{p.Type, p.Date, keyvalue.FormatDigest(p.Digest), p.Issuer}, " "))
	}
	for _, c := range o.Checkers {
		add("checker", c)
	}
	add("recipient", o.Recipient)
	addIf("recipient-born", o.RecipientBorn)
	add("issued", keyvalue.FormatTime(o.Issued))
	add("not-before", keyvalue.FormatTime(o.NotBefore))
	add("expires", keyvalue.FormatTime(o.Expires))
	data, err := keyvalue.Format(FormatName, f)
	if err != nil {
		return nil, err
	}
	if _, err := Parse(data); err != nil {
		return nil, err
	}
	return data, nil
}

// CheckText reports why a file cannot be an order's text: it holds signatures, or a program made something else of
// it (package encoding). [Parse] asks it first; a command asks it before anything is recorded of the order.
func CheckText(data []byte) error {
	if bytes.HasPrefix(data, []byte("-----BEGIN PGP SIGNATURE")) || isSignature(data) {
		return ErrIsSignatures
	}
	return encoding.Text(data)
}

// isSignature reports whether an OpenPGP packet of type 2 begins here, in either format (RFC 9580 §4.2).
func isSignature(data []byte) bool { return len(data) > 0 && (data[0] == 0xc2 || data[0]&^3 == 0x88) }

func parsePaper(line string) (Paper, error) {
	w := strings.SplitN(line, " ", 4)
	if len(w) != 4 || !slices.Contains(policy.PaperTypes(), w[0]) || keyvalue.CheckText(w[3]) != nil {
		return Paper{}, ErrPaper
	}
	digest, err := keyvalue.Digest(w[2])
	if err != nil || keyvalue.CheckDate(w[1]) != nil {
		return Paper{}, ErrPaper
	}
	return Paper{Type: w[0], Date: w[1], Digest: digest, Issuer: w[3]}, nil
}

// validate checks what one field says about another.
func (o *Order) validate() error {
	if !slices.Contains(policy.ReasonNames(), o.Reason) {
		return fault.At("reason", ErrReason)
	}
	for _, line := range append([]string{o.Member, o.Recipient}, o.Checkers...) {
		if len(line) > maxLine {
			return ErrTooLong
		}
	}
	if len(o.Papers) > maxPapers {
		return fault.At("paper", ErrPaper)
	}
	for i, p := range o.Papers {
		if slices.Contains(o.Papers[:i], p) || len(p.Issuer) > maxLine {
			return fault.At("paper", ErrPaper)
		}
	}
	if len(o.Checkers) != 2 || samePerson(o.Checkers[0], o.Checkers[1]) {
		return fault.At("checker", ErrCheckers)
	}
	if (o.Replaces == "") != (o.ReplacesWhy == "") || o.Replaces == o.Number ||
		o.Replaces != "" && keyvalue.CheckOrderNumber(o.Replaces) != nil {
		return fault.At("replaces", ErrReplaces)
	}
	if o.RecipientBorn != "" && keyvalue.CheckDate(o.RecipientBorn) != nil {
		return fault.At("recipient-born", keyvalue.ErrValue)
	}
	if o.NotBefore.Before(o.Issued) || !o.NotBefore.Before(o.Expires) {
		return fault.At("expires", ErrTimes)
	}
	return nil
}

// samePerson compares names without regard to case and spacing, so that one person does not
// pass for two by writing their name in two ways.
func samePerson(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
