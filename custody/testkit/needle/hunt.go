package needle

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// window is the size in bytes of the pieces by which a secret is recognised: half of a key, or eight
// bytes of it in hexadecimal. What is shorter is recognised as a whole; head is the least.
//
// By chance a piece of a key stands at one place in 2^64 at most, where all text is hexadecimal; eight letters of a PIN stand at
// one place in 2^48 of text in base64, and in 2^64 of bytes. With some thousand pieces and ten million places that is one
// false alarm in 2^29 runs, and in 2^22 for the PINs if all that is written were base64.
const window, head = 16, 8

// Hunt looks for many secrets at once: each place of a text costs one look at a table of bits.
type Hunt struct {
	Needles []Needle // what it looks for; not to be altered
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

// NewHunt prepares to look for secrets of eight bytes or more; it panics at shorter ones.
func NewHunt(needles []Needle) *Hunt {
	h := &Hunt{Needles: needles, seen: make([]uint64, 1<<(seenBits-6)), pieces: map[uint64][]piece{}}
	for i, n := range needles {
		for _, f := range Forms(n.Value) {
			for _, text := range cut(f.Text) {
				begin := binary.LittleEndian.Uint64(text)
				bit := hashOf(begin)
				h.seen[bit>>6] |= 1 << (bit & 63)
				h.pieces[begin] = append(h.pieces[begin], piece{i, f.Name, text})
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

// Hit is a place where a part of a secret stands.
type Hit struct {
	*Needle
	Form string // see [Form]
}

// Search returns all places in text where a part of a secret stands, 16 bytes of one of its forms or all of it.
func (h *Hunt) Search(text []byte) (out []Hit) {
	for at := 0; at+head <= len(text); at++ {
		begin := binary.LittleEndian.Uint64(text[at:])
		bit := hashOf(begin)
		if h.seen[bit>>6]&(1<<(bit&63)) == 0 {
			continue
		}
		for _, p := range h.pieces[begin] {
			if bytes.HasPrefix(text[at:], p.text) {
				out = append(out, Hit{&h.Needles[p.needle], p.form})
			}
		}
	}
	return out
}
