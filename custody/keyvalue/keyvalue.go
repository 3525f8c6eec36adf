// Package keyvalue reads and writes strict `key: value` text, the form of most small files here.
//
//	bailiff-anchor/1
//	vault: 5f0c4a…
//	mode: rehearsal
//
// The first line names the format; each further line is a key, a colon, one space and a value.
// The order of the fields is fixed by the format that uses it, so that a given content
// has one encoding: [Format] writes it and a [Reader] refuses every other: see docs/formats.md.
//
// Were this package lax, an attacker could make two readers see different things in one signed
// or hashed file: a repeated field, an unknown one, a line hidden behind a control character.
package keyvalue

import (
	"bytes"
	"cmp"
	"errors"
	"strings"
	"time"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
)

// Bounds, checked before anything is built from the input.
const (
	MaxSize  = 1 << 20 // bytes in a text
	MaxValue = 1 << 16 // bytes in a value
	maxKey   = 40      // bytes in a key
)

// The ways in which a text can be refused. The error that wraps one names the key or the line.
var (
	ErrTooLarge  = errors.New("keyvalue: larger than 1 MiB")
	ErrFormat    = errors.New("keyvalue: the first line is not the expected format name")
	ErrLine      = errors.New("keyvalue: a line is not of the form key: value")
	ErrFinalLine = errors.New("keyvalue: the last line does not end in LF")
	ErrMissing   = errors.New("keyvalue: a field is missing or out of place")
	ErrTrailing  = errors.New("keyvalue: a field is unknown, repeated or out of place")
	ErrValue     = errors.New("keyvalue: the value is not of the form this field takes")
)

// Field is one line of a text.
type Field struct {
	Key   string // a–z, 0–9 and hyphens, first a letter
	Value string // 1 to MaxValue bytes that pass [CheckText]
}

// Format returns the only encoding of the fields, in the order given. It fails when a key or
// a value could not be read back.
func Format(format string, fields []Field) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(format)
	b.WriteByte('\n')
	for _, f := range fields {
		if err := checkField(f.Key, f.Value); err != nil {
			return nil, err
		}
		b.WriteString(f.Key)
		b.WriteString(": ")
		b.WriteString(f.Value)
		b.WriteByte('\n')
	}
	if b.Len() > MaxSize {
		return nil, ErrTooLarge
	}
	return b.Bytes(), nil
}

// FormatAs is [Format] of what parse accepts: it fails with the error of parse when that could not read the text back.
func FormatAs[T any](format string, fields []Field, parse func([]byte) (T, error)) ([]byte, error) {
	data, err := Format(format, fields)
	if err == nil {
		_, err = parse(data)
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// Reader hands out the fields of a text in order. Its methods do not fail one by one: the
// first error is kept, later calls return zero values, and [Reader.Close] returns it.
type Reader struct {
	fields []Field
	next   int
	err    error
}

// Parse splits data into fields and checks all that does not depend on which fields they are. A
// text that a program saved in a form of its own is told as that (see package encoding).
func Parse(format string, data []byte) (*Reader, error) {
	if len(data) > MaxSize {
		return nil, ErrTooLarge
	}
	head, rest, ok := strings.Cut(string(data), "\n")
	if head != format {
		return nil, cmp.Or(encoding.Text(data), ErrFormat)
	}
	if !ok || rest != "" && !strings.HasSuffix(rest, "\n") {
		return nil, ErrFinalLine
	}
	r := &Reader{fields: make([]Field, 0, strings.Count(rest, "\n"))}
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, ErrLine
		}
		if err := checkField(key, value); err != nil {
			return nil, err
		}
		r.fields = append(r.fields, Field{key, value})
	}
	return r, nil
}

func checkField(key, value string) error {
	if !isKey(key) {
		return ErrLine
	}
	return fault.At(key, CheckText(value))
}

func isKey(s string) bool {
	return len(s) > 0 && len(s) <= maxKey && s[0] >= 'a' && s[0] <= 'z' && isPlain(s)
}

// isPlain reports whether s is of a–z, 0–9 and hyphens.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// Next returns the key of the field to come, or "" at the end.
func (r *Reader) Next() string {
	if r.err != nil || r.next == len(r.fields) {
		return ""
	}
	return r.fields[r.next].Key
}

// Optional returns the value of the next field when it has that key.
func (r *Reader) Optional(key string) (string, bool) {
	if r.Next() != key {
		return "", false
	}
	r.next++
	return r.fields[r.next-1].Value, true
}

// One returns the value of the next field, which must have that key.
func (r *Reader) One(key string) string {
	v, ok := r.Optional(key)
	if !ok {
		r.Fail(key, ErrMissing)
	}
	return v
}

// Many returns the values of the next fields that have that key, possibly none.
func (r *Reader) Many(key string) []string {
	var out []string
	for {
		v, ok := r.Optional(key)
		if !ok {
			return out
		}
		out = append(out, v)
	}
}

// Fail keeps err, with the key's name, when no error is kept yet.
func (r *Reader) Fail(key string, err error) {
	if r.err == nil && err != nil {
		r.err = fault.At(key, err)
	}
}

// Close returns the first error, or [ErrTrailing] when fields are left.
func (r *Reader) Close() error {
	if r.err == nil && r.next < len(r.fields) {
		r.err = fault.At(r.fields[r.next].Key, ErrTrailing)
	}
	return r.err
}

// Fields makes fields of alternating keys and values.
func Fields(keysAndValues ...string) []Field {
	out := make([]Field, 0, len(keysAndValues)/2)
	for i := 0; i+1 < len(keysAndValues); i += 2 {
		out = append(out, Field{Key: keysAndValues[i], Value: keysAndValues[i+1]})
	}
	return out
}

// Uint reads a number field of at most max.
func (r *Reader) Uint(key string, max uint64) uint64 {
	return typed(r, key, func(s string) (uint64, error) { return Uint(s, max) })
}

// Int reads a count of at most max.
func (r *Reader) Int(key string, max int) int { return int(r.Uint(key, uint64(max))) }

// Hex reads a field of n bytes in hexadecimal.
func (r *Reader) Hex(key string, n int) []byte {
	return typed(r, key, func(s string) ([]byte, error) { return Hex(s, n) })
}

// Time reads a time field.
func (r *Reader) Time(key string) time.Time { return typed(r, key, Time) }

// Digest reads a digest field.
func (r *Reader) Digest(key string) [32]byte { return typed(r, key, Digest) }

// KeyNumber reads a key-number field.
func (r *Reader) KeyNumber(key string) int { return typed(r, key, KeyNumber) }

// Checked reads a field whose value must pass check.
func (r *Reader) Checked(key string, check func(string) error) string {
	return typed(r, key, func(s string) (string, error) { return s, check(s) })
}

func typed[T any](r *Reader, key string, parse func(string) (T, error)) (value T) {
	s := r.One(key)
	if r.err != nil {
		return value
	}
	v, err := parse(s)
	if err != nil {
		r.Fail(key, err)
		return value
	}
	return v
}
