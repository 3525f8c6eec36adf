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

// ErrRecipient says that the name of whoever received a kit was erased from the ledger and must be stated.
var ErrRecipient = errors.New("release: the recipient's name was erased; state who received the kit")

// ErrBailiff says that the order's number stands where the name of the bailiff is meant.
var ErrBailiff = errors.New("release: the order's number is not the name of the bailiff who handed the kit over")

// Statement is what a bailiff states of a kit that was handed over. No program can know it: [Release.Run] ends with a kit that
// is ready.
type Statement struct {
	Order   string // number
	Day     string // YYYY-MM-DD
	Bailiff string // who handed it over, and states so
	To      string // who received it; "" for the order's recipient
}

// Begin refuses a handover that the ledger could not record, whoever states it, and fills in the order's recipient: nobody is
// asked for a name in vain. It records nothing.
func (s *Statement) Begin(v *custody.Vault) error {
	o := v.State.Orders[s.Order]
	if o == nil || o.Delivered == nil {
		return fault.At(s.Order, custody.ErrNoKit)
	}
	if s.To == "" {
		var err error
		if s.To, err = recipientOf(v, o.Intent.Entry); err != nil {
			return fault.At(s.Order, err)
		}
	}
	if err := keyvalue.CheckDate(s.Day); err != nil {
		return fault.At(s.Day, err)
	}
	return v.MayAppend(s.act(o))
}

// Complete is Begin for a statement with the bailiff's name.
func (s *Statement) Complete(v *custody.Vault) error {
	if err := s.Begin(v); err != nil {
		return err
	}
	for _, name := range []string{s.Bailiff, s.To} {
		if err := keyvalue.CheckText(name); err != nil {
			return fault.At(name, err)
		}
	}
	if s.Bailiff == s.Order {
		return fault.At(s.Bailiff, ErrBailiff)
	}
	return nil
}

// HandedOver records the statement. It needs no token; whoever cosigns the ledger next cosigns it too.
func HandedOver(v *custody.Vault, s Statement) error {
	if err := s.Complete(v); err != nil {
		return err
	}
	_, err := v.Append(s.act(v.State.Orders[s.Order]), keyvalue.Fields("bailiff", s.Bailiff, "handed-to", s.To))
	return err
}

func (s *Statement) act(o *custody.OrderState) *ledger.KitHandedOver {
	return &ledger.KitHandedOver{Order: s.Order, Key: o.Delivered.Act.Key, Kit: o.Delivered.Act.Kit, Day: s.Day}
}

// recipientOf is the recipient whom an intent names, unless that was erased.
func recipientOf(v *custody.Vault, intent *ledger.Entry) (string, error) {
	part, err := v.Log.Personal(intent.Number)
	if errors.Is(err, ledger.ErrErased) {
		return "", ErrRecipient
	}
	if err != nil {
		return "", err
	}
	_, fields, err := ledger.ParsePersonal(part)
	for _, f := range fields {
		if f.Key == "recipient" {
			return f.Value, err
		}
	}
	return "", errors.Join(err, ErrRecipient)
}
