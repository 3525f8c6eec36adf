package wording

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
