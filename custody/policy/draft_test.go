package policy_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

func example(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/policy-example.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// build makes a policy of a draft, with a token for each of its five custodians, two for the first.
func build(t *testing.T, d *policy.Draft, mode string) (*policy.Policy, *policy.Names, []byte, error) {
	t.Helper()
	enrolments := make([][]*token.Enrolment, 5)
	for i := range enrolments {
		for j := range 1 + (5-i)/5 {
			tok := newToken(t, j+1, 10_000_000+10*i+j)
			enrolments[i] = append(enrolments[i], &token.Enrolment{
				Kind: tok.Kind, Mode: mode, Serial: tok.Serial, SealingKey: tok.SealingKey, SigningKey: tok.SigningKey,
			})
		}
	}
	return d.Build(strings.Repeat("0b", 16), enrolments, []policy.Certificate{
		{Fingerprint: strings.Repeat("2", 40), Name: "Officer Sample 2", Binary: []byte("second")},
		{Fingerprint: strings.Repeat("1", 40), Name: "Officer Sample 1", Binary: []byte("first")},
	}, nil)
}

func TestDraft(t *testing.T) {
	d, err := policy.ParseDraft("policy.toml", []byte(example(t)))
	if err != nil {
		t.Fatal(err)
	}
	d.Custodian[3].Office = "  étude   EXEMPLE " // the first custodian's
	d.Custodian[4].Place = "LYON"                // the second's
	d.LegalBasis = "First line.\n\nSecond line.\n"
	p, names, roster, err := build(t, d, keyvalue.Rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	var offices, places []int
	for _, c := range p.Custodians {
		offices, places = append(offices, c.Office), append(places, c.Place)
	}
	if !slices.Equal(offices, []int{1, 2, 3, 1, 4}) || !slices.Equal(places, []int{1, 2, 3, 4, 2}) {
		t.Errorf("offices %v, places %v", offices, places)
	}
	if string(roster) != "firstsecond" || p.Roster != sha256.Sum256(roster) || p.Officers[1].Certificate != sha256.Sum256([]byte("second")) {
		t.Errorf("roster %q, officers %v", roster, p.Officers)
	}
	if c, tok, ok := p.Holder(token.KindSoft, "10000001"); !ok || c.ID != "c01" || tok.Index != 2 || len(p.Custodians[1].Tokens) != 1 {
		t.Errorf("the spare of c01 belongs to %v %v", c, tok)
	}
	if p.Threshold != 3 || p.OfficersThreshold != 2 || len(p.Reasons) != 4 || p.Reason("request").WaitingDays != 7 || p.Reason("curiosity") != nil {
		t.Errorf("%+v", p)
	}
	checkNames(t, p, names)
}

// checkNames holds the names to those of the draft, and to what is read back from the ledger.
func checkNames(t *testing.T, p *policy.Policy, names *policy.Names) {
	t.Helper()
	want := &policy.Names{
		Place:      "Étude exemple, 1 rue de l'Exemple, Paris",
		LegalBasis: []string{"First line.", "Second line."},
		Custodians: []string{"Anne Exemple", "Bruno Exemple", "Chloé Exemple", "David Exemple", "Emma Exemple"},
		Offices:    []string{"Étude Exemple", "Étude Modèle", "Étude Spécimen", "Étude Épreuve"},
		Locations:  []string{"Paris", "Lyon", "Lille", "Nantes"},
		Officers:   []string{"Officer Sample 1", "Officer Sample 2"},
	}
	for which, n := range map[string]*policy.Names{"built": names, "read back": policy.ParseNames(names.Fields(p))} {
		if n.Place != want.Place || !slices.Equal(n.LegalBasis, want.LegalBasis) || !slices.Equal(n.Custodians, want.Custodians) ||
			!slices.Equal(n.Offices, want.Offices) || !slices.Equal(n.Locations, want.Locations) || !slices.Equal(n.Officers, want.Officers) {
			t.Errorf("%s: %+v", which, n)
		}
	}
	fields := names.Fields(p)
	for _, f := range []keyvalue.Field{
		{Key: "custodian", Value: "c05 Emma Exemple"}, {Key: "office", Value: "office-4 Étude Épreuve"},
		{Key: "location", Value: "place-2 Lyon"}, {Key: "officer", Value: strings.Repeat("2", 40) + " Officer Sample 2"},
	} {
		if !slices.Contains(fields, f) {
			t.Errorf("no %v in %v", f, fields)
		}
	}
}

func TestDraftRefuses(t *testing.T) {
	for name, change := range map[string][2]string{
		"a control character in a name":         {"Anne Exemple", "Anne\\u0007Exemple"},
		"a direction override in an office":     {"Étude Modèle", "Étude \\u202eModèle"},
		"an empty place":                        {"\"Lyon\"", "\"\""},
		"a zero-width space where the vault is": {"Étude exemple, 1", "Étude\\u200b exemple, 1"},
		"a control character in the basis":      {"Dépôt reçu", "Dépôt\\u0008 reçu"},
		"an unknown key":                        {"threshold = 3", "thresholds = 3"},
	} {
		text := strings.Replace(example(t), change[0], change[1], 1)
		if text == example(t) {
			t.Errorf("%s: nothing was altered", name)
		}
		if d, err := policy.ParseDraft("policy.toml", []byte(text)); d != nil || err == nil || !strings.Contains(err.Error(), "policy.toml") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, object := range map[string]string{"Étude Modèle": "c02: office", "Dépôt reçu": "legal-basis: 000001"} {
		_, err := policy.ParseDraft("policy.toml", []byte(strings.Replace(example(t), text, text+"\\u202e", 1)))
		if err == nil || !strings.Contains(err.Error(), object) {
			t.Errorf("%q does not name %s", err, object)
		}
	}
	d, err := policy.ParseDraft("policy.toml", []byte(example(t)))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := build(t, d, keyvalue.Production); !errors.Is(err, policy.ErrMode) {
		t.Errorf("tokens enrolled for production in a rehearsal: %v", err)
	}
	d.Mode = "répétition"
	if _, _, _, err := build(t, d, keyvalue.Rehearsal); errors.Is(err, policy.ErrMode) || err == nil || !strings.HasPrefix(err.Error(), "mode: ") {
		t.Errorf("a mode that there is not: %v", err)
	}
}
