package order

import (
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
	Begun        bool // custodians had begun this release: it goes on, whatever is thought of its fields meanwhile
}

// Under returns what the policy demands of an order at a time.
func Under(p *policy.Policy, now time.Time) CheckContext {
	c := CheckContext{Vault: p.Vault, Mode: p.Mode, RosterDigest: p.Roster, Now: now, Reasons: map[Reason]Rule{}}
	for _, r := range p.Reasons {
		c.Reasons[Reason(r.Name)] = Rule{WaitingDays: r.WaitingDays, Papers: r.Papers}
	}
	return c
}

// CheckDraft is [Order.Check] for whoever writes or signs the order, far from the vault: it refuses besides what [Order.CheckNew] does, and an order that will
// have expired when it has waited, even if the vault receives it at once ([ErrTooShort]). An order that passes and is
// refused by the vault all the same is refused for what the vault alone knows: its key, the orders before it, the day
// on which it came.
func (o *Order) CheckDraft(c CheckContext) error {
	if err := o.Check(c); err != nil {
		return err
	}
	if err := o.CheckNew(); err != nil {
		return fault.At(o.Number, err)
	}
	if c.Now.Add(c.Reasons[o.Reason].wait()).After(o.Expires) {
		return fault.At(o.Number, ErrTooShort)
	}
	return nil
}

// Check tells whether the order may be carried out now or later. It does not look at signatures, see package
// officer; when it was received, how long it has to wait still, and whether it was used
// before, the ledger knows. The error wraps one of the
// sentinels and names the order and the object; of missing papers it names all, parted by a comma and a blank.
func (o *Order) Check(c CheckContext) error {
	for _, check := range []func(CheckContext) error{
		o.checkForm, o.checkPlace, o.checkPersons, o.checkTimes, o.checkContent, o.checkRule,
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

// checkContent refuses what cannot be true.
func (o *Order) checkContent(c CheckContext) error {
	if c.Begun {
		return nil
	}
	return o.CheckFields()
}

// checkPersons refuses a recipient who checked their own papers.
func (o *Order) checkPersons(c CheckContext) error {
	if c.Begun {
		return nil
	}
	for _, checker := range o.Checkers {
		if likeness.Same(checker, o.Recipient) {
			return fault.At(o.Recipient, ErrSelfChecked)
		}
	}
	return nil
}

func (o *Order) checkTimes(c CheckContext) error {
	switch {
	case c.Now.After(o.Expires):
		return ErrExpired
	case c.Now.Before(o.Issued):
		return fault.At("issued", ErrIssuedLater)
	}
	return nil
}

func (o *Order) checkRule(c CheckContext) error {
	rule, ok := c.Reasons[o.Reason]
	if !ok {
		return fault.At(string(o.Reason), ErrNoRule)
	}
	if o.NotBefore.Before(o.Issued.Add(rule.wait())) {
		return ErrWaiting
	}
	missing := slices.DeleteFunc(slices.Clone(rule.Papers), o.hasPaper)
	if len(missing) > 0 {
		return fault.At(strings.Join(missing, ", "), ErrMissingPaper)
	}
	return nil
}

// wait is the waiting time, in days of 24 hours.
func (r Rule) wait() time.Duration { return time.Duration(r.WaitingDays) * 24 * time.Hour }

func (o *Order) hasPaper(paperType string) bool {
	return slices.ContainsFunc(o.Papers, func(p Paper) bool { return p.Type == paperType })
}
