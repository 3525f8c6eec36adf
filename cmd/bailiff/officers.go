package main

import (
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/release/officer"
)

// officerShown is the JSON of an officer: what the certificate is worth today.
type officerShown struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	Algorithm string `json:"algorithm,omitempty"` // of the key that signs
	Ends      string `json:"ends,omitempty"`      // when it signs for the last time, or did
	Unable    string `json:"unable,omitempty"`    // why it signs no more, in one word

	standing officer.Standing
}

// officers are those of a roster, by the names that the ledger has of them.
func (t *tool) officers(names *policy.Names, standings []officer.Standing) []officerShown {
	out := []officerShown{}
	for i, s := range standings {
		o := officerShown{ID: s.Fingerprint, Algorithm: s.Algorithm, standing: s}
		if names != nil && i < len(names.Officers) {
			o.Name = names.Officers[i]
		}
		if !s.Ends.IsZero() {
			o.Ends = keyvalue.FormatTime(s.Ends)
		}
		if s.Err != nil {
			o.Unable = t.Word(s.Err)
		}
		out = append(out, o)
	}
	return out
}

// officersShown are the officers of a policy, of whom so many must sign.
type officersShown struct {
	list      []officerShown
	threshold int
	compare   bool // people compare them with paper now
}

// readOfficers adds what people read of a policy's officers, each a part: fingerprint and name, with which key until
// when, and from when on fewer of them can sign than must.
func (t *tool) readOfficers(r *cli.Reading, o officersShown) {
	now := t.Now()
	r.Part("show.officers", o.threshold, len(o.list))
	if o.compare {
		r.Note("vault.compare-officers")
	}
	standings := make([]officer.Standing, len(o.list))
	for i, one := range o.list {
		standings[i] = one.standing
		r.Part("show.officer", one.ID, t.named(one.Name))
		r.Note("line", t.aboutKey(one.standing))
		if soon(one.standing.Ends, now) && one.standing.Err == nil {
			r.Note("show.officer-soon")
		}
	}
	switch until := officer.Enough(standings, o.threshold, now); {
	case until.IsZero():
	case !until.After(now):
		r.Part("show.officers-few", o.threshold)
	default:
		r.Part("show.officers-until", t.Lang.Date(until), o.threshold)
	}
}

func (t *tool) aboutKey(s officer.Standing) string {
	switch {
	case s.Err != nil && !s.Ends.IsZero():
		return t.T("show.officer-ended", t.Lang.Date(s.Ends))
	case s.Err != nil:
		return t.T("show.officer-unable", t.Explain(s.Err).Error)
	case s.Ends.IsZero():
		return t.T("show.officer-endless", s.Algorithm)
	}
	return t.T("show.officer-ends", s.Algorithm, t.Lang.Date(s.Ends))
}

// soon reports whether something ends within a year: what replaces it needs a ceremony.
func soon(end, now time.Time) bool {
	return !end.IsZero() && end.Before(now.AddDate(1, 0, 0))
}
