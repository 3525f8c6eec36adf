package main

import (
	"bailiff/cmd/internal/wording"
	"bailiff/custody"
	"bailiff/custody/record"
)

// review shows what every custodian is about to sign, before anybody types a PIN. The draft that people
// reviewed names files; whoever exchanged one, a spare's enrolment or an officer's certificate, would be a
// custodian or an officer for as long as the vault lasts. All files were read once: what is shown is what is signed,
// whatever becomes of them.
func (t *tool) review(f *custody.Founding, draft [32]byte) {
	var s vaultShown
	s.people(f.Policy, f.Names)
	t.Note("vault.review")
	t.Note("vault.draft", record.FormatDigest(draft))
	t.Note("show.custodians", f.Policy.Threshold, len(s.Custodians))
	for _, c := range s.Custodians {
		t.Note("show.custodian", c.ID, wording.Escape(c.Name))
		for _, tok := range c.Tokens {
			t.Note("show.token", tok)
		}
	}
	t.Note("show.officers", f.Policy.OfficersThreshold, len(s.Officers))
	for _, o := range s.Officers {
		t.Note("show.officer", o.ID, wording.Escape(o.Name))
	}
	t.Note("vault.reviewed")
}
