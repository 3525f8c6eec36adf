package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// needle is a secret to look for; the first word of its name is its kind.
type needle struct {
	name  string
	value []byte
}

func (n *needle) kind() string { return strings.Fields(n.name)[0] }

// window is the size in bytes of the pieces by which a secret is recognised: half of a key, or eight
// bytes of it in hexadecimal. What is shorter is recognised as a whole; head is the least.
const window, head = 16, 8

// hunt looks for many secrets at once: each place of a text costs one look at a table of bits.
type hunt struct {
	needles []needle
	seen    []uint64 // a bit for each value that the first eight bytes of a piece are hashed to
	pieces  map[uint64][]piece
}

// piece is a part of a secret in one way of writing it.
type piece struct {
	needle int
	form   string
	text   []byte
}

const seenBits = 21

func newHunt(needles []needle) *hunt {
	h := &hunt{needles: needles, seen: make([]uint64, 1<<(seenBits-6)), pieces: map[uint64][]piece{}}
	for i, n := range needles {
		for _, f := range formsOf(n.value) {
			for _, text := range cut(f.text) {
				begin := binary.LittleEndian.Uint64(text)
				bit := hashOf(begin)
				h.seen[bit>>6] |= 1 << (bit & 63)
				h.pieces[begin] = append(h.pieces[begin], piece{i, f.name, text})
			}
		}
	}
	return h
}

func hashOf(begin uint64) uint64 { return begin * 0x9e3779b97f4a7c15 >> (64 - seenBits) }

// cut returns the pieces of a text, one every eight bytes.
func cut(text []byte) (out [][]byte) {
	if len(text) < head {
		panic(fmt.Sprintf("%d bytes are too few to be looked for", len(text)))
	}
	for from := 0; from == 0 || from+window <= len(text); from += head {
		out = append(out, text[from:min(from+window, len(text))])
	}
	return out
}

// written is one way of writing a secret down.
type written struct {
	name string
	text []byte
}

// formsOf are the ways in which a secret may stand somewhere. In base64 what stands before it decides
// where its bytes fall; only those characters count that its own bytes alone decide.
func formsOf(value []byte) []written {
	out := []written{
		{"raw", value},
		{"hex", []byte(hex.EncodeToString(value))},
		{"HEX", bytes.ToUpper([]byte(hex.EncodeToString(value)))},
	}
	for skip := range 3 {
		whole := value[skip : skip+(len(value)-skip)/3*3]
		std, url := base64.RawStdEncoding.EncodeToString(whole), base64.RawURLEncoding.EncodeToString(whole)
		out = append(out, written{"base64", []byte(std)})
		if url != std {
			out = append(out, written{"base64url", []byte(url)})
		}
	}
	return out
}

// hit is a place where a part of a secret stands.
type hit struct {
	needle int
	form   string
	at     int // in what was searched
}

// search returns all places in text where a part of a secret stands.
func (h *hunt) search(text []byte) (out []hit) {
	for at := 0; at+head <= len(text); at++ {
		begin := binary.LittleEndian.Uint64(text[at:])
		bit := hashOf(begin)
		if h.seen[bit>>6]&(1<<(bit&63)) == 0 {
			continue
		}
		for _, p := range h.pieces[begin] {
			if bytes.HasPrefix(text[at:], p.text) {
				out = append(out, hit{p.needle, p.form, at})
			}
		}
	}
	return out
}

// finding is a secret that was found, in one form in one place.
type finding struct {
	kind, name, form, where string
	live                    bool // in the locked memory that holds secrets in use
}

// kindsOf counts the findings of each kind.
func kindsOf(found []finding) map[string]int {
	out := map[string]int{}
	for _, f := range found {
		out[f.kind]++
	}
	return out
}

// describe lists findings for a person, without repeating those that differ in their address only.
func describe(found []finding) string {
	lines := map[string]int{}
	for _, f := range found {
		lines[fmt.Sprintf("%s: %s in %s", f.name, f.form, f.where)]++
	}
	var out []string
	for line, n := range lines {
		out = append(out, fmt.Sprintf("\t%s (%d)", line, n))
	}
	slices.Sort(out)
	if len(out) > 40 {
		out = append(out[:40], fmt.Sprintf("\tand %d more", len(out)-40))
	}
	return strings.Join(out, "\n")
}
