package order

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/likeness"
	"bailiff/custody/policy"
)

// The ways in which a well-formed order can be unfit to be carried out here and now.
var (
	ErrOtherVault   = errors.New("order: made for another vault")
	ErrMode         = errors.New("order: made for the other mode, rehearsal or production")
	ErrOldRoster    = errors.New("order: made under another roster of officers")
	ErrExpired      = errors.New("order: expired")
	ErrNoRule       = errors.New("order: the policy provides for no release for this reason")
	ErrWaiting      = errors.New("order: its waiting time is shorter than the policy's")
	ErrMissingPaper = errors.New("order: papers that the policy requires are missing")
	ErrSelfChecked  = errors.New("order: the recipient is one of those who checked identity and papers")
	ErrTooShort     = errors.New("order: it expires before it can have waited as long as the policy demands")
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

// CheckContext is what an order is checked against.
type CheckContext struct {
	Policy *policy.Policy // in force
	Now    time.Time
	Begun  bool // custodians had begun this release: it goes on, whatever is thought of its fields meanwhile
}

// CheckDraft is [Order.Check] for whoever writes or signs the order, far from the vault. It also refuses what [Order.CheckNew]
// does, and an order that will have expired when it has waited, even if the vault receives it at once ([ErrTooShort]). If the
// vault refuses an order that passes, it is for what the vault alone knows: its key, the orders before it, the day on which it came.
func (o *Order) CheckDraft(p *policy.Policy, now time.Time) error {
	if err := o.Check(CheckContext{Policy: p, Now: now}); err != nil {
		return err
	}
	if err := o.CheckNew(); err != nil {
		return fault.At(o.Number, err)
	}
	if now.Add(days(p.Reason(o.Reason).WaitingDays)).After(o.Expires) {
		return fault.At(o.Number, ErrTooShort)
	}
	return nil
}

// Check reports why the order may not be carried out, now or later. It does not look at signatures, see package officer;
// when it was received, how long it has to wait still, and whether it was used before, the ledger knows. The error wraps
// one of the sentinels and names the order and the object; of missing papers it names all, parted by a comma and a blank.
func (o *Order) Check(c CheckContext) error { return fault.At(o.Number, o.check(c)) }

func (o *Order) check(c CheckContext) error {
	if _, err := o.Format(); err != nil { // an order that was not parsed
		return err
	}
	isRecipient := func(name string) bool { return likeness.Same(name, o.Recipient) }
	switch {
	case o.Vault != c.Policy.Vault:
		return fault.At(o.Vault, ErrOtherVault)
	case o.Mode != c.Policy.Mode:
		return fault.At(o.Mode, ErrMode)
	case o.Roster != c.Policy.Roster:
		return ErrOldRoster
	case !c.Begun && slices.ContainsFunc(o.Checkers, isRecipient):
		return fault.At(o.Recipient, ErrSelfChecked)
	case c.Now.After(o.Expires):
		return ErrExpired
	case c.Now.Before(o.Issued):
		return fault.At("issued", ErrIssuedLater)
	}
	if !c.Begun {
		if err := o.CheckFields(); err != nil {
			return err
		}
	}
	return o.checkReason(c.Policy.Reason(o.Reason))
}

// checkReason checks what the policy demands for the order's reason; nil when it allows no such release.
func (o *Order) checkReason(r *policy.Reason) error {
	if r == nil {
		return fault.At(o.Reason, ErrNoRule)
	}
	if o.NotBefore.Before(o.Issued.Add(days(r.WaitingDays))) {
		return ErrWaiting
	}
	missing := slices.DeleteFunc(slices.Clone(r.Papers), func(demanded string) bool {
		return slices.ContainsFunc(o.Papers, func(p Paper) bool { return p.Type == demanded })
	})
	if len(missing) > 0 {
		return fault.At(strings.Join(missing, ", "), ErrMissingPaper)
	}
	return nil
}

// days are of 24 hours, whatever a calendar says.
func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// CheckFields checks the fields of an order against each other. What it refuses cannot be true, whoever signed it.
func (o *Order) CheckFields() error {
	return cmp.Or(o.checkBirth(), o.checkPapers(), o.checkNames())
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
	if o.NotBefore.Sub(o.Issued) > days(policy.MaxWaiting) {
		out = append(out, ErrLongWait)
	}
	if o.Expires.Sub(o.NotBefore) > days(maxLasting) {
		out = append(out, ErrLongLived)
	}
	return out
}

// CheckNew is for whoever writes or signs an order: [Order.CheckFields], and nothing to remark.
func (o *Order) CheckNew() error {
	return cmp.Or(append([]error{o.CheckFields()}, o.Remarks()...)...)
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
	about := []string{"proof-of-heirship", "identity-document", "mandate"} // the recipient: these cannot be older
	empty := sha256.Sum256(nil)
	for _, p := range o.Papers {
		var err error
		switch {
		case p.Date > o.today():
			err = fault.At(p.Date, ErrPaperLater)
		case p.Date < o.antiquity():
			err = fault.At(p.Date, ErrPaperOld)
		case p.Date < o.RecipientBorn && slices.Contains(about, p.Type):
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
