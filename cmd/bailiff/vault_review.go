package main

import (
	"slices"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/release/order"
)

// review shows what every custodian is about to sign, before anybody types a PIN. The draft that people
// reviewed names files; whoever exchanged one, a spare's enrolment or an officer's certificate, would be a
// custodian or an officer for as long as the vault lasts. All files were read once: what is shown is what is signed,
// whatever becomes of them.
func (t *tool) review(f *custody.Founding, standings []order.Standing, draft [32]byte) {
	var s vaultShown
	s.custodians(f.Policy, f.Names)
	t.Note("vault.review")
	t.Note("vault.draft", record.FormatDigest(draft))
	t.Note("show.custodians", f.Policy.Threshold, len(s.Custodians))
	for i, c := range s.Custodians {
		seat := f.Policy.Custodians[i]
		t.Note("vault.seat", c.ID, c.Name, f.Names.Offices[seat.Office-1], f.Names.Locations[seat.Place-1])
		for _, tok := range c.Tokens {
			t.Note("show.token", t.kindOf(tok))
		}
	}
	for _, line := range t.aboutOfficers(t.officers(f.Names, standings), f.Policy.OfficersThreshold, t.Now()) {
		t.Note("line", line)
	}
	t.Note("vault.reviewed")
}

// confirmDoubts has somebody type a name for each thing that is seldom meant: a person in two seats, an office written in
// two ways. A word such as yes would be typed without reading.
func (t *tool) confirmDoubts(f *custody.Founding, typed []string) error {
	for _, d := range f.Policy.Doubts(f.Names) {
		t.Note("doubt."+string(d.Kind), d.ID, d.Name, d.OtherID, d.OtherName)
		if !slices.ContainsFunc(typed, d.Confirms) {
			answer, err := t.Line("doubt.ask")
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
