package virtual

import (
	"encoding/binary"
	"errors"
)

// errLength refuses an APDU whose length fields disagree with its length.
var errLength = errors.New("virtual: not an APDU")

// command is a command APDU (ISO/IEC 7816-4, section 5.1).
type command struct {
	cla, ins, p1, p2 byte
	body             []byte // at most 65,535 bytes
	le               int    // 0: none; else 1 to 256, or 1 to 65,536 when extended
	extended         bool
}

const (
	maxShort    = 256
	maxExtended = 65536
)

// parseCommand reads a command APDU; its body is part of b.
func parseCommand(b []byte) (command, error) {
	if len(b) < 4 {
		return command{}, errLength
	}
	c := command{cla: b[0], ins: b[1], p1: b[2], p2: b[3]}
	rest := b[4:]
	switch {
	case len(rest) == 0:
		return c, nil
	case len(rest) == 1:
		c.le = length(int(rest[0]), maxShort)
		return c, nil
	case rest[0] != 0:
		return c.short(int(rest[0]), rest[1:])
	default:
		return c.long(rest[1:])
	}
}

func (c command) short(lc int, rest []byte) (command, error) {
	switch len(rest) {
	case lc:
	case lc + 1:
		c.le = length(int(rest[lc]), maxShort)
	default:
		return command{}, errLength
	}
	c.body = rest[:lc]
	return c, nil
}

func (c command) long(rest []byte) (command, error) {
	c.extended = true
	if len(rest) < 2 {
		return command{}, errLength
	}
	n := int(binary.BigEndian.Uint16(rest))
	rest = rest[2:]
	switch {
	case len(rest) == 0:
		c.le = length(n, maxExtended)
		return c, nil
	case n == 0:
		return command{}, errLength
	case len(rest) == n:
	case len(rest) == n+2:
		c.le = length(int(binary.BigEndian.Uint16(rest[n:])), maxExtended)
	default:
		return command{}, errLength
	}
	c.body = rest[:n]
	return c, nil
}

// length reads a field Le, in which zero stands for the maximum.
func length(n, most int) int {
	if n == 0 {
		return most
	}
	return n
}

// bytes returns the APDU: the inverse of parseCommand.
func (c command) bytes() []byte {
	b := []byte{c.cla, c.ins, c.p1, c.p2}
	if c.extended {
		b = append(b, 0)
		if len(c.body) > 0 {
			b = binary.BigEndian.AppendUint16(b, uint16(len(c.body)))
			b = append(b, c.body...)
		}
		if c.le > 0 {
			b = binary.BigEndian.AppendUint16(b, uint16(c.le))
		}
		return b
	}
	if len(c.body) > 0 {
		b = append(append(b, byte(len(c.body))), c.body...)
	}
	if c.le > 0 {
		b = append(b, byte(c.le))
	}
	return b
}
