package batch

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// MaxKeys is the largest number of keys in a batch: key numbers have six digits.
const MaxKeys = 999_999

const (
	sampleLabel = "bailiff-sample/1\n"
	maxDice     = 1000
)

// The ways in which a sample cannot be drawn.
var (
	ErrSampleCheckpoint = errors.New("batch: a sample is drawn from something else than the text of a checkpoint up to its blank line")
	ErrSampleDice       = errors.New("batch: the dice of a sample are not 1 to 1000 digits from 1 to 6")
	ErrSampleCount      = errors.New("batch: it does not hold as many keys as the sample")
)

// Sample draws count of the key numbers 1 to total, ascending (docs/formats.md, "Sample, burnt,
// reserve"). body is the text of the cosigned checkpoint that covers the batch, up to and with
// the last LF before its blank line; dice is what was thrown in the room after that. Neither the
// ceremony's software, which fixed the root, nor the throwers, who did so after it, can choose
// the keys alone.
func Sample(body []byte, dice string, total, count int) ([]int, error) {
	if !bytes.HasSuffix(body, []byte("\n")) || body[0] == '\n' || bytes.Contains(body, []byte("\n\n")) {
		return nil, ErrSampleCheckpoint
	}
	if err := checkDice(dice); err != nil {
		return nil, err
	}
	if total < 1 || total > MaxKeys || count < 0 || count > total {
		return nil, ErrSampleCount
	}
	seed := sha256.Sum256(slices.Concat([]byte(sampleLabel), body, []byte(dice)))
	chosen := make(map[int]bool, count)
	for i := uint64(0); len(chosen) < count; i++ {
		block := sha256.Sum256(binary.BigEndian.AppendUint64(seed[:], i))
		for j := 0; j < len(block) && len(chosen) < count; j += 8 {
			v := binary.BigEndian.Uint64(block[j:])
			if v <= lastFair(uint64(total)) {
				chosen[int(v%uint64(total))+1] = true
			}
		}
	}
	numbers := slices.AppendSeq(make([]int, 0, count), maps.Keys(chosen))
	slices.Sort(numbers)
	return numbers, nil
}

// lastFair is the largest number below 2^64 - (2^64 mod total), so that v mod total is uniform
// over the v up to it.
func lastFair(total uint64) uint64 {
	rest := (^uint64(0)%total + 1) % total // 2^64 mod total
	return ^uint64(0) - rest
}

func checkDice(dice string) error {
	if len(dice) == 0 || len(dice) > maxDice || strings.Trim(dice, "123456") != "" {
		return ErrSampleDice
	}
	return nil
}

// Role is what becomes of a key when its batch is proved: docs/formats.md, "Sample, burnt, reserve".
type Role string

// The roles.
const (
	Published Role = "published"
	Burnt     Role = "burnt"
	Reserve   Role = "reserve"
)

// Roles knows the role of each key of a batch: the keys of the sample are burnt, of the others the last are the reserve, the
// rest are published. To ask for one key costs no more in a large batch.
type Roles struct {
	sample  []int
	total   int
	reserve int // number of the first key of the reserve
}

// NewRoles takes how many keys there are, how many of them are the reserve, and the numbers of the sample, ascending, which it keeps.
func NewRoles(total, reserve int, sample []int) Roles {
	r := Roles{sample: sample, total: total, reserve: total - reserve + 1}
	for _, n := range slices.Backward(sample) {
		if n >= r.reserve {
			r.reserve--
		}
	}
	return r
}

// Of returns the role of the key of that number, or "" when the batch has none.
func (r Roles) Of(number int) Role {
	if number < 1 || number > r.total {
		return ""
	}
	if _, burnt := slices.BinarySearch(r.sample, number); burnt {
		return Burnt
	}
	if number >= r.reserve {
		return Reserve
	}
	return Published
}

const (
	burntFormat   = "bailiff-burnt/1"
	reserveFormat = "bailiff-reserve/1"
)

// ReserveFile is the name of the reserve list in the batch's folder.
const ReserveFile = "reserve.txt"

// ErrListOrder refuses a list whose keys are not in ascending order or not distinct.
var ErrListOrder = errors.New("batch: keys are not in ascending order or stand twice")

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
	return cmp.Or(fault.At("vault", keyvalue.CheckVaultID(vault)), fault.At("batch", keyvalue.CheckBatchID(batch)))
}
