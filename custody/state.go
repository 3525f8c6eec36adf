package custody

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
)

// State is what the ledger's entries add up to: which batches there are and how far each has
// come, which orders were used. It holds the rules of succession: [State.check] refuses an
// entry that may not follow those before it.
type State struct {
	Batches []*BatchState          // in the order of their ceremonies
	Orders  map[string]*OrderState // by order number
}

// BatchState is the life of a batch; entries that are not there yet are nil.
type BatchState struct {
	ID                                         string
	Opened, Abandoned, Sealed, Sampled, Proved *ledger.Entry
	Exports                                    []string // digests of exported public batches
}

// OrderState is the life of an order; entries that are not there yet are nil.
type OrderState struct {
	Number                    string
	Intent, Opened, Delivered *ledger.Entry
	ReplacedBy                string
}

func newState() *State { return &State{Orders: map[string]*OrderState{}} }

// Batch returns the state of a batch, or nil.
func (s *State) Batch(id string) *BatchState {
	for _, b := range s.Batches {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// Unfinished returns the batch whose ceremony has neither ended nor been abandoned, or nil.
func (s *State) Unfinished() *BatchState {
	for _, b := range s.Batches {
		if b.Abandoned == nil && b.Proved == nil {
			return b
		}
	}
	return nil
}

// Pending returns the orders whose key was to be opened and is not delivered, by number.
func (s *State) Pending() []*OrderState {
	return slices.DeleteFunc(s.Sorted(), func(o *OrderState) bool { return o.Delivered != nil })
}

// check tells whether e may follow what is known.
func (s *State) check(e *ledger.Entry) error {
	if err := s.allowed(e); err != nil {
		return fault.At(strconv.FormatInt(e.Number, 10), fault.At(string(e.Kind), err))
	}
	return nil
}

func (s *State) allowed(e *ledger.Entry) error {
	b := s.Batch(e.Get("batch"))
	ok := true
	switch e.Kind {
	case ledger.Policy:
		ok = e.Number == 0
	case ledger.CeremonyOpened:
		ok = b == nil && s.Unfinished() == nil
	case ledger.BatchAbandoned:
		ok = b != nil && b.Abandoned == nil && b.Sampled == nil
	case ledger.BatchSealed:
		ok = b != nil && b.Abandoned == nil && b.Sealed == nil
	case ledger.SampleChosen:
		ok = b != nil && b.Abandoned == nil && b.Sealed != nil && b.Sampled == nil
	case ledger.BatchProved:
		ok = b != nil && b.Sampled != nil && b.Proved == nil
	case ledger.BatchExported:
		ok = b != nil && b.Proved != nil
	case ledger.ReleaseIntent, ledger.ReleaseOpened, ledger.ReleaseDelivered:
		return s.allowedRelease(e)
	}
	if !ok || e.Number == 0 && e.Kind != ledger.Policy {
		return ErrHistory
	}
	return nil
}

// ErrUsed and its kin say why an order may not be used.
func (s *State) allowedRelease(e *ledger.Entry) error {
	o := s.Orders[e.Get("order")]
	switch e.Kind {
	case ledger.ReleaseIntent:
		return s.CheckOrder(e.Get("order"), e.Get("order-digest"), e.Get("replaces"), e.Get("key"))
	case ledger.ReleaseOpened:
		if o == nil || o.Delivered != nil || o.Opened != nil || o.Intent.Get("key") != e.Get("key") {
			return ErrHistory
		}
	case ledger.ReleaseDelivered:
		if o == nil || o.Delivered != nil || o.Opened == nil || o.Intent.Get("key") != e.Get("key") {
			return ErrHistory
		}
	}
	return nil
}

// apply takes in an entry that [State.check] allowed.
func (s *State) apply(e *ledger.Entry) {
	b := s.Batch(e.Get("batch"))
	switch e.Kind {
	case ledger.CeremonyOpened:
		s.Batches = append(s.Batches, &BatchState{ID: e.Get("batch"), Opened: e})
	case ledger.BatchAbandoned:
		b.Abandoned = e
	case ledger.BatchSealed:
		b.Sealed = e
	case ledger.SampleChosen:
		b.Sampled = e
	case ledger.BatchProved:
		b.Proved = e
	case ledger.BatchExported:
		b.Exports = append(b.Exports, e.Get("file"))
	case ledger.ReleaseIntent:
		s.applyIntent(e)
	case ledger.ReleaseOpened:
		s.Orders[e.Get("order")].Opened = e
	case ledger.ReleaseDelivered:
		s.Orders[e.Get("order")].Delivered = e
	}
}

// applyIntent takes in an intent. The same order may be intended again, by other custodians,
// as long as it is not delivered.
func (s *State) applyIntent(e *ledger.Entry) {
	number := e.Get("order")
	o := s.Orders[number]
	if o == nil {
		o = &OrderState{Number: number}
		s.Orders[number] = o
	}
	o.Intent = e
	if old := s.Orders[e.Get("replaces")]; old != nil {
		old.ReplacedBy = number
	}
}

// Sample returns the burnt key numbers, ascending; nil before the sample is chosen.
func (b *BatchState) Sample() []int {
	if b.Sampled == nil {
		return nil
	}
	var out []int
	for w := range strings.SplitSeq(b.Sampled.Get("numbers"), " ") {
		n, err := record.KeyNumber(w)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// count reads a count of an entry that the ledger has checked.
func count(e *ledger.Entry, key string) int {
	n, err := strconv.Atoi(e.Get(key))
	if err != nil {
		return 0
	}
	return n
}

// Total returns the number of keys that the ceremony was to make.
func (b *BatchState) Total() int {
	return count(b.Opened, "publish") + count(b.Opened, "sample") + count(b.Opened, "reserve")
}

// Role is what became of a key when its batch was proved.
type Role string

// The roles of docs/formats.md, "Sample, burnt, reserve".
const (
	Published Role = "published"
	Burnt     Role = "burnt"
	Reserve   Role = "reserve"
)

// Roles returns the role of every key; index 0 is key 1. It is nil before the sample is chosen.
func (b *BatchState) Roles() []Role {
	sample := b.Sample()
	if sample == nil {
		return nil
	}
	roles := make([]Role, b.Total())
	for _, n := range sample {
		if n <= len(roles) {
			roles[n-1] = Burnt
		}
	}
	left := count(b.Opened, "reserve")
	for i := len(roles) - 1; i >= 0; i-- {
		switch {
		case roles[i] == Burnt:
		case left > 0:
			roles[i] = Reserve
			left--
		default:
			roles[i] = Published
		}
	}
	return roles
}

// Sorted returns all orders by number.
func (s *State) Sorted() []*OrderState {
	return slices.SortedFunc(maps.Values(s.Orders), func(a, b *OrderState) int { return strings.Compare(a.Number, b.Number) })
}
