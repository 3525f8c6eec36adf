package ledger

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
)

const entryFormat = "bailiff-entry/1"

// Entry is one act in the ledger (docs/formats.md, "Entry"). It names no person.
type Entry struct {
	Vault    string
	Number   int64     // 0 to MaxSize-1
	Time     time.Time // UTC, whole seconds
	Act      Act       // one of the kinds, never nil
	Personal *[32]byte // SHA-256 of the personal part, nil when there is none
}

// ParseEntry reads an entry. It refuses unknown kinds ([ErrKind]), fields that the kind does
// not have or that it lacks, and values that are not of the field's form; these errors name
// the field and wrap those of package keyvalue.
func ParseEntry(data []byte) (*Entry, error) {
	if len(data) > maxEntry {
		return nil, durable.ErrTooLarge
	}
	r, err := keyvalue.Parse(entryFormat, data)
	if err != nil {
		return nil, err
	}
	e := &Entry{
		Vault:  r.Checked("vault", keyvalue.CheckVaultID),
		Number: int64(r.Uint("number", MaxSize-1)),
		Time:   r.Time("time"),
	}
	if row := rows[Kind(r.One("kind"))]; row == nil {
		r.Fail("kind", ErrKind)
	} else {
		e.Act = row.empty()
		e.Act.form(&form{from: r})
	}
	if r.Next() == "personal" {
		d := r.Digest("personal")
		e.Personal = &d
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	return e, nil
}

// Format writes the entry as [ParseEntry] reads it, and fails with the error that ParseEntry
// would give when it could not be read back.
func (e *Entry) Format() ([]byte, error) {
	fields := keyvalue.Fields("vault", e.Vault, "number", strconv.FormatInt(e.Number, 10),
		"time", keyvalue.FormatTime(e.Time), "kind", string(e.Act.Kind()))
	fields = append(fields, Fields(e.Act)...)
	if e.Personal != nil {
		fields = append(fields, keyvalue.Field{Key: "personal", Value: keyvalue.FormatDigest(*e.Personal)})
	}
	return keyvalue.FormatAs(entryFormat, fields, ParseEntry)
}

// Fields returns the fields of an act as they stand in its entry, for whoever shows them.
func Fields(a Act) []keyvalue.Field {
	var f form
	a.form(&f)
	return f.lines
}

// EntryOf is an entry whose act is of one kind, A.
type EntryOf[A any] struct {
	*Entry
	Act *A // the entry's
}

// WithAct returns entry e with its act, of the type that it has.
func WithAct[A any](e *Entry, act *A) *EntryOf[A] { return &EntryOf[A]{Entry: e, Act: act} }

// LeafHash returns the hash of an entry's file in the tree: SHA-256 of 0x00 and the bytes (RFC
// 9162 §2.1.1).
func LeafHash(entry []byte) tlog.Hash { return tlog.RecordHash(entry) }

// Act is what an entry records: a pointer to one of the kinds of docs/formats.md, "Entry", each of which is a type of this
// package. Digests are SHA-256; identifiers are of the forms that package keyvalue checks.
type Act interface {
	// Kind is the name of the kind in the files.
	Kind() Kind
	form(*form)
}

// Kind says in the files what act an entry records.
type Kind string

// Unreadable stands for the order number in a [ReleaseRefused] whose order could not be
// read. No order may bear it.
const Unreadable = "unreadable"

// kind is a row of the table of kinds.
type kind struct {
	empty    func() Act
	personal []spec // what its personal part may hold after the about lines
}

// kinds is the table of docs/formats.md. Rows are only ever added, at the end.
var kinds = []kind{
	{func() Act { return new(PolicyAdopted) }, policyPersonal},
	{func() Act { return new(CeremonyOpened) }, ceremonyPersonal},
	{func() Act { return new(BatchAbandoned) }, nil},
	{func() Act { return new(BatchSealed) }, nil},
	{func() Act { return new(SampleChosen) }, nil},
	{func() Act { return new(BatchProved) }, nil},
	{func() Act { return new(BatchExported) }, nil},
	{func() Act { return new(ReleaseRefused) }, nil},
	{func() Act { return new(ReleaseIntent) }, intentPersonal},
	{func() Act { return new(ReleaseOpened) }, nil},
	{func() Act { return new(ReleaseDelivered) }, nil},
	{func() Act { return new(OrderReceived) }, nil},
	{func() Act { return new(KitHandedOver) }, handoverPersonal},
}

// Kinds returns the name of every kind there is.
func Kinds() []Kind {
	out := make([]Kind, len(kinds))
	for i, k := range kinds {
		out[i] = k.empty().Kind()
	}
	return out
}

// rows are the rows of the table by the names of their kinds.
var rows = func() map[Kind]*kind {
	out := map[Kind]*kind{}
	for i := range kinds {
		out[kinds[i].empty().Kind()] = &kinds[i]
	}
	return out
}()

// Bounds of values.
const (
	maxCount = 999_999 // key numbers have six digits
	maxDice  = 1_000
	maxWait  = 3650 // days
	maxWord  = 40
)

func checkOrder(s string) error {
	if s == Unreadable {
		return keyvalue.ErrValue
	}
	return keyvalue.CheckOrderNumber(s)
}

func checkAbandoned(s string) error {
	if s != Interrupted {
		return keyvalue.ErrValue
	}
	return nil
}

func checkDice(s string) error {
	if len(s) > maxDice || strings.Trim(s, "123456") != "" {
		return keyvalue.ErrValue
	}
	return nil
}

func checkWord(s string) error {
	if len(s) > maxWord || s[0] == '-' || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz-") != "" {
		return keyvalue.ErrValue
	}
	return nil
}

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
