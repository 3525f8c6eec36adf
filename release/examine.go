// Package release withdraws one key from custody: it verifies an order, gathers the quorum,
// opens the one key that the order names, and hands it over.
//
// A release goes through these entries of the ledger:
//
//	order-received     the order was presented for the first time; its waiting time runs
//	release-intent     cosigned by the custodians who will open, before anything is opened
//	release-opened     the key was reconstructed and is the one that was published
//	release-delivered  the kit is durable, and ready to be handed over; cosigned
//	kit-handed-over    the bailiff states that it was
//
// Between them only the same order resumes, after any crash; afterwards it is refused for ever.
// Were this package wrong, an heir would receive nothing, or somebody else would receive
// everything.
package release

import (
	"crypto/sha256"
	"errors"
	"time"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/release/officer"
	"bailiff/release/order"
)

// ErrAwaitsCosignature says that the order is carried out, but for the last cosignature.
var ErrAwaitsCosignature = errors.New("release: delivered; only the cosignature of its last entry is missing")

// Examined is an order that the vault accepts. [Examine] and [Receive] alone make one;
// [Release.Run] carries it out once it was received and has waited.
type Examined struct {
	Order     *order.Order
	Signers   []string // fingerprints of the officers who signed
	Text      [32]byte // SHA-256 of the order
	Signature [32]byte // SHA-256 of the signature file

	// Received is when the vault first recorded the order; the zero time when it has not.
	Received time.Time
	// Ready is from when it may be carried out; of an order not received, if it were received now.
	Ready time.Time

	vault *custody.Vault // against which it was examined
}

// Officers are the officers of the vault's policy, names by fingerprint; nil when the names were erased.
func (x *Examined) Officers() map[string]string {
	names, err := x.vault.Names()
	if err != nil || len(names.Officers) != len(x.vault.Policy.Officers) {
		return nil
	}
	out := map[string]string{}
	for i, o := range x.vault.Policy.Officers {
		out[o.Fingerprint] = names.Officers[i]
	}
	return out
}

// Examine verifies an order against the vault: signatures, roster, vault, mode, times, papers,
// the key's place in a proved batch, and the ledger's memory of received and used orders. It tells
// whether the order may be carried out now, and records nothing: of an order that has to wait and
// was not received ([custody.ErrNotReceived]) the wait has not begun.
//
// A release that custodians had begun in time, with the same two files, may be finished later:
// its times are compared with those of its intent.
func Examine(v *custody.Vault, text, signatures []byte, now time.Time) (*Examined, error) {
	x, err := Verify(v, text, signatures, now)
	if err != nil {
		return nil, err
	}
	if err := x.Waited(now); err != nil {
		return nil, err
	}
	return x, nil
}

// Verify is [Examine] for an order that may still have to wait: whether it does, and until when, [Examined.Waited] and
// Ready tell.
func Verify(v *custody.Vault, text, signatures []byte, now time.Time) (*Examined, error) {
	roster, err := officer.ParseRoster(v.Roster, v.Policy)
	if err != nil {
		return nil, err
	}
	if err := checkClock(v, now); err != nil {
		return nil, err
	}
	x := &Examined{Text: sha256.Sum256(text), Signature: sha256.Sum256(signatures), vault: v}
	at, begun, err := x.begun(text, now)
	if err != nil {
		return nil, err
	}
	verified, err := roster.Verify(text, signatures, at)
	if err != nil {
		return nil, err
	}
	x.Order, x.Signers = verified.Order, verified.Signers
	if err := x.Order.Check(order.CheckContext{Policy: v.Policy, Now: at, Begun: begun}); err != nil {
		return nil, err
	}
	if err := x.free(); err != nil {
		return nil, err
	}
	return x, x.wait(now)
}

// free reports why the order may neither begin nor resume, or that its key was not published.
func (x *Examined) free() error {
	o := x.Order
	err := x.vault.State.CheckOrder(o.Number, x.Text, o.Replaces, o.Key)
	if errors.Is(err, custody.ErrUsed) && x.awaitsCosignature() {
		return fault.At(o.Number, ErrAwaitsCosignature)
	}
	if err != nil {
		return err
	}
	return fault.At(o.Number, x.vault.Locate(o.Batch, o.KeyNumber, o.Key))
}

// awaitsCosignature reports whether this very order is delivered and only its last cosignature is
// missing, as after a power cut.
func (x *Examined) awaitsCosignature() bool {
	known := x.vault.State.Orders[x.Order.Number]
	if known.Received.Act.OrderDigest != x.Text {
		return false
	}
	_, _, err := x.vault.Covered(known.Delivered.Number)
	return errors.Is(err, custody.ErrNotCosigned)
}

// begun returns the time at which the order is judged: now, or, when a cosigned intent
// for the very same files stands, that of the intent; and whether one does.
func (x *Examined) begun(text []byte, now time.Time) (at time.Time, begun bool, err error) {
	o, err := order.Parse(text)
	if err != nil {
		return now, false, err
	}
	known := x.vault.State.Begun(o.Number)
	if known == nil || known.Intent.Act.OrderDigest != x.Text ||
		known.Intent.Act.SignatureDigest != x.Signature {
		return now, false, nil
	}
	if _, _, err := x.vault.Covered(known.Intent.Number); errors.Is(err, custody.ErrNotCosigned) {
		return now, false, nil
	} else if err != nil {
		return now, false, err
	}
	if at := known.Intent.Time; at.Before(o.Expires) {
		return at, true, nil
	}
	return o.Expires, true, nil // expired between the examination and the intent
}

// checkClock refuses a clock that is behind the ledger: an expired order would look valid.
func checkClock(v *custody.Vault, now time.Time) error {
	last, _, err := v.Log.Entry(v.Log.Size() - 1)
	if err == nil && now.Before(last.Time) {
		err = fault.At(keyvalue.FormatTime(now), ledger.ErrClock)
	}
	return err
}
