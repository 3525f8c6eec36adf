package words_test

import (
	"errors"
	"strings"
	"testing"

	"bailiff/custody/secret"
	"bailiff/custody/words"
)

func hidden(s string) *secret.Bytes { return secret.From([]byte(s)) }

func TestTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"abaisser-abandon-zoologie":          "abaisser-abandon-zoologie",
		"ABAISSER  abandon, zoologie.":       "abaisser-abandon-zoologie",
		"abai aban zool":                     "abaisser-abandon-zoologie",
		"1. abaìsser 2. abandon 3. zoölogie": "abaisser-abandon-zoologie",
		"\ufb01gure mœlleux":                 "figure-moelleux",
		"figu":                               "figure",
	} {
		got, err := words.Typed(hidden(typed))
		if err != nil || string(got.Expose()) != want || words.Count(got) != strings.Count(want, "-")+1 {
			t.Errorf("%q became %q, %v", typed, got.Expose(), err)
		}
	}
	for typed, want := range map[string]error{
		"abaisser aban\u200bdon": words.ErrUnknownWord, "aba": words.ErrUnknownWord, " -- ": words.ErrNoWords, "": words.ErrNoWords,
		strings.Repeat("a", 1025): words.ErrTooLong,
	} {
		if got, err := words.Typed(hidden(typed)); got != nil || !errors.Is(err, want) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestMatch(t *testing.T) {
	whole := hidden("abaisser-abandon-zoologie")
	for _, c := range []struct {
		typed string
		first int
		want  int
	}{
		{"abaisser-abandon-zoologie", 0, 3}, {"abaisser", 0, 1}, {"abandon", 1, 1}, {"abandon", 0, 0}, {"zoologie", 2, 1},
		{"abaisser-zoologie", 0, 1}, {"zoologie-abaisser", 2, 1}, {"abaisser", 3, 0}, {"abaissera", 0, 0}, {"abaisse", 0, 0},
	} {
		if got := words.Match(whole, hidden(c.typed), c.first); got != c.want {
			t.Errorf("%q from %d: %d", c.typed, c.first, got)
		}
	}
}

func TestAppend(t *testing.T) {
	first, second := hidden("abaisser"), hidden("abandon-zoologie")
	got := words.Append(words.Append(nil, first), second)
	if string(got.Expose()) != "abaisser-abandon-zoologie" || first.Len()+second.Len() != 0 {
		t.Errorf("%q; what was joined is not wiped", got.Expose())
	}
	if words.Count(nil) != 0 {
		t.Error("no words count")
	}
}

// FuzzTyped holds the two ways of reading words against each other.
func FuzzTyped(f *testing.F) {
	f.Add("abaisser-abandon-zoologie")
	f.Add(" ABAI  Zoö\u0308l \ufb01gure")
	f.Add("İstanbul\ufdfa")
	f.Fuzz(func(t *testing.T, typed string) {
		want, wanted := words.Normalize(typed)
		got, err := words.Typed(hidden(typed))
		if (err == nil) != (wanted == nil) || err == nil && string(got.Expose()) != want {
			t.Fatalf("%q: %q, %v; in the open %q, %v", typed, got.Expose(), err, want, wanted)
		}
		got.Wipe()
	})
}
