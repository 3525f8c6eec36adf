package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/release/officer"
)

// vaultShow shows the state of custody on one screen.
func vaultShow(t *tool) *cobra.Command {
	var path string
	c := t.Leaf("vault show", "bailiff vault show --vault vault", func([]string) error { return t.showVault(path) })
	return t.onVault(c, &path)
}

// vaultShown is the JSON of vault show.
type vaultShown struct {
	Vault      string         `json:"vault"`
	Mode       string         `json:"mode"`
	Profile    string         `json:"profile"`
	Threshold  int            `json:"threshold"`
	Custodians []personShown  `json:"custodians"`
	Officers   []officerShown `json:"officers"`
	MinSigners int            `json:"officers_threshold"`
	Roster     string         `json:"roster"`
	Words      string         `json:"words"`
	Entries    int64          `json:"entries"`
	Cosigned   int64          `json:"cosigned"`
	Root       string         `json:"root"`
	Batches    []batchShown   `json:"batches"`
	Orders     []orderShown   `json:"orders"`
}

type personShown struct {
	ID     string   `json:"id"`
	Name   string   `json:"name,omitempty"`
	Tokens []string `json:"tokens,omitempty"`
}

type batchShown struct {
	Batch     string `json:"batch"`
	State     string `json:"state"`
	Published int    `json:"published"`
	Burnt     int    `json:"burnt"`
	Reserve   int    `json:"reserve"`
	Exports   int    `json:"exports"` // public batches that left the vault
}

type orderShown struct {
	Order      string `json:"order"`
	Key        string `json:"key"`
	State      string `json:"state"`
	Ready      string `json:"ready"`                 // from when it may be carried out
	HandedOver string `json:"handed_over,omitempty"` // the day, as the bailiff states
	ReplacedBy string `json:"replaced_by,omitempty"`
}

func (t *tool) showVault(path string) error {
	v, err := custody.Open(t.host(), path, false)
	if err != nil {
		return err
	}
	defer v.Close()
	s, err := t.describeVault(v)
	if err != nil {
		return err
	}
	return t.Result(s, func() { t.sayVault(path, s) })
}

func (t *tool) describeVault(v *custody.Vault) (*vaultShown, error) {
	p := v.Policy
	anchor, err := v.Anchor()
	if err != nil {
		return nil, err
	}
	typed, err := anchor.Words()
	if err != nil {
		return nil, err
	}
	cosigned, err := v.Log.Cosigned()
	if err != nil {
		return nil, err
	}
	names, err := v.Names()
	if err != nil && !errors.Is(err, ledger.ErrErased) {
		return nil, err
	}
	s := &vaultShown{
		Vault: p.Vault, Mode: p.Mode, Profile: p.Profile, Threshold: p.Threshold, MinSigners: p.OfficersThreshold,
		Roster: keyvalue.FormatDigest(p.Roster), Words: typed, Entries: v.Log.Size(), Cosigned: cosigned,
		Root: keyvalue.FormatDigest(v.Log.Root()), Batches: []batchShown{}, Orders: []orderShown{},
	}
	roster, err := officer.ParseRoster(v.Roster, p)
	if err != nil {
		return nil, err
	}
	s.custodians(p, names)
	s.Officers = t.officers(names, roster.Standings(t.Now()))
	for _, b := range v.State.Batches {
		s.Batches = append(s.Batches, describeBatch(b))
	}
	for _, o := range v.State.Sorted() {
		shown := orderShown{
			Order: o.Number, Key: o.Received.Act.Key, State: orderState(o), Ready: keyvalue.FormatTime(o.Ready()), ReplacedBy: o.ReplacedBy,
		}
		if o.HandedOver != nil {
			shown.HandedOver = o.HandedOver.Act.Day
		}
		s.Orders = append(s.Orders, shown)
	}
	return s, nil
}

func (s *vaultShown) custodians(p *policy.Policy, names *policy.Names) {
	for i, c := range p.Custodians {
		person := personShown{ID: c.ID}
		if names != nil && i < len(names.Custodians) {
			person.Name = names.Custodians[i]
		}
		for _, tok := range c.Tokens {
			person.Tokens = append(person.Tokens, tok.Kind+" "+tok.Serial)
		}
		s.Custodians = append(s.Custodians, person)
	}
}

func describeBatch(b *custody.BatchState) batchShown {
	out := batchShown{Batch: b.ID, State: "opened", Exports: len(b.Exports)}
	switch {
	case b.Abandoned != nil:
		out.State = "abandoned"
		return out
	case b.Proved != nil:
		out.State = "proved"
	case b.Sampled != nil:
		out.State = "sampled"
	case b.Sealed != nil:
		out.State = "sealed"
	}
	for _, role := range b.Roles() {
		switch role {
		case batch.Published:
			out.Published++
		case batch.Burnt:
			out.Burnt++
		case batch.Reserve:
			out.Reserve++
		}
	}
	return out
}

func orderState(o *custody.OrderState) string {
	switch {
	case o.HandedOver != nil:
		return "handed-over"
	case o.Delivered != nil:
		return "delivered"
	case o.Opened != nil:
		return "opened"
	case o.Intent != nil:
		return "intent"
	}
	return "received"
}

// named is a person's name, or says that the ledger's personal part was erased.
func (t *tool) named(name string) string {
	if name == "" {
		return t.T("show.unnamed")
	}
	return name
}

func (t *tool) sayVault(path string, s *vaultShown) {
	r := t.Reading(t.Out)
	r.Part("show.vault", s.Vault)
	r.Note("show.mode."+s.Mode, s.Profile)
	r.Part("show.custodians", s.Threshold, len(s.Custodians))
	for _, c := range s.Custodians {
		r.Part("show.custodian", c.ID, t.named(c.Name))
		for _, tok := range c.Tokens {
			r.Note("show.token", t.kindOf(tok))
		}
	}
	t.readOfficers(r, officersShown{list: s.Officers, threshold: s.MinSigners})
	r.Part("show.ledger", s.Entries, s.Cosigned, s.Root)
	if s.Entries != s.Cosigned {
		r.Note("show.uncosigned", s.Entries-s.Cosigned)
	}
	r.Part("show.words", s.Words)
	readBatches(r, s.Batches)
	t.readOrders(r, path, s.Orders)
	r.Show()
}

func readBatches(r *cli.Reading, list []batchShown) {
	for _, b := range list {
		if b.State == "proved" && b.Exports == 0 {
			r.Part("show.publishable", b.Batch, b.Published, b.Burnt, b.Reserve)
			continue
		}
		r.Part("show.batch."+b.State, b.Batch, b.Published, b.Burnt, b.Reserve)
	}
	if len(list) == 0 {
		r.Part("show.no-batch")
	}
}

func (t *tool) readOrders(r *cli.Reading, path string, list []orderShown) {
	for _, o := range list {
		r.Part("show.order."+o.State, o.Order, o.Key)
		if o.State == "received" {
			r.Note("show.ready", t.When(o.Ready))
		}
		if o.State == "delivered" && o.ReplacedBy == "" {
			r.Note("show.hand-over", cli.Paste("bailiff", "release", "handover", "--vault", path, "--number", o.Order))
		}
		if o.HandedOver != "" {
			r.Note("show.handed-over", t.Day(o.HandedOver))
		}
		if o.ReplacedBy != "" {
			r.Note("show.replaced", o.ReplacedBy)
		}
	}
	if len(list) == 0 {
		r.Part("show.no-order")
	}
}

// kindOf is a token, such as `soft 12345678`, in the person's language.
func (t *tool) kindOf(shown string) string {
	kind, serial, _ := strings.Cut(shown, " ")
	if kind == token.KindSoft {
		return t.T("token.kind.soft", serial)
	}
	return t.T("token.kind.piv", serial)
}
