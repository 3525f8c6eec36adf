package words_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/words"
)

func list(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("french.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func TestListIsFrozen(t *testing.T) {
	data, err := os.ReadFile("french.txt")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if got, want := hex.EncodeToString(sum[:]), "cf8db448ad5ca0b68c3c8f88b51458f20362a5939fef236fac64a303f1485e87"; got != want {
		t.Errorf("french.txt has SHA-256 %s, want %s", got, want)
	}
}

func TestListIsFitForPeople(t *testing.T) {
	all := list(t)
	if len(all) != 2048 || !slices.IsSorted(all) {
		t.Fatalf("%d words, sorted: %v", len(all), slices.IsSorted(all))
	}
	beginnings := make(map[string]string)
	for _, w := range all {
		if len(w) < 5 || len(w) > 8 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not five to eight letters a–z", w)
			continue
		}
		if other := beginnings[w[:4]]; other != "" {
			t.Errorf("%s and %s begin alike", other, w)
		}
		beginnings[w[:4]] = w
	}
}

// The vector was made by another program, which shifts one big number.
func TestAnchorVector(t *testing.T) {
	got := words.Anchor(sha256.Sum256([]byte("bailiff")))
	if want := "tomate-boxeur-aimable-evolutif-tolerant-saboter-capuche-anodin-oculaire-bonus-noisette-subvenir"; got != want {
		t.Errorf("words %s, want %s", got, want)
	}
}

func TestEncodeTakesBitsFromTheFront(t *testing.T) {
	// 33 bits 00000000000 00000000001 11111111111, then bits that do not count.
	bits := []byte{0x00, 0x00, 0x07, 0xff, 0xd5}
	all := list(t)
	if got, want := words.Encode(bits, 3), all[0]+"-"+all[1]+"-"+all[2047]; got != want {
		t.Errorf("words %s, want %s", got, want)
	}
	if got := words.Encode(nil, 0); got != "" {
		t.Errorf("no words are %q", got)
	}
}

func TestEveryWordIsReachedByItsNumber(t *testing.T) {
	for i, w := range list(t) {
		if got := words.Encode([]byte{byte(i >> 3), byte(i << 5)}, 1); got != w {
			t.Fatalf("word %d is %s, want %s", i, got, w)
		}
	}
}

func TestRandomSpellsTheBitsItReads(t *testing.T) {
	bits := bytes.Repeat([]byte{0xa5, 0x0f, 0x31}, 40)
	for _, n := range []int{1, 8, 64} {
		got, err := words.Random(bytes.NewReader(bits), n)
		if err != nil {
			t.Fatal(err)
		}
		if want := words.Encode(bits, n); string(got.Expose()) != want {
			t.Errorf("%d words differ from those of the same bits", n)
		}
		got.Wipe()
	}
}

func TestRandomRefuses(t *testing.T) {
	for _, n := range []int{-1, 0, 65} {
		if w, err := words.Random(bytes.NewReader(make([]byte, 200)), n); w != nil || !errors.Is(err, words.ErrCount) {
			t.Errorf("%d words: %v", n, err)
		}
	}
	if w, err := words.Random(bytes.NewReader(make([]byte, 10)), 8); w != nil || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("from too few bits: %v", err)
	}
}

func TestNormalize(t *testing.T) {
	const want = "abaisser-abandon-zoologie"
	for _, typed := range []string{
		want, "ABAISSER Abandon zoologie", "  abaisser\tabandon \n zoologie\r\n", "abaisser - abandon--zoologie",
		"abai-aban-zool", "abais aband zoologi", "abaìsser abandon zoölogie", "abaisser\u00a0abandon\u202fzoologie",
		"abaisser–abandon—zoologie", "abaisser\u2011abandon\u2212zoologie", "abaisser,abandon;zoologie.", "1. abaisser 2. abandon 3. zoologie",
		"« abaisser », “abandon” 'zoologie'", "\ufeffabaisser/abandon·zoologie", "abaisser\u00adabandon\u200bzoologie", "abaisser\x00abandon\xffzoologie",
		"ａｂａｉｓｓｅｒ abandon zoologie", "abaisserʼabandonʼzoologie",
	} {
		if got, err := words.Normalize(typed); err != nil || got != want {
			t.Errorf("%q became %q, %v", typed, got, err)
		}
	}
}

func TestNormalizeNamesTheUnknownWord(t *testing.T) {
	for typed, object := range map[string]string{
		"abaisser abandonn zoologie": "word 2",
		"abaisser abandon zoo":       "word 3",
		"aba":                        "word 1",
		"abaisser zzzzz":             "word 2",
		"abaisser \x1b[31mabandon":   "word 2",
		"abaisser aban\u200bdon":     "word 3",
		"abaisser abandonner":        "word 2",
		"abandоn":                    "word 1", // a Cyrillic o
	} {
		got, err := words.Normalize(typed)
		if got != "" || !errors.Is(err, words.ErrUnknownWord) || !slices.Equal(fault.Objects(err), []string{object}) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	if _, err := words.Normalize(" -- "); !errors.Is(err, words.ErrNoWords) {
		t.Errorf("nothing typed: %v", err)
	}
	if _, err := words.Normalize(strings.Repeat("a", 1025)); !errors.Is(err, words.ErrTooLong) {
		t.Errorf("too much typed: %v", err)
	}
}

// TestCountIsSaidFirst: a word too few or too many is a slip, and no reason to look at the others.
func TestCountIsSaidFirst(t *testing.T) {
	eleven := strings.Repeat("abaisser-", 10) + "zzzz"
	for typed, object := range map[string]string{
		eleven: "words 11", eleven + " zzzz zzzz": "words 13", "a": "words 1",
	} {
		got, err := words.NormalizeAnchor(typed)
		if got != "" || !errors.Is(err, words.ErrNotTwelve) || !slices.Equal(fault.Objects(err), []string{object}) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	if _, err := words.NormalizeAnchor(eleven + " zzzz"); !errors.Is(err, words.ErrUnknownWord) {
		t.Errorf("twelve, some of which are none: %v", err)
	}
	want := words.Anchor(sha256.Sum256([]byte("bailiff")))
	if got, err := words.NormalizeAnchor(strings.ReplaceAll(want, "-", "\u2212")); err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := words.NormalizeAnchor("–"); !errors.Is(err, words.ErrNoWords) {
		t.Errorf("no word: %v", err)
	}
}

// TestLigaturesAreLetters: a word processor writes some letters as one.
func TestLigaturesAreLetters(t *testing.T) {
	for typed, want := range map[string]string{"\ufb01gure": "figure", "mœlleux": "moelleux", "ærer": "aerer"} {
		if got, err := words.Normalize(typed); err != nil || got != want {
			t.Errorf("%q became %q, %v", typed, got, err)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	f.Add("abaisser-abandon-zoologie")
	f.Add(" ABAI  Zoö\u0308l ")
	f.Add("İstanbul")
	f.Fuzz(func(t *testing.T, typed string) {
		defer fuzztest.Bounded(t, 64*len(typed))()
		got, err := words.Normalize(typed)
		if err != nil {
			if got != "" {
				t.Fatalf("%q beside %v", got, err)
			}
			return
		}
		again, err := words.Normalize(got)
		if err != nil && !errors.Is(err, words.ErrTooLong) || err == nil && again != got {
			t.Fatalf("%q became %q, then %q, %v", typed, got, again, err)
		}
	})
}

func FuzzEncode(f *testing.F) {
	f.Add(make([]byte, 32))
	f.Add(bytes.Repeat([]byte{0xff}, 17))
	f.Fuzz(func(t *testing.T, bits []byte) {
		defer fuzztest.Bounded(t, 64*len(bits))()
		n := min(len(bits)*8/words.Bits, 64)
		if n == 0 {
			return
		}
		text := words.Encode(bits, n)
		if got, err := words.Normalize(text); err != nil || got != text {
			t.Fatalf("%q became %q, %v", text, got, err)
		}
	})
}
