package main

import (
	"context"
	"errors"
	"strings"

	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/checkup"
	"bailiff/custody/policy"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
)

// readerShown is a reader of the JSON of token list.
type readerShown struct {
	Reader      string   `json:"reader"`
	State       string   `json:"state"` // usable, busy, empty, foreign or failed
	Serial      string   `json:"serial,omitempty"`
	Firmware    string   `json:"firmware,omitempty"`
	FormFactor  string   `json:"form_factor,omitempty"`
	Preparation string   `json:"preparation,omitempty"` // fresh, started, prepared or in use
	Use         use      `json:"use,omitempty"`         // production, rehearsal or none
	Reasons     []string `json:"reasons,omitempty"`     // why not production
	Custodian   string   `json:"custodian,omitempty"`
	Slot        string   `json:"slot,omitempty"`    // of the enrolled sealing key
	Amiss       []string `json:"amiss,omitempty"`   // why it is not the enrolled token any more
	Holders     []string `json:"holders,omitempty"` // processes that may hold a busy reader
	Error       string   `json:"error,omitempty"`
}

// listReaders lists the readers, what is in them, and who holds it.
func (t *tool) listReaders(vaultPath string) error {
	p, names, err := t.policyOf(vaultPath)
	if err != nil {
		return err
	}
	seen, err := checkup.Look(context.Background(), new(piv.Readers), p, t.Now())
	if err != nil {
		return err
	}
	list := make([]readerShown, len(seen))
	for i := range seen {
		list[i] = t.readerShown(&seen[i])
	}
	return t.Result(list, func() {
		for i := range seen {
			who := ""
			if list[i].Custodian != "" {
				who = holderName(p, names, list[i].Custodian)
			}
			t.sayReader(&seen[i], list[i], who, p != nil)
		}
		t.Say("readers.count", len(list))
	})
}

// policyOf reads the policy of a vault, nil where none is named, and the names behind it, nil once they are erased.
func (t *tool) policyOf(path string) (*policy.Policy, *policy.Names, error) {
	if path == "" {
		return nil, nil, nil
	}
	v, err := custody.Open(t.host(), path, false)
	if err != nil {
		return nil, nil, err
	}
	defer v.Close()
	return v.Policy, namesIn(v), nil
}

// use is what a token could be used for.
type use string

const (
	useProduction use = "production"
	useRehearsal  use = "rehearsal"
	useNone       use = "none"
)

func (t *tool) readerShown(s *checkup.Seen) readerShown {
	r := readerShown{Reader: s.Name, State: string(s.State), Serial: s.Serial, Holders: s.Holders}
	if s.Err != nil {
		r.Error = t.Explain(s.Err).Error
	}
	if errors.Is(s.Err, piv.ErrUnlike) || errors.Is(s.Err, piv.ErrNoSerial) || errors.Is(s.Err, piv.ErrFirmware) {
		r.Use = useNone
	}
	if s.State == piv.Usable {
		r.Firmware = s.Firmware.String()
		if s.FormFactor != 0 {
			r.FormFactor = s.FormFactor.String()
		}
	}
	if s.Contents == nil {
		return r
	}
	r.Preparation, r.Use = string(stage(s.Contents)), useProduction
	for _, err := range s.Fitness.Rehearsal {
		r.Use = useRehearsal
		r.Reasons = append(r.Reasons, t.Explain(err).Error)
	}
	for _, err := range s.Fitness.Unfit {
		r.Use = useNone
		r.Reasons = append(r.Reasons, t.Explain(err).Error)
	}
	if s.Enrolled != nil {
		r.Custodian, r.Slot = s.Custodian, attestation.Slot(s.Enrolled.Slot).String()
	}
	for _, err := range s.Defects {
		r.Amiss = append(r.Amiss, t.Explain(err).Error)
	}
	return r
}

// sayReader tells of one reader, the card first: that is what a person has in hand. who holds it; empty: nobody
// that is known.
func (t *tool) sayReader(s *checkup.Seen, r readerShown, who string, vault bool) {
	name := wording.Escape(r.Reader)
	if s.State != piv.Usable {
		switch s.State {
		case piv.Busy:
			held := t.T("reader.holder-unknown")
			if len(r.Holders) > 0 {
				held = wording.Escape(strings.Join(r.Holders, ", "))
			}
			t.Say("reader.busy", name, held)
		case piv.Empty:
			t.Say("reader.empty", name)
		default:
			t.Say("reader.failed", name, r.Error)
		}
		return
	}
	t.Say("card.line", r.Serial, r.Firmware, t.shape(s.FormFactor))
	t.Say("reader.name", name)
	if s.Contents == nil {
		t.Say("reader.unread", r.Error)
		if r.Use != "" {
			t.Say("reader.use." + string(r.Use))
		}
		return
	}
	if r.Use != useNone || r.Preparation != string(piv.Started) { // to run token init again would not help
		t.Say("card.preparation." + r.Preparation)
	}
	t.Say("reader.use." + string(r.Use))
	for _, why := range r.Reasons {
		t.Say("reader.why", why)
	}
	switch {
	case who == "" && vault:
		t.Say("reader.stranger")
	case who != "" && len(r.Amiss) == 0:
		t.Say("reader.enrolled", who, r.Slot)
	case who != "":
		t.Say("reader.custodian", who, r.Slot)
		for _, why := range r.Amiss {
			t.Say("reader.why", why)
		}
	}
}
