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
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
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

// catalogue returns every sentence by its id. It is put together once.
var catalogue = sync.OnceValue(func() map[string]Text {
	all := map[string]Text{}
	for _, part := range []map[string]Text{exitTexts(), commandTexts(), demoTexts(), cardTexts()} {
		maps.Copy(all, part)
	}
	return all
})

// maxShown bounds a shown value, in characters.
const maxShown = 600

// Escape makes untrusted text safe to show: control, format (bidirectional, zero-width, tag),
// private and unassigned characters, invalid UTF-8 and odd white space become \u{HHHH}; so do the letters of
// another script inside text that has Latin letters, since those may imitate them. Text longer than
// 600 characters is cut, and says so.
func Escape(s string) string {
	latin := strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Latin, c) })
	var b strings.Builder
	shown := 0
	for i, c := range s {
		if shown == maxShown {
			fmt.Fprintf(&b, "… (+%d)", utf8.RuneCountInString(s[i:]))
			break
		}
		shown++
		if c == utf8.RuneError || !plain(c) || latin && foreign(c) {
			fmt.Fprintf(&b, "\\u{%04X}", c)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

func plain(c rune) bool {
	if c == ' ' || c == 0xa0 || c == 0x202f {
		return true
	}
	return unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.Is(unicode.Variation_Selector, c)
}

func foreign(c rune) bool {
	return unicode.IsLetter(c) && !unicode.In(c, unicode.Latin, unicode.Common, unicode.Inherited)
}

// Date writes a day as people do: 1er décembre 2028, 1 December 2028. It is the day of UTC, which the sentence says.
func (l Lang) Date(t time.Time) string {
	t = t.UTC()
	if l != French {
		return t.Format("2 January 2006")
	}
	months := [...]string{
		"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
	}
	day := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %d", day, months[t.Month()-1], t.Year())
}

// Moment writes an instant as people in France read it, with the time of Paris, and behind it the same in UTC as the
// records have it: 30 décembre 2026 à 16 h 47 (heure de Paris, 2026-12-30T15:47:06Z).
func (l Lang) Moment(t time.Time) string {
	paris := t.UTC().Add(parisOffset(t))
	utc := t.UTC().Format(time.RFC3339)
	if l != French {
		return fmt.Sprintf("%s, %s (Paris time, %s)", l.Date(paris), paris.Format("15:04"), utc)
	}
	return fmt.Sprintf("%s à %d\u00a0h\u00a0%02d (heure de Paris, %s)", l.Date(paris), paris.Hour(), paris.Minute(), utc)
}

// parisOffset is what the clocks of Paris are ahead of UTC: an hour more from the last Sunday of March to that of October, 01:00
// UTC (directive 2000/84/EC). It asks no table of time zones, which a machine without a network may lack.
func parisOffset(t time.Time) time.Duration {
	year := t.UTC().Year()
	if t.Before(lastSunday(year, time.March)) || !t.Before(lastSunday(year, time.October)) {
		return time.Hour
	}
	return 2 * time.Hour
}

// lastSunday is 01:00 UTC of the last Sunday of a month of 31 days.
func lastSunday(year int, month time.Month) time.Time {
	last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday()))
}
