package keyvalue

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
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

// CheckText reports whether s may stand as a value: 1 to [MaxValue] bytes of UTF-8 in Unicode
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

// Uint reads a decimal number without sign or leading zero, at most max.
func Uint(s string, max uint64) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n > max || s != strconv.FormatUint(n, 10) {
		return 0, ErrValue
	}
	return n, nil
}

// Hex reads exactly n bytes in lower-case hexadecimal.
func Hex(s string, n int) ([]byte, error) {
	if err := checkHex(s, n); err != nil {
		return nil, err
	}
	return hex.DecodeString(s)
}

// checkHex reports whether s is exactly n bytes in lower-case hexadecimal.
func checkHex(s string, n int) error {
	if len(s) != 2*n {
		return ErrValue
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return ErrValue
		}
	}
	return nil
}

const timeLayout = "2006-01-02T15:04:05Z"

// Time reads a time of RFC 3339 in UTC with whole seconds, in the years 1970 to 9999.
func Time(s string) (time.Time, error) {
	t, err := time.Parse(timeLayout, s)
	if err != nil || t.Unix() < 0 || FormatTime(t) != s {
		return time.Time{}, ErrValue
	}
	return t, nil
}

// FormatTime writes t as [Time] reads it; fractions of a second are cut off.
func FormatTime(t time.Time) string { return t.UTC().Format(timeLayout) }

// CheckDate reports whether s is a calendar date such as 2026-11-21.
func CheckDate(s string) error {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Format(time.DateOnly) != s {
		return ErrValue
	}
	return nil
}

const digestPrefix = "sha256:"

// Digest reads a SHA-256 digest: `sha256:` and 64 lower-case hexadecimal digits.
func Digest(s string) (d [32]byte, err error) {
	digits, ok := strings.CutPrefix(s, digestPrefix)
	if !ok {
		return d, ErrValue
	}
	b, err := Hex(digits, len(d))
	copy(d[:], b)
	return d, err
}

// FormatDigest writes a SHA-256 digest as [Digest] reads it.
func FormatDigest(d [32]byte) string { return digestPrefix + hex.EncodeToString(d[:]) }

// Identifiers, each refused with [ErrValue] when it is not of the form in docs/formats.md.

// CheckVaultID reports whether s is 32 lower-case hexadecimal digits.
func CheckVaultID(s string) error { return checkHex(s, 16) }

// CheckCustodian reports whether s is a custodian id, c01 to c16.
func CheckCustodian(s string) error {
	if len(s) == 3 && s[0] == 'c' && s[1:] >= "01" && s[1:] <= "16" && digits(s[1:]) {
		return nil
	}
	return ErrValue
}

// FormatCustodian returns the id of the i-th custodian of a policy, counted from 1.
func FormatCustodian(i int) string { return fmt.Sprintf("c%02d", i) }

// CheckBatchID reports whether s is a batch id such as b20261121-7f3a9c.
func CheckBatchID(s string) error {
	if len(s) != 16 || s[0] != 'b' || s[9] != '-' || !digits(s[1:9]) {
		return ErrValue
	}
	return checkHex(s[10:], 3)
}

// CheckFingerprint reports whether s is an OpenPGP fingerprint in lower case: 40 hexadecimal
// digits (version 4, RFC 9580 §5.5.4.2) or 64 (version 6, §5.5.4.3). A key id is not one.
func CheckFingerprint(s string) error {
	if len(s) == 64 {
		return checkHex(s, 32)
	}
	return checkHex(s, 20)
}

// KeyNumber reads the number of a key within its batch: six digits, from 000001.
func KeyNumber(s string) (int, error) {
	if len(s) != 6 || !digits(s) || s == "000000" {
		return 0, ErrValue
	}
	return strconv.Atoi(s)
}

// FormatKeyNumber writes n, 1 to 999999, as [KeyNumber] reads it.
func FormatKeyNumber(n int) string {
	if n < 0 || n > 999999 { // no key's; an error may quote it
		return fmt.Sprintf("%06d", n)
	}
	var b [6]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[:])
}

// CheckOrderNumber reports whether s is 1 to 40 of a–z, 0–9 and hyphen, the first no hyphen.
func CheckOrderNumber(s string) error {
	if len(s) == 0 || len(s) > 40 || s[0] == '-' || !isPlain(s) {
		return ErrValue
	}
	return nil
}

// CheckMode reports whether s is one of the two modes, rehearsal and production.
func CheckMode(s string) error {
	if s != Rehearsal && s != Production {
		return ErrValue
	}
	return nil
}

// The two modes. What bears one never meets what bears the other.
const (
	Rehearsal  = "rehearsal"
	Production = "production"
)

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
