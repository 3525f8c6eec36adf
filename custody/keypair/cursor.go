package keypair

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// cursor reads one encoding. After the first thing that is not as it must be, bad stays set.
type cursor struct {
	b   []byte
	bad bool
}

// expect reads exactly want.
func (c *cursor) expect(want ...byte) {
	rest, ok := bytes.CutPrefix(c.b, want)
	c.b, c.bad = rest, c.bad || !ok
}

// take reads n bytes; n zeros stand for them when there are fewer.
func (c *cursor) take(n int) []byte {
	if len(c.b) < n {
		c.bad = true
		return make([]byte, n)
	}
	b := c.b[:n]
	c.b = c.b[n:]
	return b
}

// packet reads a packet whose length is written in the shortest form (RFC 9580 §4.2.1) and returns a
// cursor over its body.
func (c *cursor) packet(tag byte) cursor {
	c.expect(tag)
	n, least := int(c.take(1)[0]), 0
	switch {
	case n == 255:
		n, least = int(binary.BigEndian.Uint32(c.take(4))), 8384
	case n >= 224:
		c.bad = true // a partial length
	case n >= 192:
		n = (n-192)<<8 + int(c.take(1)[0]) + 192
	}
	if n < least || n > len(c.b) {
		c.bad = true
		return cursor{bad: true}
	}
	return cursor{b: c.take(n)}
}

// number reads a multiprecision integer (RFC 9580 §3.2) in its only form into all of into, big-endian.
func (c *cursor) number(into []byte) {
	head := c.take(2)
	size := int(head[0])<<8 | int(head[1])
	n := (size + 7) / 8
	if n > len(into) {
		c.bad = true
		return
	}
	b := c.take(n)
	if n > 0 && 8*(n-1)+bits.Len8(b[0]) != size {
		c.bad = true
	}
	clear(into)
	copy(into[len(into)-n:], b)
}

// done reports whether everything was as it must be and nothing is left.
func (c *cursor) done() bool { return !c.bad && len(c.b) == 0 }

// integer reads a multiprecision integer (RFC 9580 §3.2) in its only form and returns its octets.
func (c *cursor) integer() []byte {
	size := int(binary.BigEndian.Uint16(c.take(2)))
	n := (size + 7) / 8
	if n == 0 || n > len(c.b) || 8*(n-1)+bits.Len8(c.b[0]) != size {
		c.bad = true
		return nil
	}
	return c.take(n)
}
