// Package share splits the data key of one private key between the custodians and puts it
// together again.
//
// Shamir's scheme over GF(2^8), reduction polynomial x^8+x^4+x^3+x+1 (0x11b): each of the 32 bytes
// of the data key is the constant term of a random polynomial of degree k−1 of its own; a share is
// a coordinate x, 1 to 255, and the 32 values y at x. The arithmetic is that of
// github.com/hashicorp/vault/shamir, which checks nothing: k−1 shares, an altered share or one at
// x = 0 combine there without an error. This package adds what is missing: bounds, distinct x and
// custodians, a binding of the share to vault, batch, key, custodian, x, k and n, and a commitment
// to all of it, so that a wrong share is named and not only noticed.
//
// The share is sealed as a record (docs/formats.md, "Share"), which exists only in locked memory:
//
//	bailiff-share/1
//	vault: 5f0c4a0d1e2f30415263748596a7b8c9
//	batch: b20261121-7f3a9c
//	key: 0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c
//	custodian: c03
//	x: 217
//	threshold: 3
//	custodians: 5
//	share: 64 hexadecimal digits, y
//
// Were this package wrong, one custodian could spoil every opening without being named, or fewer
// than k of them could open a key.
package share

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strconv"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
)

// Size is the length in bytes of a data key, and of the y of a share.
const Size = 32

// MaxCustodians is the largest n (docs/formats.md, "Policy").
const MaxCustodians = 16

// The ways in which shares are refused. The error that wraps one names the custodian where there
// is one to name.
var (
	ErrSize        = errors.New("share: the secret is not of 32 bytes")
	ErrThreshold   = errors.New("share: not 2 ≤ k ≤ n ≤ 16 with 2k > n")
	ErrX           = errors.New("share: x is 0")
	ErrDuplicate   = errors.New("share: the same x or the same custodian twice")
	ErrTooFew      = errors.New("share: fewer shares than the threshold")
	ErrForeign     = errors.New("share: of another vault, batch or key")
	ErrWrongShare  = errors.New("share: wrong share, it is not the one committed to")
	ErrUncommitted = errors.New("share: no commitment to a share of this custodian")
	ErrRecord      = errors.New("share: not a share record")
)

// Binding says what a share belongs to.
type Binding struct {
	Vault     string // 32 hexadecimal digits
	Batch     string // such as b20261121-7f3a9c
	Key       string // fingerprint of the private key's primary key, 40 or 64 hexadecimal digits
	Custodian string // such as c03

	X          uint8 // 1 to 255, drawn at random, distinct within a key; no custodian's number
	Threshold  uint8 // k
	Custodians uint8 // n
}

// Share is one custodian's share of one data key.
type Share struct {
	Binding
	Y *secret.Bytes // Size bytes
}

// Wipe erases the secret part.
func (s *Share) Wipe() { s.Y.Wipe() }

// check reports whether the binding is well formed.
func (b *Binding) check() error {
	if err := checkThreshold(int(b.Threshold), int(b.Custodians)); err != nil {
		return err
	}
	if b.X == 0 {
		return ErrX
	}
	if err := keyvalue.CheckVaultID(b.Vault); err != nil {
		return err
	}
	if err := keyvalue.CheckBatchID(b.Batch); err != nil {
		return err
	}
	if err := keyvalue.CheckFingerprint(b.Key); err != nil {
		return err
	}
	return keyvalue.CheckCustodian(b.Custodian)
}

func checkThreshold(k, n int) error {
	if k < 2 || k > n || n > MaxCustodians || 2*k <= n {
		return ErrThreshold
	}
	return nil
}

// sameKey reports whether the two bind to one splitting of one data key.
func (b *Binding) sameKey(o *Binding) bool {
	return b.Vault == o.Vault && b.Batch == o.Batch && b.Key == o.Key &&
		b.Threshold == o.Threshold && b.Custodians == o.Custodians
}

// Commitment is the SHA-256 that stands for the share in records.txt (docs/formats.md, "Share"). It
// hides the share, whose y has 256 bits of entropy.
func (s *Share) Commitment() (sum [32]byte) {
	secret.Do(func() { sum = s.commitment() })
	return sum
}

func (s *Share) commitment() (sum [32]byte) {
	h := sha256.New()
	for _, field := range [][]byte{
		[]byte("bailiff-commitment/1"), []byte(s.Vault), []byte(s.Batch), []byte(s.Key), []byte(s.Custodian),
		{s.X, s.Threshold, s.Custodians}, s.Y.Expose(),
	} {
		var length [4]byte
		binary.BigEndian.PutUint32(length[:], uint32(len(field)))
		h.Write(length[:])
		h.Write(field)
	}
	h.Sum(sum[:0])
	h.Reset()
	return sum
}

// Verify reports whether s is the share that commitment stands for: ErrWrongShare, naming the
// custodian, when it is not.
func (s *Share) Verify(commitment [32]byte) error {
	sum := s.Commitment()
	if s.Y.Len() != Size || subtle.ConstantTimeCompare(sum[:], commitment[:]) != 1 {
		return fault.At(s.Custodian, ErrWrongShare)
	}
	return nil
}

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
