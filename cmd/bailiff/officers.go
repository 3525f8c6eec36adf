package main

import (
	"time"

	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/release/order"
)

// officerShown is the JSON of an officer: what the certificate is worth today.
type officerShown struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"`
	Algorithm string `json:"algorithm,omitempty"` // of the key that signs
	Ends      string `json:"ends,omitempty"`      // when it signs for the last time, or did
	Unable    string `json:"unable,omitempty"`    // why it signs no more, in one word

	standing order.Standing
}

// officers are those of a roster, by the names that the ledger has of them.
func (t *tool) officers(names *policy.Names, standings []order.Standing) []officerShown {
	out := []officerShown{}
	for i, s := range standings {
		o := officerShown{ID: s.Fingerprint, Algorithm: s.Algorithm, standing: s}
		if names != nil && i < len(names.Officers) {
			o.Name = names.Officers[i]
		}
		if !s.Ends.IsZero() {
			o.Ends = record.FormatTime(s.Ends)
		}
		if s.Err != nil {
			o.Unable = t.Word(s.Err)
		}
		out = append(out, o)
	}
	return out
}

// aboutOfficers are the lines that people read of a policy's officers: each one's fingerprint and name, with which key until
// when, and from when on fewer of them can sign than must.
func (t *tool) aboutOfficers(list []officerShown, threshold int, now time.Time) []string {
	lines := []string{t.T("show.officers", threshold, len(list))}
	standings := make([]order.Standing, len(list))
	for i, o := range list {
		standings[i] = o.standing
		lines = append(lines, t.T("show.officer", o.ID, t.named(o.Name)), t.aboutKey(o.standing))
		if soon(o.standing.Ends, now) && o.standing.Err == nil {
			lines = append(lines, t.T("show.officer-soon"))
		}
	}
	switch until := order.Enough(standings, threshold, now); {
	case until.IsZero():
	case !until.After(now):
		lines = append(lines, t.T("show.officers-few", threshold))
	default:
		lines = append(lines, t.T("show.officers-until", t.Lang.Date(until), threshold))
	}
	return lines
}

func (t *tool) aboutKey(s order.Standing) string {
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

// soon tells whether something ends within a year: what replaces it takes a ceremony.
func soon(end, now time.Time) bool {
	return !end.IsZero() && end.Before(now.AddDate(1, 0, 0))
}
