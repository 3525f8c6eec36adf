package ledger

import (
	"strconv"
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
// the field and wrap those of package record.
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
	fields := []keyvalue.Field{
		{Key: "vault", Value: e.Vault},
		{Key: "number", Value: strconv.FormatInt(e.Number, 10)},
		{Key: "time", Value: keyvalue.FormatTime(e.Time)},
		{Key: "kind", Value: string(e.Act.Kind())},
	}
	fields = append(fields, Fields(e.Act)...)
	if e.Personal != nil {
		fields = append(fields, keyvalue.Field{Key: "personal", Value: keyvalue.FormatDigest(*e.Personal)})
	}
	data, err := keyvalue.Format(entryFormat, fields)
	if err != nil {
		return nil, err
	}
	if _, err := ParseEntry(data); err != nil {
		return nil, err
	}
	return data, nil
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
