package policy_test

import (
	"slices"
	"testing"

	"bailiff/custody/policy"
)

func TestDoubts(t *testing.T) {
	p := &policy.Policy{Officers: []policy.Officer{{Fingerprint: "aa"}, {Fingerprint: "bb"}}}
	usual := func() *policy.Names {
		return &policy.Names{
			Custodians: []string{"Anne Exemple", "Bruno Modèle", "Chloé Spécimen"},
			Offices:    []string{"Étude Exemple", "Étude Modèle", "Étude Spécimen"},
			Locations:  []string{"Paris", "Lyon", "Lille"},
			Officers:   []string{"Denise Éluard <denise@example.org>", "Emil Sample (work) <emil@example.org>"},
		}
	}
	if got := p.Doubts(usual()); got != nil {
		t.Errorf("of a usual policy: %+v", got)
	}
	for name, c := range map[string]struct {
		change func(*policy.Names)
		want   policy.Doubt
	}{
		"one person in two seats": {
			func(n *policy.Names) { n.Custodians[2] = "EXEMPLE Anne" },
			policy.Doubt{policy.OneCustodian, "c01", "Anne Exemple", "c03", "EXEMPLE Anne"},
		},
		"a letter more": {
			func(n *policy.Names) { n.Custodians[1] = "Anne Exemples" },
			policy.Doubt{policy.OneCustodian, "c01", "Anne Exemple", "c02", "Anne Exemples"},
		},
		"an officer in a custodian's seat": {
			func(n *policy.Names) { n.Custodians[1] = "Me Denise Eluard" },
			policy.Doubt{policy.OfficerInSeat, "c02", "Me Denise Eluard", "aa", "Denise Éluard"},
		},
		"one officer with two keys": {
			func(n *policy.Names) { n.Officers[1] = "denise eluard (home)" },
			policy.Doubt{policy.OneOfficer, "aa", "Denise Éluard", "bb", "denise eluard"},
		},
		"two officers of one address": {
			func(n *policy.Names) { n.Officers[1] = "Direction <Denise@example.org>" },
			policy.Doubt{policy.OneOfficer, "aa", "Denise Éluard", "bb", "Direction"},
		},
		"an office without its accent": {
			func(n *policy.Names) { n.Offices[2] = "Etude-Exemple" },
			policy.Doubt{policy.OneOffice, "office-1", "Étude Exemple", "office-3", "Etude-Exemple"},
		},
		"a place in another alphabet": {
			func(n *policy.Names) { n.Locations[1] = "\u0420\u0410\u0420IS"; n.Locations[0] = "PAPIS" },
			policy.Doubt{policy.OnePlace, "place-1", "PAPIS", "place-2", "\u0420\u0410\u0420IS"},
		},
		"a name in two alphabets": {
			func(n *policy.Names) { n.Custodians[0] = "\u0410nne Exemple" },
			policy.Doubt{Kind: policy.TwoAlphabets, ID: "c01", Name: "\u0410nne Exemple"},
		},
	} {
		n := usual()
		c.change(n)
		got := p.Doubts(n)
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: %+v", name, got)
		}
		if !c.want.Confirms(c.want.Name) || c.want.Confirms("oui") || c.want.Confirms("") {
			t.Errorf("%s: its own name does not confirm it, or anything does", name)
		}
	}
}
