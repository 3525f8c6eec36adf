package order_test

import (
	"crypto/sha256"
	"errors"
	"slices"
	"testing"
	"time"

	"bailiff/custody/fault"
	"bailiff/release/order"
)

// TestCheckFields: what cannot be true, one field at a time. The order is of the evening of 20 November 2026.
func TestCheckFields(t *testing.T) {
	issued := time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		change func(*order.Order)
		want   error
		names  []string
	}{
		"as it is":            {func(*order.Order) {}, nil, nil},
		"no date of birth":    {func(o *order.Order) { o.RecipientBorn = "" }, nil, nil},
		"born in 2090":        {func(o *order.Order) { o.RecipientBorn = "2090-01-01" }, order.ErrBornLater, []string{"recipient-born", "2090-01-01"}},
		"born in 1880":        {func(o *order.Order) { o.RecipientBorn = "1880-01-01" }, order.ErrBornOld, []string{"recipient-born", "1880-01-01"}},
		"a paper of 2031":     {func(o *order.Order) { o.Papers[0].Date = "2031-01-01" }, order.ErrPaperLater, []string{"death-certificate", "2031-01-01"}},
		"a paper of 1215":     {func(o *order.Order) { o.Papers[1].Date = "1215-01-01" }, order.ErrPaperOld, []string{"proof-of-heirship", "1215-01-01"}},
		"where it is morning": {func(o *order.Order) { o.Papers[0].Date = "2026-11-21" }, nil, nil},
		"the day after":       {func(o *order.Order) { o.Papers[0].Date = "2026-11-22" }, order.ErrPaperLater, nil},
		"an heir before their birth": {
			func(o *order.Order) { o.Papers[1].Date = "1971-03-29" }, order.ErrPaperUnborn, []string{"proof-of-heirship", "1971-03-29"},
		},
		"a family record from before": {
			func(o *order.Order) { o.Papers[1].Type, o.Papers[1].Date = "family-record", "1960-01-01" }, nil, nil,
		},
		"an empty file": {
			func(o *order.Order) { o.Papers[1].Digest = sha256.Sum256(nil) }, order.ErrPaperEmpty, []string{"proof-of-heirship"},
		},
		"a recipient with a Cyrillic letter": {
			func(o *order.Order) { o.Recipient = "C\u0430mille Exemple" }, order.ErrAlphabets, []string{"recipient", "C\u0430mille"},
		},
		"a checker with a Greek letter": {
			func(o *order.Order) { o.Checkers[1] = "\u039aarim Modèle" }, order.ErrAlphabets, []string{"checker", "\u039aarim"},
		},
		"an issuer with a Cyrillic letter": {
			func(o *order.Order) { o.Papers[0].Issuer = "M\u0430irie" }, order.ErrAlphabets, []string{"death-certificate", "M\u0430irie"},
		},
		"a name in two alphabets, a word each": {func(o *order.Order) { o.Recipient = "Ivan Exemple (Иван Эксемпле)" }, nil, nil},
		"one checker written in two ways":      {func(o *order.Order) { o.Checkers[1] = "Me EXEMPLE Anné" }, order.ErrCheckers, []string{"checker"}},
	} {
		o := example([32]byte{1}, issued)
		c.change(o)
		err := o.CheckFields()
		if !errors.Is(err, c.want) || c.want == nil && err != nil || c.names != nil && !slices.Equal(fault.Objects(err), c.names) {
			t.Errorf("%s: %v, want %v of %q", name, err, c.want, c.names)
		}
		vault := order.CheckContext{Policy: policyOf(o, 0), Now: issued}
		if err := o.Check(vault); !errors.Is(err, c.want) {
			t.Errorf("%s: in the vault %v", name, err)
		}
		vault.Begun = true
		if err := o.Check(vault); err != nil {
			t.Errorf("%s: a release that had begun cannot go on: %v", name, err)
		}
	}
}

// The recipient is not one of the checkers, however the names are written.
func TestRecipientIsNoChecker(t *testing.T) {
	o := example([32]byte{1}, now)
	o.Recipient = "Modèle, KARIM"
	c := order.CheckContext{Policy: policyOf(o, 0), Now: now}
	wantError(t, o.Check(c), order.ErrSelfChecked)
}

// An order from the future is not taken before its time.
func TestOrderFromTheFuture(t *testing.T) {
	o := example([32]byte{1}, now.Add(time.Second))
	c := order.CheckContext{Policy: policyOf(o, 0), Now: now}
	wantError(t, o.Check(c), order.ErrIssuedLater)
	c.Now = o.Issued
	wantError(t, o.Check(c), nil)
}

// TestRemarks: what may be true is refused to whoever writes or signs; a vault takes it, and it is shown.
func TestRemarks(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*order.Order)
		want   []error
	}{
		"as it is": {func(*order.Order) {}, nil},
		"one file as three papers": {func(o *order.Order) {
			o.Papers = append(o.Papers, o.Papers...)
			o.Papers[2].Date, o.Papers[3].Date = "2026-01-01", "2026-01-01"
			o.Papers[3].Digest = o.Papers[0].Digest
		}, []error{order.ErrOneFile, order.ErrOneFile}},
		"a hundred years":  {func(o *order.Order) { o.Expires = o.Expires.AddDate(100, 0, 0) }, []error{order.ErrLongLived}},
		"a year and a day": {func(o *order.Order) { o.Expires = o.NotBefore.AddDate(0, 0, 367) }, []error{order.ErrLongLived}},
		"a year":           {func(o *order.Order) { o.Expires = o.NotBefore.AddDate(1, 0, 0) }, nil},
		"twelve years before it may": {func(o *order.Order) {
			o.NotBefore = o.Issued.AddDate(12, 0, 0)
			o.Expires = o.NotBefore.AddDate(0, 1, 0)
		}, []error{order.ErrLongWait}},
	} {
		o := example([32]byte{1}, now)
		c.change(o)
		got := o.Remarks()
		if !slices.EqualFunc(got, c.want, errors.Is) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if err := o.CheckFields(); err != nil {
			t.Errorf("%s: in the vault %v", name, err)
		}
		if err := o.CheckNew(); (err == nil) != (c.want == nil) || c.want != nil && !errors.Is(err, c.want[0]) {
			t.Errorf("%s: new with %v", name, err)
		}
	}
}
