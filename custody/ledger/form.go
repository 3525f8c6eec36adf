package ledger

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"bailiff/custody/keyvalue"
)

// form carries the fields of an act out of a record or into one, so that each kind states its fields once. What is written may
// be wrong and is read back before it is used ([Entry.Format]).
type form struct {
	from  *keyvalue.Reader // where the act is read from; nil when it is written
	lines []keyvalue.Field // those written so far
}

// field reads or writes one field. A value that is not of the field's form is kept by the reader as an error.
func field[T any](f *form, key string, v *T, parse func(string) (T, error), format func(T) string) {
	if f.from == nil {
		f.lines = append(f.lines, keyvalue.Field{Key: key, Value: format(*v)})
		return
	}
	f.from.Checked(key, func(s string) (err error) {
		*v, err = parse(s)
		return err
	})
}

// text is a field whose value stands as it is.
func (f *form) text(key string, v *string, check func(string) error) {
	same := func(s string) string { return s }
	field(f, key, v, func(s string) (string, error) { return s, check(s) }, same)
}

// maybe is text for a field that is not there when the value is "".
func (f *form) maybe(key string, v *string, check func(string) error) {
	if f.from != nil && f.from.Next() == key || f.from == nil && *v != "" {
		f.text(key, v, check)
	}
}

func (f *form) batch(v *string) { f.text("batch", v, keyvalue.CheckBatchID) }

func (f *form) order(v *string) { f.text("order", v, checkOrder) }

func (f *form) key(v *string) { f.text("key", v, keyvalue.CheckFingerprint) }

func (f *form) digest(key string, v *[32]byte) {
	field(f, key, v, keyvalue.Digest, keyvalue.FormatDigest)
}

func (f *form) time(key string, v *time.Time) { field(f, key, v, keyvalue.Time, keyvalue.FormatTime) }

func (f *form) count(key string, v *int) { f.number(key, v, 0, maxCount) }

func (f *form) number(key string, v *int, least, most uint64) {
	field(f, key, v, func(s string) (int, error) {
		n, err := keyvalue.Uint(s, most)
		if err == nil && n < least {
			err = keyvalue.ErrValue
		}
		return int(n), err
	}, strconv.Itoa)
}

// ascending is a field of words parted by single spaces, each larger than the one before it, and at least so many.
func ascending[T cmp.Ordered](f *form, key string, v *[]T, least int, parse func(string) (T, error), format func(T) string) {
	field(f, key, v, func(s string) ([]T, error) {
		var all []T
		for word := range strings.SplitSeq(s, " ") {
			one, err := parse(word)
			if err != nil || len(all) > 0 && one <= all[len(all)-1] {
				return nil, keyvalue.ErrValue
			}
			all = append(all, one)
		}
		if len(all) < least {
			return nil, keyvalue.ErrValue
		}
		return all, nil
	}, func(all []T) string {
		words := make([]string, len(all))
		for i, one := range all {
			words[i] = format(one)
		}
		return strings.Join(words, " ")
	})
}
