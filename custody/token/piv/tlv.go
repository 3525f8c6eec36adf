package piv

import "fmt"

// The tags of what this package reads and writes itself (SP 800-73-4 part 1 §3, Yubico's extensions
// to the applet, and ykman's note on the management key).
const (
	tagObject      = 0x53
	tagCertificate = 0x70
	tagCertInfo    = 0x71
	tagCertCheck   = 0xfe
	tagProtected   = 0x88 // in 5fc109
	tagKey         = 0x89
	tagNote        = 0x80 // in 5fff00
	tagNoteFlags   = 0x81
)

// next reads one BER-TLV element with a tag of one byte and a definite length of at most two.
func next(b []byte) (tag byte, value, rest []byte, err error) {
	if len(b) < 2 {
		return 0, nil, nil, fmt.Errorf("%w: cut short", ErrAnswer)
	}
	tag, n, b := b[0], int(b[1]), b[2:]
	switch {
	case n < 0x80:
	case n == 0x81 && len(b) >= 1:
		n, b = int(b[0]), b[1:]
	case n == 0x82 && len(b) >= 2:
		n, b = int(b[0])<<8|int(b[1]), b[2:]
	default:
		return 0, nil, nil, fmt.Errorf("%w: a length it cannot have", ErrAnswer)
	}
	if n > len(b) {
		return 0, nil, nil, fmt.Errorf("%w: cut short", ErrAnswer)
	}
	return tag, b[:n], b[n:], nil
}

// element returns the value of the one element that b begins with, which has that tag.
func element(b []byte, tag byte) ([]byte, error) {
	got, value, _, err := next(b)
	if err == nil && got != tag {
		err = fmt.Errorf("%w: %02x where %02x should be", ErrAnswer, got, tag)
	}
	if err != nil {
		return nil, err
	}
	return value, nil
}

// elements reads elements up to the end. Of a tag that comes twice the last counts.
func elements(b []byte) (map[byte][]byte, error) {
	all := map[byte][]byte{}
	for len(b) > 0 {
		tag, value, rest, err := next(b)
		if err != nil {
			return nil, err
		}
		all[tag], b = value, rest
	}
	return all, nil
}

// appendElement appends one element with the shortest length.
func appendElement(b []byte, tag byte, value []byte) []byte {
	b = append(b, tag)
	switch n := len(value); {
	case n < 0x80:
		b = append(b, byte(n))
	case n < 0x100:
		b = append(b, 0x81, byte(n))
	default:
		b = append(b, 0x82, byte(n>>8), byte(n))
	}
	return append(b, value...)
}
