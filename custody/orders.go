package custody

import (
	"errors"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
)

// The ways in which the ledger's memory of orders refuses one.
var (
	ErrUsed         = errors.New("order: already used; an order opens a key once")
	ErrSameOrder    = errors.New("order: another text was received under that number")
	ErrKeyTaken     = errors.New("order: the key was released before; a lost kit needs an order that replaces the earlier one")
	ErrReplaces     = errors.New("order: the order that it replaces was not delivered for this key, or is replaced already")
	ErrNotReceived  = errors.New("order: not received in this vault, so that its waiting time has not begun")
	ErrStillWaiting = errors.New("order: its waiting time is not over")
	ErrNoKit        = errors.New("order: no kit of it was made in this vault, or that is not cosigned yet")
	ErrHandedOver   = errors.New("order: on record already that its kit was handed over")
	ErrHandoverDay  = errors.New("order: its kit was not there yet on that day, or the day has not come")
)

// CheckOrder tells whether an order may be received, begin or resume: its number, the digest form
// of its text, the number of the order that it replaces ("" for none), the fingerprint of its key.
// Whether it has to wait is not asked here.
func (s *State) CheckOrder(number, digest, replaces, key string) error {
	if o := s.Orders[number]; o != nil {
		switch {
		case o.Delivered != nil:
			return fault.At(number, ErrUsed)
		case o.Received.Get("order-digest") != digest:
			return fault.At(number, ErrSameOrder)
		case o.Intent != nil:
			return nil
		}
	}
	if replaces != "" {
		old := s.Orders[replaces]
		if old == nil || old.Delivered == nil || old.ReplacedBy != "" || old.Received.Get("key") != key {
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
	notBefore, err := record.Time(o.Received.Get("not-before"))
	if err != nil {
		return time.Unix(1<<40, 0) // never: the ledger has checked the field
	}
	return Ready(o.Received.Time, count(o.Received, "waiting"), notBefore)
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
func (s *State) allowedReceived(e *ledger.Entry) error {
	number := e.Get("order")
	if err := s.CheckOrder(number, e.Get("order-digest"), e.Get("replaces"), e.Get("key")); err != nil {
		return err
	}
	waiting := count(e, "waiting")
	for _, r := range s.policy.Reasons {
		if r.WaitingDays == waiting {
			return history(s.Orders[number] == nil)
		}
	}
	return ErrHistory
}

// checkWait tells whether the order of an intent was received, for that key, and has waited.
func (s *State) checkWait(intent *ledger.Entry) error {
	o := s.Orders[intent.Get("order")]
	if o == nil {
		return ErrNotReceived
	}
	if !sameFields(o.Received, intent, "replaces", "key") {
		return ErrSameOrder
	}
	if ready := o.Ready(); intent.Time.Before(ready) {
		return fault.At(record.FormatTime(ready), ErrStillWaiting)
	}
	return nil
}

func sameFields(a, b *ledger.Entry, keys ...string) bool {
	return !slices.ContainsFunc(keys, func(k string) bool { return a.Get(k) != b.Get(k) })
}

// allowedHandover holds the bailiff's statement that a kit was handed over to what the ledger knows: the kit was made, which
// is cosigned, and it is stated once. It permits nothing and ends nothing.
func (s *State) allowedHandover(e *ledger.Entry) error {
	o := s.Orders[e.Get("order")]
	switch {
	case o == nil || !s.cosigned(o.Delivered, e.Number):
		return fault.At(e.Get("order"), ErrNoKit)
	case o.HandedOver != nil:
		return fault.At(e.Get("order"), ErrHandedOver)
	case !sameFields(o.Delivered, e, "key", "kit"):
		return ErrHistory
	}
	return fault.At(e.Get("day"), checkHandoverDay(e.Get("day"), o.Delivered.Time, e.Time))
}

// checkHandoverDay: people state a day of their own calendar, which may be another than that of UTC by one.
func checkHandoverDay(day string, made, stated time.Time) error {
	const grace = 24 * time.Hour
	if day < made.Add(-grace).UTC().Format(time.DateOnly) || day > stated.Add(grace).UTC().Format(time.DateOnly) {
		return ErrHandoverDay
	}
	return nil
}
