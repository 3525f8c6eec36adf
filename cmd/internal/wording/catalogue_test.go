package wording

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// owned is the part of the catalogue that the commands say by name; those of exit codes are found by number.
func owned() map[string]Text {
	out := commandTexts()
	maps.Copy(out, demoTexts())
	maps.Copy(out, cardTexts())
	return out
}

// sameInBoth are the sentences that have no words, or the same word, in both languages.
var sameInBoth = []string{"object.mode.production", "line"}

func TestEverySentenceThatIsSaidExists(t *testing.T) {
	for id, where := range readCommands(t).ids() {
		if !Has(id) {
			t.Errorf("%s: no sentence %q", where, id)
		}
	}
}

func TestEverySentenceIsSaid(t *testing.T) {
	said := readCommands(t).ids()
	for id := range owned() {
		if said[id] == "" {
			t.Errorf("nobody says %q", id)
		}
	}
}

// TestArguments holds the number of arguments of each call against the verbs of its sentence. A
// sentence that names its arguments by index may leave some out.
func TestArguments(t *testing.T) {
	texts := owned()
	for _, c := range readCommands(t).calls {
		for _, id := range c.ids() {
			text, ok := texts[id]
			if !ok || c.args < 0 {
				continue
			}
			want, indexed := arguments(text.Fr)
			if indexed && want > c.args || !indexed && want != c.args {
				t.Errorf("%s: %q gets %d arguments and takes %d", c.where, id, c.args, want)
			}
		}
	}
}

func TestBothLanguages(t *testing.T) {
	texts := owned()
	if len(texts) < 200 {
		t.Fatalf("only %d sentences: is this test broken?", len(texts))
	}
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		checkText(t, id, texts[id])
	}
}

func checkText(t *testing.T, id string, text Text) {
	t.Helper()
	if text.Fr == "" || text.En == "" {
		t.Errorf("%s: empty", id)
	}
	if (text.Fr == text.En) != slices.Contains(sameInBoth, id) {
		t.Errorf("%s: the same in both languages, or listed so and not", id)
	}
	if !slices.Equal(verbs(text.Fr), verbs(text.En)) {
		t.Errorf("%s: verbs %q and %q", id, verbs(text.Fr), verbs(text.En))
	}
	for _, s := range []string{text.Fr, text.En} {
		if strings.TrimSpace(s) != s {
			t.Errorf("%s: a blank at an end: %q", id, s)
		}
		if strings.Contains(s, "  ") {
			t.Errorf("%s: two blanks: %q", id, s)
		}
		if len(verbs(s)) == 0 && strings.Contains(s, "%") {
			t.Errorf("%s: a percent sign that is printed as it stands: %q", id, s)
		}
	}
	checkFrench(t, id, text.Fr)
}

// TestFlagArguments: the flag library counts bytes when it aligns the names of arguments.
func TestFlagArguments(t *testing.T) {
	for id, text := range owned() {
		for _, s := range []string{text.Fr, text.En} {
			if _, rest, ok := strings.Cut(s, "`"); ok && strings.HasPrefix(id, "flag.") {
				name, _, closed := strings.Cut(rest, "`")
				if !closed || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzN-") != "" {
					t.Errorf("%s: the argument is named %q", id, name)
				}
			}
		}
	}
}

// faulty is French typography gone wrong. A colon within a word is a technical one, as in
// sha256:… or in an address.
var faulty = []struct {
	what string
	is   *regexp.Regexp
}{
	{"a straight apostrophe", regexp.MustCompile(`\pL'\pL`)},
	{"no no-break space before ; ? !", regexp.MustCompile(`(^|[^\x{a0}\x{202f}])[;?!]`)},
	{"no no-break space before a colon", regexp.MustCompile(`(^|[^\x{a0}\x{202f}]):(\s|$)`)},
	{"no no-break space inside « »", regexp.MustCompile(`«[^\x{a0}\x{202f}]|[^\x{a0}\x{202f}]»`)},
	{"a claim, not a finding", regexp.MustCompile(`(?i)sécuris|infaillible|inviolable`)},
}

func checkFrench(t *testing.T, id, fr string) {
	t.Helper()
	for _, f := range faulty {
		if at := f.is.FindString(fr); at != "" {
			t.Errorf("%s: %s: %q", id, f.what, fr)
		}
	}
}

// TestFaultyFrenchIsSeen makes sure that the rules above refuse what they are there for.
func TestFaultyFrenchIsSeen(t *testing.T) {
	for i, bad := range []string{"l'ordre", "Quoi ?", "Fin :", "«mot»", "un coffre sécurisé"} {
		if !faulty[i].is.MatchString(bad) {
			t.Errorf("%q is not seen", bad)
		}
	}
	for _, good := range []string{"l’ordre", "Quoi\u00a0?", "Fin\u00a0:", "«\u00a0mot\u00a0»", "sha256:…", "sqlite:FICHIER"} {
		for _, f := range faulty {
			if f.is.MatchString(good) {
				t.Errorf("%q: %s", good, f.what)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*\d*(\.\d+)?([a-zA-Z])`)

// verbs lists the verbs of a sentence, those with an index by index.
func verbs(s string) []string {
	out := verb.FindAllString(strings.ReplaceAll(s, "%%", ""), -1)
	if slices.ContainsFunc(out, func(v string) bool { return strings.HasPrefix(v, "%[") }) {
		slices.Sort(out)
	}
	return out
}

// arguments counts the arguments that a sentence takes.
func arguments(s string) (n int, indexed bool) {
	for _, v := range verbs(s) {
		if rest, ok := strings.CutPrefix(v, "%["); ok {
			indexed = true
			n = max(n, int(rest[0]-'0'))
			continue
		}
		n++
	}
	return n, indexed
}
