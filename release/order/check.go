package order

import (
	"errors"
	"time"

	"bailiff/custody/fault"
)

// The ways in which a well-formed order can be unfit to be carried out here and now.
var (
	ErrOtherVault   = errors.New("order: made for another vault")
	ErrMode         = errors.New("order: made for the other mode, rehearsal or production")
	ErrOldRoster    = errors.New("order: made under another roster of officers")
	ErrExpired      = errors.New("order: expired")
	ErrNoRule       = errors.New("order: the policy provides for no release for this reason")
	ErrWaiting      = errors.New("order: its waiting time is shorter than the policy's")
	ErrMissingPaper = errors.New("order: a paper that the policy requires is missing")
)

// Rule is what the policy demands for a reason.
type Rule struct {
	WaitingDays int      // days of 24 hours between the order's issued and not-before times
	Papers      []string // types of paper of which at least one each must be named
}

// CheckContext is what an order is held against.
type CheckContext struct {
	Vault, Mode  string
	RosterDigest [32]byte // of the policy in force
	Now          time.Time
	Reasons      map[Reason]Rule
}

// Check tells whether the order may be carried out now or later. It does not look at signatures, see
// [Roster.Verify]; when it was received, how long it has to wait still, and whether it was used
// before, the ledger knows. The error wraps one of the
// sentinels and names the order and the object.
func (o *Order) Check(c CheckContext) error {
	for _, check := range []func(CheckContext) error{
		o.checkForm, o.checkPlace, o.checkTimes, o.checkRule,
	} {
		if err := check(c); err != nil {
			return fault.At(o.Number, err)
		}
	}
	return nil
}

// checkForm holds an order that was not parsed to the rules of Parse.
func (o *Order) checkForm(CheckContext) error {
	_, err := o.Format()
	return err
}

func (o *Order) checkPlace(c CheckContext) error {
	switch {
	case o.Vault != c.Vault:
		return fault.At(o.Vault, ErrOtherVault)
	case o.Mode != c.Mode:
		return fault.At(o.Mode, ErrMode)
	case o.Roster != c.RosterDigest:
		return ErrOldRoster
	}
	return nil
}

func (o *Order) checkTimes(c CheckContext) error {
	if c.Now.After(o.Expires) {
		return ErrExpired
	}
	return nil
}

func (o *Order) checkRule(c CheckContext) error {
	rule, ok := c.Reasons[o.Reason]
	if !ok {
		return fault.At(string(o.Reason), ErrNoRule)
	}
	if o.NotBefore.Before(o.Issued.Add(time.Duration(rule.WaitingDays) * 24 * time.Hour)) {
		return ErrWaiting
	}
	for _, required := range rule.Papers {
		if !o.hasPaper(required) {
			return fault.At(required, ErrMissingPaper)
		}
	}
	return nil
}

func (o *Order) hasPaper(paperType string) bool {
	for _, p := range o.Papers {
		if p.Type == paperType {
			return true
		}
	}
	return false
}
