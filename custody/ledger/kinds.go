package ledger

import (
	"strings"

	"bailiff/custody/record"
)

// Kind says what act an entry records.
type Kind string

// The kinds of docs/formats.md, "Entry".
const (
	Policy           Kind = "policy"
	CeremonyOpened   Kind = "ceremony-opened"
	BatchAbandoned   Kind = "batch-abandoned"
	BatchSealed      Kind = "batch-sealed"
	SampleChosen     Kind = "sample-chosen"
	BatchProved      Kind = "batch-proved"
	BatchExported    Kind = "batch-exported"
	ReleaseRefused   Kind = "release-refused"
	ReleaseIntent    Kind = "release-intent"
	ReleaseOpened    Kind = "release-opened"
	ReleaseDelivered Kind = "release-delivered"
	OrderReceived    Kind = "order-received"
	KitHandedOver    Kind = "kit-handed-over"
)

// Unreadable stands for the order number in a release-refused entry whose order could not be
// read. No order may bear it.
const Unreadable = "unreadable"

// kind is a row of the table of kinds.
type kind struct {
	name     Kind
	fields   []spec
	personal []spec // what its personal part may hold after the about lines
}

// kinds is the table of docs/formats.md. Rows are only ever added, at the end.
var kinds = []kind{
	{name: Policy, fields: []spec{
		{"policy-number", once, checkCount}, {"policy", once, checkDigest},
	}, personal: policyPersonal},
	{name: CeremonyOpened, fields: []spec{
		{"batch", once, record.CheckBatchID}, {"script", once, checkDigest}, {"software", once, checkDigest},
		{"publish", once, checkCount}, {"sample", once, checkCount}, {"reserve", once, checkCount},
	}, personal: ceremonyPersonal},
	{name: BatchAbandoned, fields: []spec{
		{"batch", once, record.CheckBatchID}, {"why", once, checkAbandoned},
	}},
	{name: BatchSealed, fields: []spec{
		{"batch", once, record.CheckBatchID}, {"keys", once, checkTotal}, {"root", once, checkDigest},
		{"manifest", once, checkDigest},
	}},
	{name: SampleChosen, fields: []spec{
		{"batch", once, record.CheckBatchID}, {"dice", once, checkDice}, {"numbers", once, checkKeyNumbers},
	}},
	{name: BatchProved, fields: []spec{
		{"batch", once, record.CheckBatchID}, {"published", once, checkCount}, {"burnt", once, checkDigest},
		{"reserve", once, checkDigest},
	}},
	{name: BatchExported, fields: []spec{
		{"batch", once, record.CheckBatchID}, {"file", once, checkDigest},
	}},
	{name: ReleaseRefused, fields: []spec{
		{"order", once, record.CheckOrderNumber}, {"order-digest", once, checkDigest}, {"why", once, checkWord},
	}},
	{name: ReleaseIntent, fields: []spec{
		{"order", once, checkOrder}, {"order-digest", once, checkDigest}, {"signature-digest", once, checkDigest},
		{"replaces", maybe, checkOrder}, {"batch", once, record.CheckBatchID}, {"key-number", once, checkKeyNumber},
		{"key", once, record.CheckFingerprint}, {"opening", once, checkOpening},
	}, personal: intentPersonal},
	{name: ReleaseOpened, fields: []spec{
		{"order", once, checkOrder}, {"key", once, record.CheckFingerprint},
	}},
	{name: ReleaseDelivered, fields: []spec{
		{"order", once, checkOrder}, {"key", once, record.CheckFingerprint}, {"kit", once, checkDigest},
	}},
	{name: OrderReceived, fields: []spec{
		{"order", once, checkOrder}, {"order-digest", once, checkDigest}, {"signature-digest", once, checkDigest},
		{"replaces", maybe, checkOrder}, {"key", once, record.CheckFingerprint}, {"waiting", once, checkWaiting},
		{"not-before", once, checkTime},
	}},
	{name: KitHandedOver, fields: []spec{
		{"order", once, checkOrder}, {"key", once, record.CheckFingerprint}, {"kit", once, checkDigest},
		{"day", once, record.CheckDate},
	}, personal: handoverPersonal},
}

// row returns the place of a kind in the table.
func (k Kind) row() (int, bool) {
	for i := range kinds {
		if kinds[i].name == k {
			return i, true
		}
	}
	return 0, false
}

// Bounds of values.
const (
	maxCount = 999_999 // key numbers have six digits
	maxDice  = 1_000
	maxWait  = 3650 // days
	maxWord  = 40
)

func checkDigest(s string) error {
	_, err := record.Digest(s)
	return err
}

func checkCount(s string) error {
	_, err := record.Uint(s, maxCount)
	return err
}

func checkTotal(s string) error {
	if n, err := record.Uint(s, maxCount); err != nil || n == 0 {
		return record.ErrValue
	}
	return nil
}

func checkKeyNumber(s string) error {
	_, err := record.KeyNumber(s)
	return err
}

func checkAbandoned(s string) error {
	if s != "interrupted" {
		return record.ErrValue
	}
	return nil
}

func checkWaiting(s string) error {
	_, err := record.Uint(s, maxWait)
	return err
}

func checkTime(s string) error {
	_, err := record.Time(s)
	return err
}

func checkOrder(s string) error {
	if s == Unreadable {
		return record.ErrValue
	}
	return record.CheckOrderNumber(s)
}

func checkDice(s string) error {
	if len(s) > maxDice || strings.Trim(s, "123456") != "" {
		return record.ErrValue
	}
	return nil
}

func checkWord(s string) error {
	if len(s) > maxWord || s[0] == '-' || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz-") != "" {
		return record.ErrValue
	}
	return nil
}

func checkKeyNumbers(s string) error {
	_, err := ascending(s, checkKeyNumber)
	return err
}

// checkOpening: the k custodians who will open, at least two as every policy asks for.
func checkOpening(s string) error {
	n, err := ascending(s, record.CheckCustodian)
	if err == nil && n < 2 {
		return record.ErrValue
	}
	return err
}

// ascending checks a list of words of one length, parted by single spaces, each larger than
// the one before it, and counts them.
func ascending(s string, check func(string) error) (int, error) {
	n, last := 0, ""
	for word := range strings.SplitSeq(s, " ") {
		if err := check(word); err != nil {
			return 0, err
		}
		if word <= last {
			return 0, record.ErrValue
		}
		n, last = n+1, word
	}
	return n, nil
}
