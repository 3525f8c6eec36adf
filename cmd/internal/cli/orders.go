package cli

import (
	"cmp"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// OrderFlags name an order and its signatures.
type OrderFlags struct{ order, signatures string }

// Add defines the flags.
func (f *OrderFlags) Add(a *App, c *cobra.Command) {
	c.Flags().StringVar(&f.order, "order", "", a.T("flag.order"))
	c.Flags().StringVar(&f.signatures, "signatures", "", a.T("flag.signatures"))
}

// Read reads both files, bounded, and names one that a program saved in a form of its own, or that is the
// other: no order was presented yet.
func (f *OrderFlags) Read() (text, signatures []byte, err error) {
	disk := &durable.Disk{}
	if text, err = disk.Read(f.order, order.MaxSize); err != nil {
		return nil, nil, err
	}
	if signatures, err = disk.Read(f.signatures, officer.MaxSignatureFile); err != nil {
		return nil, nil, err
	}
	if err := checkOrderFile(text); err != nil {
		return nil, nil, fault.At(f.order, err)
	}
	return text, signatures, fault.At(f.signatures, checkSignatureFile(signatures))
}

func checkOrderFile(text []byte) error {
	err := order.CheckText(text)
	if errors.Is(err, order.ErrIsSignatures) {
		return err
	}
	return cmp.Or(filetype.Check(text, filetype.Order), err)
}

func checkSignatureFile(signatures []byte) error {
	err := officer.CheckSignatures(signatures)
	if errors.Is(err, officer.ErrIsOrder) {
		return err
	}
	return cmp.Or(filetype.Check(signatures, filetype.Signatures), err)
}

// ReadOrderFile reads an order that is not verified, and names a file that is none.
func ReadOrderFile(path string) (text []byte, o *order.Order, err error) {
	if text, err = (&durable.Disk{}).Read(path, order.MaxSize); err != nil {
		return nil, nil, err
	}
	if err = checkOrderFile(text); err == nil {
		o, err = order.Parse(text)
	}
	return text, o, fault.At(path, err)
}

// OrderShown is the JSON of an order.
type OrderShown struct {
	Order     string       `json:"order"`
	Vault     string       `json:"vault"`
	Mode      string       `json:"mode"`
	Batch     string       `json:"batch"`
	KeyNumber string       `json:"key_number"`
	Key       string       `json:"key"`
	Member    string       `json:"member"`
	Reason    string       `json:"reason"`
	Recipient string       `json:"recipient"`
	Born      string       `json:"recipient_born,omitempty"`
	Papers    []PaperShown `json:"papers"`
	Checkers  []string     `json:"checkers"`
	Replaces  string       `json:"replaces,omitempty"`
	Why       string       `json:"replaces_why,omitempty"`
	Issued    string       `json:"issued"`
	NotBefore string       `json:"not_before"`
	Expires   string       `json:"expires"`
	Roster    string       `json:"roster"`
	Signers   []string     `json:"signers,omitempty"`
	Received  string       `json:"received,omitempty"` // in the vault asked about
	Ready     string       `json:"ready,omitempty"`    // from when it may be carried out there; if it was not received, as if it were now
}

// PaperShown is the JSON of a paper.
type PaperShown struct {
	Type   string `json:"type"`
	Issuer string `json:"issuer"`
	Date   string `json:"date"`
	Digest string `json:"digest"`
}

// DescribeOrder makes the JSON of an order and those who signed it.
func DescribeOrder(o *order.Order, signers []string) OrderShown {
	s := OrderShown{
		Order: o.Number, Vault: o.Vault, Mode: o.Mode, Batch: o.Batch, KeyNumber: keyvalue.FormatKeyNumber(o.KeyNumber), Key: o.Key,
		Member: o.Member, Reason: o.Reason, Recipient: o.Recipient, Born: o.RecipientBorn, Checkers: o.Checkers,
		Replaces: o.Replaces, Why: o.ReplacesWhy, Roster: keyvalue.FormatDigest(o.Roster), Signers: signers,
		Issued: keyvalue.FormatTime(o.Issued), NotBefore: keyvalue.FormatTime(o.NotBefore), Expires: keyvalue.FormatTime(o.Expires),
	}
	for _, p := range o.Papers {
		s.Papers = append(s.Papers, PaperShown{Type: p.Type, Issuer: p.Issuer, Date: p.Date, Digest: keyvalue.FormatDigest(p.Digest)})
	}
	return s
}

// ReadOrder has an order read in plain words, each value escaped: on standard error when the result is
// JSON, since nobody may be asked to confirm what they were not shown.
func (a *App) ReadOrder(o *order.Order, signers []string) *Reading {
	r, s := a.Reading(a.mustSee()), DescribeOrder(o, nil)
	r.Part("order.title", s.Order)
	r.Note("order.mode." + s.Mode)
	r.Note("order.reason", a.T("reason."+s.Reason))
	r.Note("order.member", s.Member)
	r.Part("order.recipient", s.Recipient)
	if s.Born != "" {
		r.Note("order.born", a.Day(s.Born))
	}
	r.Part("order.key", s.Key, s.KeyNumber, s.Batch)
	r.Note("order.vault", s.Vault)
	for _, p := range s.Papers {
		r.Part("order.paper", a.T("paper."+p.Type), p.Issuer, a.Day(p.Date))
		r.Note("order.paper-digest", p.Digest)
	}
	for _, c := range s.Checkers {
		r.Part("order.checker", c)
	}
	if s.Replaces != "" {
		r.Part("order.replaces", s.Replaces, s.Why)
	}
	r.Part("order.times", a.Lang.Moment(o.Issued), a.Lang.Moment(o.NotBefore), a.Lang.Moment(o.Expires))
	for _, remark := range o.Remarks() {
		r.Part("order.remark", a.Explain(remark).Error)
	}
	for _, signer := range signers {
		r.Part("order.signer", signer)
	}
	return r
}

// ReadDecision adds what is decided by carrying an order out or signing it, on one screen with the question: the order is longer than a
// screen, and what people answer for must not have scrolled off it.
func (r *Reading) ReadDecision(o *order.Order, signers []string) {
	a := r.app
	r.to = a.Err
	r.Part("decision.mode." + o.Mode)
	r.Note("decision.open", keyvalue.FormatKeyNumber(o.KeyNumber), o.Member, o.Batch)
	if o.RecipientBorn == "" {
		r.Note("decision.recipient", o.Recipient)
	} else {
		r.Note("decision.recipient-born", o.Recipient, a.Day(o.RecipientBorn))
	}
	papers := make([]string, len(o.Papers))
	for i, p := range o.Papers {
		papers[i] = a.T("paper." + p.Type)
	}
	r.Note("decision.papers", strings.Join(papers, ", "))
	if len(signers) == 0 {
		r.Note("decision.order-unsigned", o.Number, a.T("reason."+o.Reason))
		return
	}
	r.Note("decision.order", o.Number, a.T("reason."+o.Reason), strings.Join(signers, ", "))
}

// Day is a day of a record, such as 2026-11-01, as people read it.
func (a *App) Day(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return a.Lang.Date(day)
}

// When is a time of a record as people read it.
func (a *App) When(text string) string {
	at, err := keyvalue.Time(text)
	if err != nil {
		return text
	}
	return a.Lang.Moment(at)
}

// mustSee is where a sentence goes that a person must see: to standard output, or to standard error when
// the result is JSON.
func (a *App) mustSee() io.Writer {
	if a.JSON {
		return a.Err
	}
	return a.Out
}

// ReadReceipt adds when a vault received the order, if it did.
func (r *Reading) ReadReceipt(s OrderShown) {
	if s.Received != "" {
		r.Part("order.received", r.app.When(s.Received), r.app.When(s.Ready))
	}
}

// OrderShow is the command that shows an order without verifying it; both tools have it. What a
// vault knows of the order, ask adds; it is told the order's text.
func (a *App) OrderShow(program string, ask func(text []byte, s *OrderShown) error) *cobra.Command {
	var path string
	c := a.Leaf("order show", program+" order show --order order.txt", func([]string) error {
		text, o, err := ReadOrderFile(path)
		if err != nil {
			return err
		}
		shown := DescribeOrder(o, nil)
		if err := ask(text, &shown); err != nil {
			return err
		}
		return a.Result(shown, func() {
			r := a.ReadOrder(o, nil)
			r.ReadReceipt(shown)
			r.Part("order.unverified")
			r.Show()
		})
	})
	c.Flags().StringVar(&path, "order", "", a.T("flag.order"))
	return a.Require(c, "order")
}

// TokenShown is the JSON of a token of a policy, with where its keys were born.
type TokenShown struct {
	Custodian  string `json:"custodian"`
	Index      int    `json:"index"`
	Kind       string `json:"kind"`
	Serial     string `json:"serial"`
	Origin     string `json:"origin"` // a policy.Origin
	Firmware   string `json:"firmware,omitempty"`
	FormFactor string `json:"form_factor,omitempty"`
	Root       string `json:"root,omitempty"` // that attests it
}

// DescribeTokens makes the JSON of the tokens of a policy.
func DescribeTokens(list []policy.Provenance) []TokenShown {
	var out []TokenShown
	for i := range list {
		k := &list[i]
		shown := TokenShown{Custodian: k.Custodian, Index: k.Index, Kind: k.Kind, Serial: k.Serial, Origin: string(k.Origin())}
		if s := k.Statements; s != nil {
			shown.Firmware, shown.FormFactor, shown.Root = s.Sealing.Firmware.String(), s.Sealing.FormFactor.String(), s.Root
		}
		out = append(out, shown)
	}
	return out
}

// SayTokens says of each token where its keys were born, to which shares of every private key are sealed.
func (a *App) SayTokens(list []policy.Provenance) {
	for i := range list {
		k := &list[i]
		args := []any{k.Custodian, k.Index, k.Serial}
		if k.Origin() == policy.OriginGenuine {
			args = append(args, k.Statements.Sealing.Firmware.String(), k.Statements.Root)
		}
		a.Say("token.origin."+string(k.Origin()), args...)
	}
}
