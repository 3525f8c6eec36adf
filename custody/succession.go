package custody

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
)

// The largest numbers of keys that a ceremony may burn in proof and keep in reserve: their lists
// are records.
const (
	MaxSample  = 1000
	MaxReserve = 10_000
)

// everything is a limit that no checkpoint exceeds.
const everything = math.MaxInt64

// cosigned reports whether a checkpoint over at most limit entries covers the act r; of none it is false.
func cosigned[A any](s *State, r *ledger.EntryOf[A], limit int64) bool {
	if r == nil {
		return false
	}
	i, _ := slices.BinarySearch(s.signed, r.Number+1)
	return i < len(s.signed) && s.signed[i] <= limit
}

// check reports whether e may follow what is known.
func (s *State) check(e *ledger.Entry) error {
	if err := s.allowed(e); err != nil {
		return fault.At(strconv.FormatInt(e.Number, 10), fault.At(string(e.Act.Kind()), err))
	}
	return nil
}

func (s *State) allowed(e *ledger.Entry) error {
	switch a := e.Act.(type) {
	case *ledger.PolicyAdopted:
		return history(e.Number == 0)
	case *ledger.CeremonyOpened:
		return history(s.Batch(a.Batch) == nil && s.unfinished(e.Number) == nil && countsFit(a))
	case *ledger.ReleaseRefused:
		return nil
	case *ledger.OrderReceived:
		return s.allowedReceived(a)
	case *ledger.ReleaseIntent:
		return s.allowedIntent(e, a)
	case *ledger.ReleaseOpened:
		return s.allowedOpened(e, a)
	case *ledger.ReleaseDelivered:
		return s.allowedDelivered(a)
	case *ledger.KitHandedOver:
		return s.allowedHandover(e, a)
	}
	return s.allowedBatch(e)
}

func history(ok bool) error {
	if !ok {
		return ErrHistory
	}
	return nil
}

// allowedBatch holds the life of a batch, once it is opened, to its order: each step stands on one
// that was cosigned before it.
func (s *State) allowedBatch(e *ledger.Entry) error {
	switch a := e.Act.(type) {
	case *ledger.BatchAbandoned:
		return s.onBatch(a.Batch, func(b *BatchState) error { return history(!cosigned(s, b.Sealed, e.Number)) })
	case *ledger.BatchSealed:
		return s.onBatch(a.Batch, func(b *BatchState) error { return history(b.Sealed == nil && a.Keys == b.Total()) })
	case *ledger.SampleChosen:
		return s.onBatch(a.Batch, func(b *BatchState) error {
			return follows(s, e, b.Sealed, b.Sampled == nil && b.sampleFits(a))
		})
	case *ledger.BatchProved:
		return s.onBatch(a.Batch, func(b *BatchState) error {
			return follows(s, e, b.Sampled, b.Proved == nil && a.Published == b.Opened.Act.Publish)
		})
	case *ledger.BatchExported:
		return s.onBatch(a.Batch, func(b *BatchState) error { return follows(s, e, b.Proved, true) })
	}
	return ErrHistory
}

// onBatch asks about a batch that was opened and not abandoned.
func (s *State) onBatch(id string, allowed func(*BatchState) error) error {
	b := s.Batch(id)
	if b == nil || b.Abandoned != nil {
		return ErrHistory
	}
	return allowed(b)
}

// follows reports whether e, otherwise fitting, stands on an earlier act that was cosigned.
func follows[A any](s *State, e *ledger.Entry, earlier *ledger.EntryOf[A], fits bool) error {
	if earlier == nil || !fits {
		return ErrHistory
	}
	if !cosigned(s, earlier, e.Number) {
		return ErrNotCosigned
	}
	return nil
}

// countsFit refuses a ceremony that would publish nothing, prove nothing, or could not be finished.
func countsFit(a *ledger.CeremonyOpened) bool {
	return a.Publish >= 1 && a.Sample >= 1 && a.Sample <= MaxSample && a.Reserve <= MaxReserve && a.Total() <= batch.MaxKeys
}

// sampleFits reports whether a sample is as large as the ceremony said, and of the batch's keys.
func (b *BatchState) sampleFits(a *ledger.SampleChosen) bool {
	return len(a.Numbers) == b.Opened.Act.Sample && slices.Max(a.Numbers) <= b.Total()
}

// allowedIntent holds an intent to the memory of orders, to the waiting time, to the key's role and
// to the policy. An order that begins again is about the same key.
func (s *State) allowedIntent(e *ledger.Entry, a *ledger.ReleaseIntent) error {
	if err := s.CheckOrder(a.Order, a.OrderDigest, a.Replaces, a.Key); err != nil {
		return err
	}
	if err := s.checkWait(e.Time, a); err != nil {
		return fault.At(a.Order, err)
	}
	if o := s.Orders[a.Order]; o.Intent != nil && (o.Intent.Act.Batch != a.Batch || o.Intent.Act.KeyNumber != a.KeyNumber) {
		return fault.At(a.Order, ErrSameOrder)
	}
	b := s.Batch(a.Batch)
	if b == nil || !cosigned(s, b.Proved, e.Number) {
		return fault.At(a.Batch, ErrPublished)
	}
	if err := b.published(a.KeyNumber); err != nil {
		return fault.At(a.Key, err)
	}
	return s.checkOpening(a.Opening)
}

// checkOpening reports whether exactly as many custodians of the policy are to open as must.
func (s *State) checkOpening(ids []string) error {
	if len(ids) != s.policy.Threshold {
		return fault.At(strings.Join(ids, " "), ErrQuorum)
	}
	for _, id := range ids {
		if s.policy.Custodian(id) == nil {
			return fault.At(id, ErrStranger)
		}
	}
	return nil
}

// begun returns the state of an order that is being carried out for that key, or nil.
func (s *State) begun(order, key string) *OrderState {
	o := s.Begun(order)
	if o == nil || o.Delivered != nil || o.Intent.Act.Key != key {
		return nil
	}
	return o
}

func (s *State) allowedOpened(e *ledger.Entry, a *ledger.ReleaseOpened) error {
	o := s.begun(a.Order, a.Key)
	if o == nil {
		return ErrHistory
	}
	return follows(s, e, o.Intent, o.Opened == nil)
}

func (s *State) allowedDelivered(a *ledger.ReleaseDelivered) error {
	o := s.begun(a.Order, a.Key)
	return history(o != nil && o.Opened != nil)
}
