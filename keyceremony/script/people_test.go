package script_test

import (
	"errors"
	"strings"
	"testing"

	"bailiff/keyceremony/script"
)

// production is the example for a production vault, with a line for the bailiff.
func production(bailiff, witnesses string) string {
	text := strings.Replace(example, `"rehearsal"`, `"production"`, 1)
	return strings.Replace(text, `witnesses = ["Témoin Exemple"]`, bailiff+"witnesses = ["+witnesses+"]", 1)
}

// TestPeople: a production script names who conducts the ceremony and who watches it, and nobody does both.
func TestPeople(t *testing.T) {
	const bailiff = "bailiff = \"Maître Anne Exemple\"\n"
	for what, c := range map[string]struct {
		text string
		want error
	}{
		"all of them":                   {production(bailiff, `"Témoin Exemple", "Autre Témoin"`), nil},
		"no bailiff":                    {production("", `"Témoin Exemple"`), script.ErrNoBailiff},
		"an empty bailiff":              {production("bailiff = \"\"\n", `"Témoin Exemple"`), script.ErrNoBailiff},
		"no witness":                    {production(bailiff, ""), script.ErrNoWitness},
		"no witness in a rehearsal":     {strings.Replace(example, `"Témoin Exemple"`, "", 1), nil},
		"no bailiff in a rehearsal":     {example, nil},
		"one witness twice":             {production(bailiff, `"Témoin Exemple", "M. EXEMPLE Temoin"`), script.ErrPartial},
		"the bailiff":                   {production(bailiff, `"Exemple Anne"`), script.ErrPartial},
		"the bailiff, in a rehearsal":   {strings.Replace(example, "witnesses", "bailiff = \"Temoin  EXEMPLE\"\nwitnesses", 1), script.ErrPartial},
		"a bailiff with hidden letters": {production("bailiff = \"A\\u202eB\"\n", `"Témoin Exemple"`), errAny},
	} {
		s, err := script.Parse("s.toml", []byte(c.text))
		if c.want == errAny && err != nil {
			continue
		}
		if !errors.Is(err, c.want) || c.want == nil && s == nil {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
}

var errAny = errors.New("any error")

// TestCustodianAsWitness: however the name is written, who opens shares is no witness; a namesake of another forename is.
func TestCustodianAsWitness(t *testing.T) {
	s, err := script.Parse("s.toml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	for name, same := range map[string]bool{
		"Témoin Exemple": true, "TEMOIN EXEMPLE": true, "Exemple, Témoin": true, "Me Témoin Exemple": true, "Mme Témoin-Exemple": true,
		"Témoine Exemple": false, "Anne Exemple": false, "": false,
	} {
		if err := s.CheckPeople([]string{"Bruno Exemple", name}); errors.Is(err, script.ErrPartial) != same {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := s.CheckPeople([]string{"Bruno Exemple", "Témoin Exemple"}); err == nil || !strings.HasPrefix(err.Error(), "s.toml: Témoin Exemple: c02: ") {
		t.Errorf("nobody is named: %v", err)
	}
}

// TestPersonal: the ledger's personal part names place, bailiff and witnesses.
func TestPersonal(t *testing.T) {
	s, err := script.Parse("s.toml", []byte(production("bailiff = \"Maître Exemple\"\n", `"Témoin Un", "Témoin Deux"`)))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range s.Personal() {
		got += f.Key + "=" + f.Value + ";"
	}
	if want := "venue=Étude exemple, Paris;bailiff=Maître Exemple;witness=Témoin Un;witness=Témoin Deux;"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
