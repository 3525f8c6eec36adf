package words

import (
	"bytes"
	"crypto/subtle"
	"strconv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

// widest is how many bytes the letters of one typed byte can become: U+FDFA has three, and eighteen letters.
const widest = 12

// Typed returns secret words that a person typed as this package writes them, by the rules of [Normalize], without their
// leaving secret memory.
func Typed(typed *secret.Bytes) (words *secret.Bytes, err error) {
	if typed.Len() > maxTyped {
		return nil, ErrTooLong
	}
	secret.Do(func() {
		room := secret.New(widest * typed.Len())
		defer room.Wipe()
		parts := bytes.FieldsFunc(letters(room.Expose()[:0], typed.Expose()), func(c rune) bool { return c == ' ' })
		if len(parts) == 0 {
			err = ErrNoWords
			return
		}
		whole := secret.New(len(parts) * (longest + 1))
		defer whole.Wipe()
		text := whole.Expose()[:0]
		all := list()
		for i, part := range parts {
			word, ok := complete(all, part)
			if !ok {
				err = fault.At("word "+strconv.Itoa(i+1), ErrUnknownWord)
				return
			}
			if i > 0 {
				text = append(text, separator)
			}
			text = append(text, word...)
		}
		words = secret.From(text)
	})
	return words, err
}

// letters appends the letters of what was typed, in lower case and without accents, and a blank for all else.
func letters(out, typed []byte) []byte {
	for len(typed) > 0 {
		c, n := utf8.DecodeRune(typed)
		typed = typed[n:]
		switch c = unicode.ToLower(c); c {
		case 'œ':
			out = append(out, "oe"...)
			continue
		case 'æ':
			out = append(out, "ae"...)
			continue
		}
		for _, d := range string(norm.NFKD.AppendString(nil, string(c))) {
			switch {
			case unicode.Is(unicode.Mn, d):
			case unicode.IsLetter(d) && !unicode.Is(unicode.Lm, d):
				out = utf8.AppendRune(out, d)
			default:
				out = append(out, ' ')
			}
		}
	}
	return out
}

// Count returns how many words there are in secret words that this package wrote.
func Count(words *secret.Bytes) int {
	if words.Len() == 0 {
		return 0
	}
	return bytes.Count(words.Expose(), []byte{separator}) + 1
}

// Match returns how many of the words in typed are those of whole, in order, from the one on that has the number first,
// counted from 0. Both are as this package writes them.
func Match(whole, typed *secret.Bytes, first int) (n int) {
	a, b := bytes.Split(whole.Expose(), []byte{separator}), bytes.Split(typed.Expose(), []byte{separator})
	for n < len(b) && first+n < len(a) && subtle.ConstantTimeCompare(a[first+n], b[n]) == 1 {
		n++
	}
	return n
}

// Append joins words to those that were typed before, which may be nil, and wipes both.
func Append(before, more *secret.Bytes) *secret.Bytes {
	defer more.Wipe()
	defer before.Wipe()
	whole := secret.New(before.Len() + 1 + more.Len())
	defer whole.Wipe()
	text := whole.Expose()[:0]
	if before.Len() > 0 {
		text = append(append(text, before.Expose()...), separator)
	}
	return secret.From(append(text, more.Expose()...))
}
