package main

import (
	"bailiff/cmd/internal/wording"
	"bailiff/custody"
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
	for _, c := range s.Custodians {
		t.Note("show.custodian", c.ID, wording.Escape(c.Name))
		for _, tok := range c.Tokens {
			t.Note("show.token", tok)
		}
	}
	for _, line := range t.aboutOfficers(t.officers(f.Names, standings), f.Policy.OfficersThreshold, t.Now()) {
		t.Note("line", line)
	}
	t.Note("vault.reviewed")
}
