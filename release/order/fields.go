package order

import (
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/likeness"
	"bailiff/custody/policy"
)

// The ways in which the fields of a well-formed order can contradict each other, or the world. The error that wraps one
// names the field and its value, of a paper its type and date.
var (
	ErrPaperLater  = errors.New("order: a paper is dated after the order")
	ErrPaperOld    = errors.New("order: a paper is dated more than 130 years before the order")
	ErrPaperUnborn = errors.New("order: a paper about the recipient is dated before their birth")
	ErrPaperEmpty  = errors.New("order: a paper is an empty file")
	ErrBornLater   = errors.New("order: the recipient was born after the order")
	ErrBornOld     = errors.New("order: the recipient would be more than 130 years old")
	ErrAlphabets   = errors.New("order: a word mixes letters of two alphabets")
	ErrIssuedLater = errors.New("order: dated in the future")
)

// What may be true of an order and is seldom meant.
var (
	ErrOneFile   = errors.New("order: one file stands for several papers")
	ErrLongLived = errors.New("order: more than a year between not-before and expires")
	ErrLongWait  = errors.New("order: more than ten years between issued and not-before")
)

const (
	lifespan   = 130 // years: nobody is older, nor is what proves who they are
	maxLasting = 366 // days in which an order may be carried out
	// farthest is how far ahead of UTC the day begins (Kiribati): no paper of today is of tomorrow.
	farthest = 14 * time.Hour
)

// aboutRecipient are the types of paper that name the recipient, so that they cannot be older.
func aboutRecipient() []string { return []string{"proof-of-heirship", "identity-document", "mandate"} }

// CheckFields holds the fields of an order against each other. What it refuses cannot be true, whoever signed it.
func (o *Order) CheckFields() error {
	for _, check := range []func() error{o.checkBirth, o.checkPapers, o.checkNames} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// Remarks are what may be true of an order and is seldom meant: whoever writes or signs one is refused it
// ([Order.CheckNew]), whoever receives one is shown it, since others wrote and signed it by other rules.
func (o *Order) Remarks() (out []error) {
	var several []string
	for i, p := range o.Papers {
		if slices.ContainsFunc(o.Papers[:i], func(q Paper) bool { return q.Digest == p.Digest }) && !slices.Contains(several, p.Type) {
			several = append(several, p.Type)
			out = append(out, fault.At(p.Type, ErrOneFile))
		}
	}
	if o.NotBefore.Sub(o.Issued) > policy.MaxWaiting*24*time.Hour {
		out = append(out, ErrLongWait)
	}
	if o.Expires.Sub(o.NotBefore) > maxLasting*24*time.Hour {
		out = append(out, ErrLongLived)
	}
	return out
}

// CheckNew is for whoever writes or signs an order: [Order.CheckFields], and nothing to remark.
func (o *Order) CheckNew() error {
	err := o.CheckFields()
	if remarks := o.Remarks(); err == nil && len(remarks) > 0 {
		err = remarks[0]
	}
	return err
}

// Dates such as 2026-11-21 compare as texts.
func (o *Order) today() string { return o.Issued.UTC().Add(farthest).Format(time.DateOnly) }
func (o *Order) antiquity() string {
	return o.Issued.UTC().AddDate(-lifespan, 0, 0).Format(time.DateOnly)
}

func (o *Order) checkBirth() error {
	switch born := o.RecipientBorn; {
	case born == "":
		return nil
	case born > o.today():
		return fault.At("recipient-born", fault.At(born, ErrBornLater))
	case born < o.antiquity():
		return fault.At("recipient-born", fault.At(born, ErrBornOld))
	}
	return nil
}

func (o *Order) checkPapers() error {
	empty := sha256.Sum256(nil)
	for _, p := range o.Papers {
		var err error
		switch {
		case p.Date > o.today():
			err = fault.At(p.Date, ErrPaperLater)
		case p.Date < o.antiquity():
			err = fault.At(p.Date, ErrPaperOld)
		case p.Date < o.RecipientBorn && slices.Contains(aboutRecipient(), p.Type):
			err = fault.At(p.Date, ErrPaperUnborn)
		case p.Digest == empty:
			err = ErrPaperEmpty
		}
		if err != nil {
			return fault.At(p.Type, err)
		}
	}
	return nil
}

func (o *Order) checkNames() error {
	type field struct{ key, text string }
	fields := []field{{"member", o.Member}, {"recipient", o.Recipient}, {"replaces-why", o.ReplacesWhy}}
	for _, c := range o.Checkers {
		fields = append(fields, field{"checker", c})
	}
	for _, p := range o.Papers {
		fields = append(fields, field{p.Type, p.Issuer})
	}
	for _, f := range fields {
		if word := likeness.Mixed(f.text); word != "" {
			return fault.At(f.key, fault.At(word, ErrAlphabets))
		}
	}
	if len(o.Checkers) == 2 && likeness.Same(o.Checkers[0], o.Checkers[1]) {
		return fault.At("checker", ErrCheckers)
	}
	return nil
}
