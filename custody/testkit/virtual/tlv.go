package virtual

import "errors"

// errTLV refuses what is not a sequence of BER-TLV objects in their shortest form.
var errTLV = errors.New("virtual: not a TLV object")

// tlv is one object: a tag of one or two bytes, a length below 65,536, a value (SP 800-73-4
// part 1, section 3; ISO/IEC 8825-1 with definite, minimal lengths).
type tlv struct {
	tag   uint16
	value []byte
}

// parseTLV reads objects that follow each other, to the last byte. The values are parts of b.
func parseTLV(b []byte) ([]tlv, error) {
	var all []tlv
	for len(b) > 0 {
		one, rest, err := nextTLV(b)
		if err != nil {
			return nil, err
		}
		all, b = append(all, one), rest
	}
	return all, nil
}

func nextTLV(b []byte) (one tlv, rest []byte, err error) {
	one.tag, b = uint16(b[0]), b[1:]
	if one.tag&0x1f == 0x1f {
		if len(b) == 0 || b[0] < 0x1f || b[0] > 0x7f {
			return tlv{}, nil, errTLV
		}
		one.tag, b = one.tag<<8|uint16(b[0]), b[1:]
	}
	if len(b) == 0 {
		return tlv{}, nil, errTLV
	}
	n, b := int(b[0]), b[1:]
	switch {
	case n < 0x80:
	case n == 0x81 && len(b) >= 1 && b[0] >= 0x80:
		n, b = int(b[0]), b[1:]
	case n == 0x82 && len(b) >= 2 && b[0] > 0:
		n, b = int(b[0])<<8|int(b[1]), b[2:]
	default:
		return tlv{}, nil, errTLV
	}
	if n > len(b) {
		return tlv{}, nil, errTLV
	}
	one.value = b[:n]
	return one, b[n:], nil
}

// appendTLV appends one object.
func appendTLV(b []byte, tag uint16, value []byte) []byte {
	if tag > 0xff {
		b = append(b, byte(tag>>8))
	}
	b = append(b, byte(tag))
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

// object returns one object that holds others, or plain bytes.
func object(tag uint16, value []byte) []byte { return appendTLV(nil, tag, value) }

// value returns the value of the first object with a tag.
func value(all []tlv, tag uint16) ([]byte, bool) {
	for _, t := range all {
		if t.tag == tag {
			return t.value, true
		}
	}
	return nil, false
}

// within reads the objects inside of the one object, with that tag, that b is.
func within(b []byte, tag uint16) ([]tlv, error) {
	all, err := parseTLV(b)
	if err != nil {
		return nil, err
	}
	if len(all) != 1 || all[0].tag != tag {
		return nil, errTLV
	}
	return parseTLV(all[0].value)
}
