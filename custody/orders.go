package custody

import (
	"errors"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
)

// The ways in which the ledger's memory of orders refuses one.
var (
	ErrUsed         = errors.New("custody: the order is used already; it opens a key once")
	ErrSameOrder    = errors.New("custody: another order was received under that number")
	ErrKeyTaken     = errors.New("custody: the key was released before; a lost kit needs an order that replaces the earlier one")
	ErrReplaces     = errors.New("custody: the order that it replaces was not delivered for this key, or is replaced already")
	ErrNotReceived  = errors.New("custody: the order is not received in this vault, so that its waiting time has not begun")
	ErrStillWaiting = errors.New("custody: the order's waiting time is not over")
	ErrNoKit        = errors.New("custody: no kit of the order was made in this vault, or that is not cosigned yet")
	ErrHandedOver   = errors.New("custody: on record already that the order's kit was handed over")
	ErrHandoverDay  = errors.New("custody: the order's kit was not there yet on that day, or the day has not come")
)

// CheckOrder reports whether an order may be received, begin or resume: its number, the digest
// of its text, the number of the order that it replaces ("" for none), the fingerprint of its key.
// Whether it has to wait is not asked here.
func (s *State) CheckOrder(number string, digest [32]byte, replaces, key string) error {
	if o := s.Orders[number]; o != nil {
		switch {
		case o.Delivered != nil:
			return fault.At(number, ErrUsed)
		case o.Received.Act.OrderDigest != digest:
			return fault.At(number, ErrSameOrder)
		case o.Intent != nil:
			return nil
		}
	}
	if replaces != "" {
		old := s.Orders[replaces]
		if old == nil || old.Delivered == nil || old.ReplacedBy != "" || old.Received.Act.Key != key {
			return fault.At(replaces, ErrReplaces)
		}
		return nil
	}
	if earlier, taken := s.taken[key]; taken {
		return fault.At(earlier, ErrKeyTaken)
	}
	return nil
}

// Begun returns the state of an order that custodians have decided to carry out, or nil.
func (s *State) Begun(number string) *OrderState {
	if o := s.Orders[number]; o != nil && o.Intent != nil {
		return o
	}
	return nil
}

// Ready returns the time from which the order may be carried out, as its entry says: the later of
// the order's own and the end of the days of waiting, of 24 hours each, that began when it was
// received. [Ready] computes it.
func (o *OrderState) Ready() time.Time {
	return Ready(o.Received.Time, o.Received.Act.Waiting, o.Received.Act.NotBefore)
}

// Ready returns when an order that was received at a time has waited that many days of 24 hours,
// and its own earliest time is past.
func Ready(received time.Time, waiting int, notBefore time.Time) time.Time {
	ready := received.Add(time.Duration(waiting) * 24 * time.Hour)
	if ready.Before(notBefore) {
		return notBefore
	}
	return ready
}

// allowedReceived holds the receipt of an order to the memory of orders and to the policy: each
// number is received once, and waits as one of the policy's reasons demands. Which one, the order
// says, and the ledger does not.
func (s *State) allowedReceived(a *ledger.OrderReceived) error {
	if err := s.CheckOrder(a.Order, a.OrderDigest, a.Replaces, a.Key); err != nil {
		return err
	}
	waits := slices.ContainsFunc(s.policy.Reasons, func(r policy.Reason) bool { return r.WaitingDays == a.Waiting })
	return history(waits && s.Orders[a.Order] == nil)
}

// checkWait reports whether the order of an intent at that time was received, for that key, and has waited.
func (s *State) checkWait(now time.Time, intent *ledger.ReleaseIntent) error {
	o := s.Orders[intent.Order]
	if o == nil {
		return ErrNotReceived
	}
	if o.Received.Act.Replaces != intent.Replaces || o.Received.Act.Key != intent.Key {
		return ErrSameOrder
	}
	if ready := o.Ready(); now.Before(ready) {
		return fault.At(keyvalue.FormatTime(ready), ErrStillWaiting)
	}
	return nil
}

// allowedHandover holds the bailiff's statement that a kit was handed over to what the ledger knows: the kit was made, which
// is cosigned, and it is stated once. It permits nothing and ends nothing.
func (s *State) allowedHandover(e *ledger.Entry, a *ledger.KitHandedOver) error {
	o := s.Orders[a.Order]
	switch {
	case o == nil || !cosigned(s, o.Delivered, e.Number):
		return fault.At(a.Order, ErrNoKit)
	case o.HandedOver != nil:
		return fault.At(a.Order, ErrHandedOver)
	case o.Delivered.Act.Key != a.Key || o.Delivered.Act.Kit != a.Kit:
		return ErrHistory
	}
	return fault.At(a.Day, checkHandoverDay(a.Day, o.Delivered.Time, e.Time))
}

// checkHandoverDay: people state a day of their own calendar, which may be another than that of UTC by one.
func checkHandoverDay(day string, made, stated time.Time) error {
	const grace = 24 * time.Hour
	if day < made.Add(-grace).UTC().Format(time.DateOnly) || day > stated.Add(grace).UTC().Format(time.DateOnly) {
		return ErrHandoverDay
	}
	return nil
}
