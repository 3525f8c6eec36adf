package ledger

import (
	"strings"

	"bailiff/custody/keyvalue"
)

// Act is what an entry records: a pointer to one of the kinds of docs/formats.md, "Entry", each of which is a type of this
// package. Digests are SHA-256; identifiers are of the forms that package record checks.
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
