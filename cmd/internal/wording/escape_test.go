package wording_test

import (
	"strings"
	"testing"
	"unicode"

	"bailiff/cmd/internal/wording"
	"bailiff/custody/testkit/fuzztest"
)

// Invariant 11: everything untrusted that is shown to a person is escaped and bounded.
func TestInvariant11UntrustedTextEscaped(t *testing.T) {
	for in, want := range map[string]string{
		"Élodie d’Exemple":     "Élodie d’Exemple",
		"a\x1b[2Jb":            `a\u{001B}[2Jb`,
		"a\u202eb":             `a\u{202E}b`,
		"a\u200bb":             `a\u{200B}b`,
		"p\u0430ypal":          `p\u{0430}ypal`,
		"Иван":                 "Иван",
		"a\nb":                 `a\u{000A}b`,
		"\xff":                 `\u{FFFD}`,
		"a\U000e0041":          `a\u{E0041}`,
		"12\u00a0%":            "12\u00a0%",
		"back\\slash stays \\": "back\\slash stays \\",
	} {
		if got := wording.Escape(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := wording.Escape(strings.Repeat("a", 10_000)); len(got) > 700 || !strings.HasSuffix(got, "(+9400)") {
		t.Errorf("a long text came back as %d bytes", len(got))
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("Élodie\u202e\x1b")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztest.Bounded(t, 64*len(s))()
		for _, c := range wording.Escape(s) {
			if unicode.In(c, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q lets %U through", s, c)
			}
		}
	})
}
