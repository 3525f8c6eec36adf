package main

import (
	"slices"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/release/officer"
)

// review has every custodian read what they are about to sign, and somebody agree to it, before anybody types a PIN. The draft that
// people reviewed names files; whoever exchanged one, a spare's enrolment or an officer's certificate, would be a
// custodian or an officer for as long as the vault lasts. All files were read once: what is shown is what is signed,
// whatever becomes of them.
func (t *tool) review(f *custody.Founding, standings []officer.Standing, draft [32]byte) error {
	var s vaultShown
	s.custodians(f.Policy, f.Names)
	r := t.Reading(t.Err)
	r.Part("vault.review." + f.Policy.Mode)
	r.Note("vault.draft", keyvalue.FormatDigest(draft))
	t.readProfile(r, f.Policy.Profile) // here is where it is decided
	if f.Policy.Concentrated() != nil {
		r.Note("vault.concentrated")
	}
	r.Part("show.custodians", f.Policy.Threshold, len(s.Custodians))
	r.Note("vault.compare-tokens")
	for i, c := range s.Custodians {
		seat := f.Policy.Custodians[i]
		r.Part("vault.seat", c.ID, c.Name, f.Names.Offices[seat.Office-1], f.Names.Locations[seat.Place-1])
		for _, tok := range c.Tokens {
			r.Note("show.token", t.kindOf(tok))
		}
	}
	t.readOfficers(r, officersShown{t.officers(f.Names, standings), f.Policy.OfficersThreshold, true})
	r.Part("vault.reviewed")
	r.Note("vault.decided."+f.Policy.Mode, f.Policy.Threshold, len(f.Policy.Custodians), f.Policy.OfficersThreshold, len(f.Policy.Officers), keyvalue.FormatDigest(draft)[:digestSeen])
	if !t.Terminal {
		r.Show() // a rehearsal that nobody watches; in production nobody could type a PIN
		return nil
	}
	return t.consent(r, "ask.founding")
}

// digestSeen is how much of a digest is repeated where it was shown whole a page before.
const digestSeen = len("sha256:") + 8

// consent has a person agree to what they read.
func (t *tool) consent(r *cli.Reading, question string) error {
	if err := r.Ask(question); err != nil {
		return err
	}
	agreed, err := t.Agree(question)
	if err == nil && !agreed {
		err = cli.ErrDeclined
	}
	return err
}

// confirmDoubts has somebody type a name for each thing that is seldom meant: a person in two seats, an office written in
// two ways. A word such as yes would be typed without reading.
func (t *tool) confirmDoubts(f *custody.Founding, typed []string) error {
	for _, d := range f.Policy.Doubts(f.Names) {
		t.Note("doubt."+string(d.Kind), d.ID, d.Name, d.OtherID, d.OtherName)
		if !slices.ContainsFunc(typed, d.Confirms) {
			answer, err := t.Filled("doubt.ask")
			if err != nil {
				return fault.At(d.Name, err)
			}
			if !d.Confirms(answer) {
				return fault.At(d.Name, policy.ErrUnconfirmed)
			}
		}
		f.Confirmed = append(f.Confirmed, d)
	}
	return nil
}

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
