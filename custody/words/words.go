// Package words writes bits as words that people read aloud, copy by hand and type.
//
// The list is french.txt: 2048 words of five to eight letters a–z, sorted, the first four letters
// of each its own. It is the French list of BIP-39 with the accents taken off (é, è to e), taken
// from github.com/trezor/python-mnemonic, src/mnemonic/wordlist/french.txt at commit
// b57a5ad77a981e743f4167ab2f7927a55c1e82a8, under the MIT licence in LICENSE-words; without
// accents no two words are alike. The list never changes: its SHA-256 is
//
//	cf8db448ad5ca0b68c3c8f88b51458f20362a5939fef236fac64a303f1485e87
//
// A word stands for eleven bits, the position in the list from 0. Bits are taken from the front
// of a byte string, the most significant bit first, and the words are joined by hyphens:
//
//	abaisser-abandon-abdiquer
//
// stands for the 33 bits 00000000000 00000000001 00000000010. There is no checksum.
//
// If this package is wrong, an attacker can make a trust anchor of their own show the words of the
// real one, or guess the words that lock an heir's key.
package words

import (
	"bytes"
	"crypto/subtle"
	_ "embed"
	"errors"
	"io"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

const (
	// Bits is the number of bits that a word stands for.
	Bits = 11
	// AnchorWords is the number of words of a trust anchor: 132 bits.
	AnchorWords = 12

	count     = 1 << Bits // words in the list
	longest   = 8         // letters of the longest word
	prefix    = 4         // letters that tell a word from all others
	maxTyped  = 1024      // bytes
	maxRandom = 64        // words
	separator = '-'
)

// The ways in which words can be refused. The wrapped ErrUnknownWord names the word's position,
// from `word 1`, never what was typed; ErrNotTwelve how many there are, as `words 11`.
var (
	ErrUnknownWord = errors.New("words: not a word of the list")
	ErrNoWords     = errors.New("words: nothing was typed")
	ErrTooLong     = errors.New("words: more than 1024 bytes were typed")
	ErrCount       = errors.New("words: the number of words must be 1 to 64")
	ErrNotTwelve   = errors.New("words: a trust anchor has twelve words")
)

//go:embed french.txt
var french string

// list returns the words in order.
func list() []string { return strings.SplitN(french, "\n", count+1)[:count] }

// at returns the i-th group of eleven bits.
func at(bits []byte, i int) int {
	index := 0
	for bit := i * Bits; bit < (i+1)*Bits; bit++ {
		index = index<<1 | int(bits[bit/8]>>(7-bit%8)&1)
	}
	return index
}

// Encode returns the n words of the first 11·n bits. It panics when there are fewer. It is for
// what is public: a secret never stands in a string (see [Random]).
func Encode(bits []byte, n int) string {
	all, out := list(), make([]string, n)
	for i := range out {
		out[i] = all[at(bits, i)]
	}
	return strings.Join(out, string(separator))
}

// Anchor returns the twelve words of a trust anchor's SHA-256: its first 132 bits
// (docs/formats.md, "Trust anchor").
func Anchor(sum [32]byte) string { return Encode(sum[:], AnchorWords) }

// Random returns n words, 1 to 64 ([ErrCount]), of 11·n bits read from r: all lists of n words are
// equally likely. The words are put together in secret memory.
func Random(r io.Reader, n int) (words *secret.Bytes, err error) {
	if n < 1 || n > maxRandom {
		return nil, ErrCount
	}
	bits, err := secret.Random(r, (n*Bits+7)/8)
	if err != nil {
		return nil, err
	}
	defer bits.Wipe()
	secret.Do(func() { words = spell(bits.Expose(), n) })
	return words, nil
}

// spell is Encode into secret memory.
func spell(bits []byte, n int) *secret.Bytes {
	room := secret.New(n * (longest + 1))
	defer room.Wipe()
	all, text := list(), room.Expose()[:0]
	for i := range n {
		if i > 0 {
			text = append(text, separator)
		}
		text = append(text, all[at(bits, i)]...)
	}
	return secret.From(text)
}

// NormalizeAnchor returns the words of a trust anchor, which are public, that a person typed as this package writes them:
// in lower case, without accents and ligatures, joined by hyphens. Whatever is no letter parts words: blanks, dashes of
// any kind, commas, quotes, numbers; a word may be cut short after its fourth letter. The words must be twelve
// ([ErrNotTwelve]): how many there are is said before any of them is judged.
func NormalizeAnchor(typed string) (string, error) {
	parts, err := split(typed)
	if err != nil {
		return "", err
	}
	if len(parts) != AnchorWords {
		return "", fault.At("words "+strconv.Itoa(len(parts)), ErrNotTwelve)
	}
	return join(parts)
}

// split parts what was typed into words in lower case, without accents.
func split(typed string) ([]string, error) {
	if len(typed) > maxTyped {
		return nil, ErrTooLong
	}
	bare := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)))
	plain, _, err := transform.String(bare, strings.ToLower(typed))
	if err != nil {
		return nil, err
	}
	plain = strings.NewReplacer("œ", "oe", "æ", "ae").Replace(plain)
	parts := strings.FieldsFunc(plain, func(c rune) bool { return !unicode.IsLetter(c) || unicode.Is(unicode.Lm, c) })
	if len(parts) == 0 {
		return nil, ErrNoWords
	}
	return parts, nil
}

// join completes words, and joins them.
func join(parts []string) (string, error) {
	all := list()
	for i, part := range parts {
		word, ok := complete(all, []byte(part))
		if !ok {
			return "", fault.At("word "+strconv.Itoa(i+1), ErrUnknownWord)
		}
		parts[i] = word
	}
	return strings.Join(parts, string(separator)), nil
}

// complete returns the one word that begins with part, which is no shorter than four letters. The part may be secret: comparing it
// makes no string of it.
func complete(all []string, part []byte) (string, bool) {
	if len(part) < prefix {
		return "", false
	}
	i := sort.Search(len(all), func(i int) bool { return all[i] >= string(part) })
	if i == len(all) || len(all[i]) < len(part) || all[i][:len(part)] != string(part) {
		return "", false
	}
	return all[i], true
}

// widest is how many bytes the letters of one typed byte can become: U+FDFA has three, and eighteen letters.
const widest = 12

// Typed returns secret words that a person typed as this package writes them, by the rules of [NormalizeAnchor], without their
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
