package likeness_test

import (
	"testing"

	"bailiff/custody/likeness"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Anne Exemple", "ANNE  EXEMPLE", true},
		{"Étude Exemple", "Etude Exemple", true},
		{"Exemple Anne", "Anne Exemple", true},
		{"Me Anne Exemple", "Maître Anne Exemple", true},
		{"Jean-Pierre L’Exemple", "Jean Pierre L'Exemple", true},
		{"The\u0301re\u0300se Exemple", "Thérèse Exemple", true},
		{"Anne Exemple", "\u0410nn\u0435 Ex\u0435mpl\u0435", true},              // Cyrillic А and е
		{"ETUDE TABOT", "\u0395TUD\u0395 \u03a4\u0391\u0392\u039f\u03a4", true}, // Greek capitals
		{"\uff21nne Exemple", "Anne Exemple", true},                             // full width
		{"Me", "Me", true},
		{"Me", "Maître", false},
		{"A", "B", false},
		{"Anne Exemple", "Anna Exemple", false},
		{"Étude 1", "Étude 2", false},
		{"李 明", "李 明", true},
		{"李 明", "王 明", false},
		{"…", "!", false},
	} {
		if got := likeness.Same(c.a, c.b); got != c.want || likeness.Same(c.b, c.a) != got {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Étude Dupont", "Etude Dupond", true},
		{"Étude Dupont", "Étude Duponts", true},
		{"Étude Dupont", "Étude Dupnot", true},
		{"Étude Dupont", "Étude Durand", false},
		{"Étude Dupont 1", "Étude Dupont 2", false},
		{"Étude Dupont", "Étude Dupont 2", false},
		{"Lyon", "Laon", false},
		{"Lyon", "LYON", true},
		{"", "", true},
	} {
		if got := likeness.Near(c.a, c.b); got != c.want || likeness.Near(c.b, c.a) != got {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}

func TestMixed(t *testing.T) {
	for s, want := range map[string]string{
		"Anne Exemple":                      "",
		"Anne \u0415xemple":                 "\u0415xemple",
		"Иван Петров":                       "",
		"Ivan Petrov (Иван Петров)":         "",
		"\u03a4héo":                         "\u03a4héo",
		"Jean-\u0420ierre":                  "\u0420ierre",
		"Mairie du 3e arrondissement":       "",
		"山田 太郎, ヤマダ":                        "",
		"Me Éloïse d’Exemple, notaire n° 4": "",
	} {
		if got := likeness.Mixed(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
