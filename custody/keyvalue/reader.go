package keyvalue

import "time"

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
