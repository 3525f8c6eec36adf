package vault

import (
	"errors"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/record"
)

const burntFormat = "bailiff-burnt/1"

// ErrBurntOrder refuses a burnt list whose keys are not in ascending order or not distinct.
var ErrBurntOrder = errors.New("burnt: keys are not in ascending order or stand twice")

// BurntKey is a key that was opened to prove its batch and must never be used.
type BurntKey struct {
	Number      int
	Fingerprint string
}

// BurntList names the burnt keys of a batch, by ascending number (docs/formats.md, "Sample,
// burnt, reserve"): the record `bailiff-burnt/1`.
type BurntList struct {
	Vault, Batch string
	Keys         []BurntKey
}

// ParseBurntList reads the only encoding of a burnt list.
func ParseBurntList(data []byte) (*BurntList, error) {
	r, err := record.Parse(burntFormat, data)
	if err != nil {
		return nil, err
	}
	l := &BurntList{
		Vault: r.Checked("vault", record.CheckVaultID),
		Batch: r.Checked("batch", record.CheckBatchID),
	}
	for _, v := range r.Many("key") {
		number, fingerprint, _ := strings.Cut(v, " ")
		n, err := record.KeyNumber(number)
		r.Fail("key", err)
		l.Keys = append(l.Keys, BurntKey{n, fingerprint})
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *BurntList) check() error {
	seen := make(map[string]bool, len(l.Keys))
	last := 0
	for _, k := range l.Keys {
		if k.Number < 1 || k.Number > MaxKeys || record.CheckFingerprint(k.Fingerprint) != nil {
			return fault.At("key", record.ErrValue)
		}
		if k.Number <= last || seen[k.Fingerprint] {
			return fault.At(record.FormatKeyNumber(k.Number), ErrBurntOrder)
		}
		last, seen[k.Fingerprint] = k.Number, true
	}
	return nil
}

// Format returns the list's only encoding.
func (l *BurntList) Format() ([]byte, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	if err := checkIDs(l.Vault, l.Batch); err != nil {
		return nil, err
	}
	fields := []record.Field{{Key: "vault", Value: l.Vault}, {Key: "batch", Value: l.Batch}}
	for _, k := range l.Keys {
		fields = append(fields, record.Field{Key: "key", Value: record.FormatKeyNumber(k.Number) + " " + k.Fingerprint})
	}
	return record.Format(burntFormat, fields)
}

func checkIDs(vault, batch string) error {
	if err := record.CheckVaultID(vault); err != nil {
		return fault.At("vault", err)
	}
	return fault.At("batch", record.CheckBatchID(batch))
}
