package batch

import (
	"errors"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

const (
	burntFormat   = "bailiff-burnt/1"
	reserveFormat = "bailiff-reserve/1"
)

// ReserveFile is the name of the reserve list in the batch's folder.
const ReserveFile = "reserve.txt"

// ErrListOrder refuses a list whose keys are not in ascending order or not distinct.
var ErrListOrder = errors.New("batch: the keys of a list are not in ascending order or stand twice")

// ListedKey is a key that was not published and must never be used.
type ListedKey struct {
	Number      int
	Fingerprint string
}

// BurntList names the keys that were opened to prove their batch, by ascending number
// (docs/formats.md, "Sample, burnt, reserve"): the record `bailiff-burnt/1`.
type BurntList struct {
	Vault, Batch string
	Keys         []ListedKey
}

// ReserveList names the keys of a batch that are kept in reserve, by ascending number: the record
// `bailiff-reserve/1`.
type ReserveList BurntList

// ParseBurntList reads the only encoding of a burnt list.
func ParseBurntList(data []byte) (*BurntList, error) { return parseList(burntFormat, data) }

// ParseReserveList reads the only encoding of a reserve list.
func ParseReserveList(data []byte) (*ReserveList, error) {
	l, err := parseList(reserveFormat, data)
	return (*ReserveList)(l), err
}

// Format returns the list's only encoding.
func (l *BurntList) Format() ([]byte, error) { return l.format(burntFormat) }

// Format returns the list's only encoding.
func (l *ReserveList) Format() ([]byte, error) { return (*BurntList)(l).format(reserveFormat) }

func parseList(format string, data []byte) (*BurntList, error) {
	r, err := keyvalue.Parse(format, data)
	if err != nil {
		return nil, err
	}
	l := &BurntList{
		Vault: r.Checked("vault", keyvalue.CheckVaultID),
		Batch: r.Checked("batch", keyvalue.CheckBatchID),
	}
	for _, v := range r.Many("key") {
		number, fingerprint, _ := strings.Cut(v, " ")
		n, err := keyvalue.KeyNumber(number)
		r.Fail("key", err)
		l.Keys = append(l.Keys, ListedKey{n, fingerprint})
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
		if k.Number < 1 || k.Number > MaxKeys || keyvalue.CheckFingerprint(k.Fingerprint) != nil {
			return fault.At("key", keyvalue.ErrValue)
		}
		if k.Number <= last || seen[k.Fingerprint] {
			return fault.At(keyvalue.FormatKeyNumber(k.Number), ErrListOrder)
		}
		last, seen[k.Fingerprint] = k.Number, true
	}
	return nil
}

func (l *BurntList) format(format string) ([]byte, error) {
	if err := l.check(); err != nil {
		return nil, err
	}
	if err := checkIDs(l.Vault, l.Batch); err != nil {
		return nil, err
	}
	fields := []keyvalue.Field{{Key: "vault", Value: l.Vault}, {Key: "batch", Value: l.Batch}}
	for _, k := range l.Keys {
		fields = append(fields, keyvalue.Field{Key: "key", Value: keyvalue.FormatKeyNumber(k.Number) + " " + k.Fingerprint})
	}
	return keyvalue.Format(format, fields)
}

func checkIDs(vault, batch string) error {
	if err := keyvalue.CheckVaultID(vault); err != nil {
		return fault.At("vault", err)
	}
	return fault.At("batch", keyvalue.CheckBatchID(batch))
}
