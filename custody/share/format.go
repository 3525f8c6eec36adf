package share

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

const formatName = "bailiff-share/1\n"

// maxRecord bounds a share record in bytes: with the longest of every field it has 302.
const maxRecord = 512

// Format returns the record bailiff-share/1 of a share that Split or Parse made. It is secret text:
// y stands in it in hexadecimal.
func (s *Share) Format() *secret.Bytes {
	head := s.head()
	out := secret.New(len(head) + 2*Size + 1)
	secret.Do(func() {
		b := out.Expose()
		n := copy(b, head)
		n += hex.Encode(b[n:], s.Y.Expose())
		b[n] = '\n'
	})
	return out
}

// head is the public part of the record, up to the digits of y.
func (s *Share) head() []byte {
	b := make([]byte, 0, maxRecord)
	b = append(b, formatName...)
	b = append(append(append(b, "vault: "...), s.Vault...), '\n')
	b = append(append(append(b, "batch: "...), s.Batch...), '\n')
	b = append(append(append(b, "key: "...), s.Key...), '\n')
	b = append(append(append(b, "custodian: "...), s.Custodian...), '\n')
	b = append(strconv.AppendUint(append(b, "x: "...), uint64(s.X), 10), '\n')
	b = append(strconv.AppendUint(append(b, "threshold: "...), uint64(s.Threshold), 10), '\n')
	b = append(strconv.AppendUint(append(b, "custodians: "...), uint64(s.Custodians), 10), '\n')
	return append(b, "share: "...)
}

// Parse reads the record bailiff-share/1, which has one encoding. ErrRecord, naming the field, stands for
// every departure from it; ErrX and ErrThreshold for values out of bounds. It leaves text as it is and never
// copies the digits of y outside locked memory.
func Parse(text *secret.Bytes) (*Share, error) {
	var s *Share
	var err error
	secret.Do(func() { s, err = parse(text.Expose()) })
	return s, err
}

func parse(b []byte) (*Share, error) {
	rest, ok := bytes.CutPrefix(b, []byte(formatName))
	if !ok || len(b) > maxRecord {
		return nil, ErrRecord
	}
	s := new(Share)
	for _, f := range []struct {
		key  string
		text *string
		num  *uint8
	}{
		{"vault", &s.Vault, nil}, {"batch", &s.Batch, nil}, {"key", &s.Key, nil},
		{"custodian", &s.Custodian, nil}, {"x", nil, &s.X}, {"threshold", nil, &s.Threshold},
		{"custodians", nil, &s.Custodians},
	} {
		var value []byte
		if value, rest, ok = cutField(rest, f.key); !ok {
			return nil, fault.At(f.key, ErrRecord)
		}
		if f.num == nil {
			*f.text = string(value)
		} else if *f.num, ok = parseNumber(value); !ok {
			return nil, fault.At(f.key, ErrRecord)
		}
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	digits, ok := bytes.CutPrefix(rest, []byte("share: "))
	if !ok || len(digits) != 2*Size+1 || digits[2*Size] != '\n' {
		return nil, fault.At("share", ErrRecord)
	}
	if s.Y, ok = parseDigits(digits[:2*Size]); !ok {
		return nil, fault.At("share", ErrRecord)
	}
	return s, nil
}

// cutField takes the line `key: value` off b. What value may be is for the caller to check.
func cutField(b []byte, key string) (value, rest []byte, ok bool) {
	b, ok = bytes.CutPrefix(b, []byte(key+": "))
	if !ok {
		return nil, nil, false
	}
	return bytes.Cut(b, []byte{'\n'})
}

// parseNumber reads 0 to 255 in decimal without a leading zero.
func parseNumber(b []byte) (uint8, bool) {
	if len(b) == 0 || len(b) > 3 || len(b) > 1 && b[0] == '0' {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return uint8(n), n <= 255
}

// parseDigits reads Size bytes in lower-case hexadecimal.
func parseDigits(b []byte) (*secret.Bytes, bool) {
	if bytes.ContainsAny(b, "ABCDEF") {
		return nil, false
	}
	y := secret.New(Size)
	if _, err := hex.Decode(y.Expose(), b); err != nil {
		y.Wipe()
		return nil, false
	}
	return y, true
}
