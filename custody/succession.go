package custody

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/vault"
)

// The largest numbers of keys that a ceremony may burn in proof and keep in reserve: their lists
// are records.
const (
	MaxSample  = 1000
	MaxReserve = 10_000
)

// everything is a limit that no checkpoint exceeds.
const everything = math.MaxInt64

// cosigned tells whether a checkpoint over at most limit entries covers e; of no entry it is false.
func (s *State) cosigned(e *ledger.Entry, limit int64) bool {
	if e == nil {
		return false
	}
	i, _ := slices.BinarySearch(s.signed, e.Number+1)
	return i < len(s.signed) && s.signed[i] <= limit
}

// check tells whether e may follow what is known.
func (s *State) check(e *ledger.Entry) error {
	if err := s.allowed(e); err != nil {
		return fault.At(strconv.FormatInt(e.Number, 10), fault.At(string(e.Kind), err))
	}
	return nil
}

func (s *State) allowed(e *ledger.Entry) error {
	switch e.Kind {
	case ledger.Policy:
		return history(e.Number == 0)
	case ledger.ReleaseRefused:
		return nil
	case ledger.OrderReceived:
		return s.allowedReceived(e)
	case ledger.ReleaseIntent:
		return s.allowedIntent(e)
	case ledger.ReleaseOpened, ledger.ReleaseDelivered:
		return s.allowedRelease(e)
	case ledger.KitHandedOver:
		return s.allowedHandover(e)
	}
	return s.allowedBatch(e)
}

func history(ok bool) error {
	if !ok {
		return ErrHistory
	}
	return nil
}

// allowedBatch holds the life of a batch to its order: each step after the first stands on one
// that was cosigned before it.
func (s *State) allowedBatch(e *ledger.Entry) error {
	b := s.Batch(e.Get("batch"))
	if e.Kind == ledger.CeremonyOpened {
		return history(b == nil && s.unfinished(e.Number) == nil && countsFit(e))
	}
	if b == nil || b.Abandoned != nil {
		return ErrHistory
	}
	switch e.Kind {
	case ledger.BatchAbandoned:
		return history(!s.cosigned(b.Sealed, e.Number))
	case ledger.BatchSealed:
		return history(b.Sealed == nil && count(e, "keys") == b.Total())
	case ledger.SampleChosen:
		return s.follows(e, b.Sealed, b.Sampled == nil && b.sampleFits(e))
	case ledger.BatchProved:
		return s.follows(e, b.Sampled, b.Proved == nil && sameCount(e, "published", b.Opened, "publish"))
	case ledger.BatchExported:
		return s.follows(e, b.Proved, true)
	}
	return ErrHistory
}

// follows tells whether e, otherwise fitting, stands on an earlier entry that was cosigned.
func (s *State) follows(e, earlier *ledger.Entry, fits bool) error {
	if earlier == nil || !fits {
		return ErrHistory
	}
	if !s.cosigned(earlier, e.Number) {
		return ErrNotCosigned
	}
	return nil
}

// countsFit refuses a ceremony that would publish nothing, prove nothing, or could not be finished.
func countsFit(e *ledger.Entry) bool {
	publish, sample, reserve := count(e, "publish"), count(e, "sample"), count(e, "reserve")
	return publish >= 1 && sample >= 1 && sample <= MaxSample && reserve <= MaxReserve && publish+sample+reserve <= vault.MaxKeys
}

func sameCount(a *ledger.Entry, keyA string, b *ledger.Entry, keyB string) bool {
	return count(a, keyA) == count(b, keyB)
}

// sampleFits tells whether a sample is as large as the ceremony said, and of the batch's keys.
func (b *BatchState) sampleFits(e *ledger.Entry) bool {
	numbers := sampleOf(e)
	return len(numbers) == count(b.Opened, "sample") && slices.Max(numbers) <= b.Total()
}

// allowedIntent holds an intent to the memory of orders, to the waiting time, to the key's role and
// to the policy. An order that begins again is about the same key.
func (s *State) allowedIntent(e *ledger.Entry) error {
	number, key := e.Get("order"), e.Get("key")
	if err := s.CheckOrder(number, e.Get("order-digest"), e.Get("replaces"), key); err != nil {
		return err
	}
	if err := s.checkWait(e); err != nil {
		return fault.At(number, err)
	}
	if o := s.Orders[number]; o.Intent != nil && !sameFields(o.Intent, e, "batch", "key-number") {
		return fault.At(number, ErrSameOrder)
	}
	b := s.Batch(e.Get("batch"))
	if b == nil || !s.cosigned(b.Proved, e.Number) {
		return fault.At(e.Get("batch"), ErrPublished)
	}
	if err := b.published(count(e, "key-number")); err != nil {
		return fault.At(key, err)
	}
	return s.checkOpening(strings.Split(e.Get("opening"), " "))
}

// checkOpening tells whether exactly as many custodians of the policy are to open as must.
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

func (s *State) allowedRelease(e *ledger.Entry) error {
	o := s.Orders[e.Get("order")]
	if o == nil || o.Intent == nil || o.Delivered != nil || o.Intent.Get("key") != e.Get("key") {
		return ErrHistory
	}
	if e.Kind == ledger.ReleaseDelivered {
		return history(o.Opened != nil)
	}
	return s.follows(e, o.Intent, o.Opened == nil)
}
