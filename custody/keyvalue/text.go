package keyvalue

import (
	"errors"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The ways in which a piece of text can be refused.
var (
	ErrUTF8      = errors.New("keyvalue: not valid UTF-8")
	ErrControl   = errors.New("keyvalue: a control character")
	ErrInvisible = errors.New("keyvalue: an invisible, bidirectional or private character")
	ErrSpace     = errors.New("keyvalue: unusual, leading or trailing white space")
	ErrNFC       = errors.New("keyvalue: not in Unicode normalization form C")
	ErrLength    = errors.New("keyvalue: empty or longer than 65536 bytes")
)

// CheckText tells whether s may stand as a value: 1 to [MaxValue] bytes of UTF-8 in Unicode
// normalization form C (UAX 15), without control (Cc), format (Cf: bidirectional, zero-width,
// tag), private (Co) or line-separating (Zl, Zp) characters, without blanks at its ends. Of the
// space characters it allows U+0020 and the two that French typography needs, U+00A0 and U+202F.
func CheckText(s string) error {
	if len(s) == 0 || len(s) > MaxValue {
		return ErrLength
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return ErrSpace
	}
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
		} else if s[i] < ' ' || s[i] == 0x7f {
			return ErrControl
		}
	}
	if ascii {
		return nil
	}
	return checkUnicode(s)
}

func checkUnicode(s string) error {
	if !utf8.ValidString(s) {
		return ErrUTF8
	}
	for _, c := range s {
		switch {
		case unicode.Is(unicode.Cc, c):
			return ErrControl
		case unicode.In(c, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp), isFiller(c):
			return ErrInvisible
		case unicode.Is(unicode.Zs, c) && c != ' ' && c != 0xa0 && c != 0x202f:
			return ErrSpace
		}
	}
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(first) {
		return ErrSpace
	}
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsSpace(last) {
		return ErrSpace
	}
	if !norm.NFC.IsNormalString(s) {
		return ErrNFC
	}
	return nil
}

// isFiller tells the characters that are drawn as nothing though Unicode counts them as letters,
// marks or unassigned: what it says is to be ignored by default (Hangul fillers, Khmer inherent
// vowels, the combining grapheme joiner, reserved code points), variation selectors, also the
// Mongolian ones, the blank Braille pattern, the Khitan filler, the null notehead, noncharacters.
func isFiller(c rune) bool {
	switch {
	case unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return true
	case c == 0x2800, c == 0x16fe4, c == 0x1d159:
		return true
	case c >= 0xfdd0 && c <= 0xfdef, c&0xfffe == 0xfffe:
		return true
	}
	return false
}
