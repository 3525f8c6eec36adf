// Package likeness compares names as somebody who reads them would.
//
// Names are written by people: with and without accents, titles and hyphens, the family name first or last, now and then
// with a letter of another alphabet that only looks right. Counting persons, offices and places by the bytes of their names
// would count one of them twice. So [Same] compares what is left of two names when all that is taken away
// (docs/decisions/0035-likeness.md), [Near] allows for one letter besides, and [Mixed] finds the word in which two alphabets meet.
//
// If this package is wrong, one person holds two seats, or checks their own papers, under two spellings, unseen. It
// proves nothing: two persons may bear one name. Whoever asks it has people look.
package likeness

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Same reports whether two names read alike.
func Same(a, b string) bool {
	x, y := skeleton(a), skeleton(b)
	return len(x) > 0 && slices.Equal(x, y) || strings.EqualFold(a, b)
}

// shortest is the length from which a letter more or less makes no other name.
const shortest = 6

// Near reports whether two names read alike or differ in one letter: one that is missing, one that is another, two that changed places.
// Numbers must be the same, and short names are not compared so.
func Near(a, b string) bool {
	if Same(a, b) {
		return true
	}
	x, y := strings.Join(skeleton(a), " "), strings.Join(skeleton(b), " ")
	if min(len(x), len(y)) < shortest || digits(x) != digits(y) {
		return false
	}
	return oneApart([]rune(x), []rune(y))
}

// Mixed returns the first word that has letters of two alphabets, or "". No language writes so, but whoever imitates a name does.
func Mixed(s string) string {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		var first *unicode.RangeTable
		for _, r := range word {
			switch t := script(r); {
			case t == nil:
			case first == nil:
				first = t
			case first != t:
				return word
			}
		}
	}
	return ""
}

// script returns the alphabet of a letter; nil when it is none of those that are taken for one another.
func script(r rune) *unicode.RangeTable {
	for _, t := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee, unicode.Lisu, unicode.Coptic} {
		if unicode.IsLetter(r) && unicode.Is(t, r) {
			return t
		}
	}
	return nil
}

// titles stand before a name and make no other person of it.
var titles = map[string]bool{"m": true, "mr": true, "me": true, "mme": true, "mlle": true, "maitre": true, "monsieur": true, "madame": true, "dr": true}

// skeleton returns the words of a name in lower case without accents and titles, in alphabetical order.
func skeleton(s string) []string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch r = unicode.ToLower(r); {
		case unicode.Is(unicode.Mn, r):
		case lookalikes[r] != "":
			b.WriteString(lookalikes[r])
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	all := strings.Fields(b.String())
	words := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return titles[w] })
	if len(words) == 0 {
		words = all
	}
	slices.Sort(words)
	return words
}

func digits(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }), " ")
}

// oneApart reports whether one change makes b of a, which differ.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 1:
		return slices.Equal(a[i:], b[i+1:])
	case 0:
		return slices.Equal(a[i+1:], b[i+1:]) ||
			i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
	}
	return false
}

// lookalikes are letters, in lower case and without accents, that are read as Latin ones: those of Unicode's
// confusables (UTS 39) that a printed name can hide, also by their capitals, and the letters that no decomposition takes apart.
var lookalikes = map[rune]string{
	// Latin
	'æ': "ae", 'œ': "oe", 'ø': "o", 'ß': "ss", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ſ': "s", 'ɑ': "a", 'ɡ': "g", 'ɩ': "i",
	// Cyrillic
	'а': "a", 'в': "b", 'е': "e", 'ѕ': "s", 'і': "i", 'ј': "j", 'к': "k", 'м': "m", 'н': "h", 'о': "o", 'р': "p", 'с': "c", 'т': "t", 'у': "y",
	'х': "x", 'ԁ': "d", 'һ': "h", 'ԛ': "q", 'ԝ': "w", 'ү': "y", 'ӏ': "l", 'ё': "e", 'ї': "i", 'г': "r", 'ь': "b", 'з': "3",
	// Greek
	'α': "a", 'β': "b", 'ε': "e", 'ζ': "z", 'η': "h", 'ι': "i", 'κ': "k", 'μ': "m", 'ν': "v", 'ο': "o", 'ρ': "p", 'τ': "t", 'υ': "y", 'χ': "x", 'γ': "y",
	// Armenian
	'օ': "o", 'ս': "u", 'հ': "h", 'ց': "g", 'ո': "n", 'զ': "q",
}
