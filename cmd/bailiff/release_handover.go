package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/release"
)

// releaseHandover records that a bailiff states that a kit was handed over.
func releaseHandover(t *tool) *cobra.Command {
	var path, confirm string
	var s release.Statement
	var c *cobra.Command
	c = t.Leaf("release handover", "bailiff release handover --vault vault --number 2026-000123",
		func([]string) error { return t.stateHandover(c, path, confirm, s) })
	c.Flags().StringVar(&s.Order, "number", "", t.T("flag.handed-number"))
	c.Flags().StringVar(&s.Bailiff, "bailiff", "", t.T("flag.bailiff"))
	c.Flags().StringVar(&s.Day, "day", "", t.T("flag.day"))
	c.Flags().StringVar(&s.To, "to", "", t.T("flag.handed-to"))
	c.Flags().StringVar(&confirm, "confirm", "", t.T("flag.confirm"))
	return t.onVault(c, &path)
}

// handedOver is the JSON of release handover.
type handedOver struct {
	Order string `json:"order"`
	Key   string `json:"key"`
	Kit   string `json:"kit"` // digest of its private-key.asc
	Day   string `json:"day"`
}

// stateHandover shows the statement before it is made: nobody can undo it.
func (t *tool) stateHandover(c *cobra.Command, path, confirm string, s release.Statement) error {
	if s.Day == "" {
		s.Day = t.Now().Format(time.DateOnly)
	}
	if err := cli.CheckDay(s.Day); err != nil {
		return fault.At("--day", err)
	}
	v, err := custody.Open(t.host(), path, true)
	if err != nil {
		return err
	}
	defer v.Close()
	if s.Order == "" {
		if s.Order, err = only(c, "number", awaiting(v), fault.At(path, cli.ErrNoKit)); err != nil {
			return err
		}
		t.Note("handover.found", s.Order)
	}
	if err := s.Begin(v); err != nil {
		return err
	}
	if s.Bailiff == "" {
		if s.Bailiff, err = t.Filled("ask.bailiff"); err != nil {
			return fault.At("--bailiff", err)
		}
	}
	if err := s.Complete(v); err != nil {
		return err
	}
	made := v.State.Orders[s.Order].Delivered.Act
	kit := keyvalue.FormatDigest(made.Kit)
	if v.Policy.Mode == keyvalue.Rehearsal {
		t.Note("order.mode.rehearsal")
	}
	t.Note("handover.statement", s.Bailiff, s.Order, s.To, t.Day(s.Day))
	t.Note("handover.kit", kit)
	if err := t.Confirm(confirm, s.Order, "ask.handover", s.Order); err != nil {
		return err
	}
	if err := release.HandedOver(v, s); err != nil {
		return err
	}
	out := handedOver{Order: s.Order, Key: made.Key, Kit: kit, Day: s.Day}
	return t.Result(out, func() {
		t.Say("handover.done", s.Order, t.Day(s.Day))
		t.sayCosign(path)
	})
}

// sayCosign says how the entry that was just made is cosigned: until then nobody vouches for its day.
func (t *tool) sayCosign(path string) {
	t.Say("entry.cosign")
	t.Say("line", "  "+cli.Paste("bailiff", "ledger", "cosign", "--vault", path))
}

// only is the one value that a flag can have in a vault, where nobody gave it: of none, that is said; several are listed, and the hint
// has the command with the last of them.
func only(c *cobra.Command, flag string, values []string, none error) (string, error) {
	switch len(values) {
	case 0:
		return "", none
	case 1:
		return values[0], nil
	}
	last := values[len(values)-1]
	return "", fault.At("--"+flag, fault.At(strings.Join(values, ", "), cli.Meant(cli.ErrSeveralChoices, cli.Typed(c)+" "+cli.Paste("--"+flag, last))))
}

// complete are the batches of a vault that can be exported.
func complete(v *custody.Vault) (ids []string) {
	for _, b := range v.State.Batches {
		if b.Proved != nil && b.Abandoned == nil {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// awaiting are the orders of a vault whose kit is ready, and on record as handed over by nobody.
func awaiting(v *custody.Vault) (numbers []string) {
	for _, o := range v.State.Sorted() {
		if o.Delivered != nil && o.HandedOver == nil && o.ReplacedBy == "" {
			numbers = append(numbers, o.Number)
		}
	}
	return numbers
}
