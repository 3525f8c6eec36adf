package release

import (
	"errors"
	"time"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// ErrTooShort says that an order will have expired when it may first be carried out.
var ErrTooShort = errors.New("release: the order expires before its waiting time in this vault is over")

// Receive verifies an order as [Examine] does and records that it was received, unless the ledger
// says so already: from then on its waiting time runs. The same text with other signatures is the
// same order. The order may still have to wait: see [Examined.Waited].
func Receive(v *custody.Vault, text, signatures []byte, now time.Time) (*Examined, error) {
	x, err := Verify(v, text, signatures, now)
	if err != nil {
		return nil, err
	}
	if !x.Received.IsZero() {
		return x, nil
	}
	o := x.Order
	received := &ledger.OrderReceived{
		Order: o.Number, OrderDigest: x.Text, SignatureDigest: x.Signature, Replaces: o.Replaces, Key: o.Key,
		Waiting: x.days(), NotBefore: o.NotBefore,
	}
	if _, err := v.Append(received, nil); err != nil {
		return nil, err
	}
	if err := x.wait(now); err != nil {
		return nil, err
	}
	return x, nil
}

// Waited reports why the order may not be carried out at that time. [custody.ErrStillWaiting] names
// the time from which it may. An order that has begun had waited by then; that the ledger says so does not show it, since
// an intent may stand there that nobody cosigned.
func (x *Examined) Waited(now time.Time) error {
	if x.Received.IsZero() && x.days() > 0 {
		return fault.At(x.Order.Number, custody.ErrNotReceived)
	}
	if now.Before(x.Ready) {
		return fault.At(x.Order.Number, fault.At(keyvalue.FormatTime(x.Ready), custody.ErrStillWaiting))
	}
	return nil
}

// mayBegin is Waited for an order that must have been received.
func (x *Examined) mayBegin(now time.Time) error {
	if x.Received.IsZero() {
		return fault.At(x.Order.Number, custody.ErrNotReceived)
	}
	return x.Waited(now)
}

// wait finds out since when the order waits and until when: by the order's own reason and the
// policy, whatever the entry says, and by the entry when that is longer.
func (x *Examined) wait(now time.Time) error {
	o := x.Order
	x.Ready = custody.Ready(now, x.days(), o.NotBefore)
	known := x.vault.State.Orders[o.Number]
	if known != nil {
		x.Received = known.Received.Time
		x.Ready = custody.Ready(x.Received, x.days(), o.NotBefore)
		if by := known.Ready(); by.After(x.Ready) {
			x.Ready = by
		}
	}
	if x.Ready.After(o.Expires) && (known == nil || known.Intent == nil) {
		return fault.At(o.Number, ErrTooShort)
	}
	return nil
}

// days is how long the policy has orders of this reason wait.
func (x *Examined) days() int {
	return x.vault.Policy.Reason(x.Order.Reason).WaitingDays
}
