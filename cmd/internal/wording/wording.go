// Package wording holds every sentence that the commands say, in French and in English, in one
// catalogue, and shows untrusted text safely. What is said of an error stands with it, in package cli.
//
// A sentence has an id and may take arguments in the manner of fmt; both languages take the same
// arguments in the same order. String arguments are escaped, so that a name from a hostile file
// cannot move the cursor, hide or reorder what a person reads before confirming.
package wording

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
)

// Lang is a language of the catalogue.
type Lang int

// The languages.
const (
	French Lang = iota
	English
)

// Text is one sentence in both languages.
type Text struct{ Fr, En string }

// In returns the sentence in a language, with its arguments; those that are text are escaped.
func (t Text) In(l Lang, args ...any) string {
	text := t.En
	if l == French {
		text = t.Fr
	}
	if len(args) == 0 {
		return text
	}
	safe := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case string:
			safe[i] = Escape(a)
		case fmt.Stringer:
			safe[i] = Escape(a.String())
		case error:
			safe[i] = Escape(a.Error())
		default:
			safe[i] = a
		}
	}
	return fmt.Sprintf(text, safe...)
}

// Parse reads a language code, fr or en.
func Parse(code string) (Lang, bool) {
	switch code {
	case "fr":
		return French, true
	case "en":
		return English, true
	}
	return English, false
}

// Detect returns the language of the locale: French when the first of LC_ALL, LC_MESSAGES and
// LANG that is set names it, else English.
func Detect(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			if strings.HasPrefix(strings.ToLower(value), "fr") {
				return French
			}
			return English
		}
	}
	return English
}

// All returns the whole catalogue, by id.
func All() map[string]Text { return maps.Clone(catalogue()) }

// Has tells whether the catalogue has a sentence of that id.
func Has(id string) bool {
	_, ok := catalogue()[id]
	return ok
}

// Say returns the sentence of that id. An id that is not in the catalogue comes back as itself,
// which the catalogue's test makes impossible for the ids in the commands.
func (l Lang) Say(id string, args ...any) string {
	text, ok := catalogue()[id]
	if !ok {
		return id
	}
	return text.In(l, args...)
}

// Count writes a whole number, its thousands apart as the language has them.
func (l Lang) Count(n int) string {
	digits, apart := strconv.Itoa(n), ","
	if l == French {
		apart = "\u202f"
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + apart + digits[i:]
	}
	return digits
}

// Minutes writes how long something takes, as people say it.
func (l Lang) Minutes(n int) string {
	switch {
	case n <= 1:
		return "1 minute"
	case n < 60:
		return fmt.Sprintf("%d minutes", n)
	case n%60 == 0:
		return fmt.Sprintf("%d\u00a0h", n/60)
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", n/60, n%60)
}

// Decimal writes a number with one decimal, as the language does.
func (l Lang) Decimal(x float64) string {
	s := strconv.FormatFloat(x, 'f', 1, 64)
	if l == French {
		return strings.Replace(s, ".", ",", 1)
	}
	return s
}
