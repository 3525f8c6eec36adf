package custody

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/record"
)

// State is what the ledger's entries add up to: which batches there are and how far each has
// come, which orders were received and used. It holds the rules of succession: State.check refuses an
// entry that may not follow those before it.
type State struct {
	Batches []*BatchState          // in the order of their ceremonies
	Orders  map[string]*OrderState // by order number

	policy *policy.Policy
	taken  map[string]string // by fingerprint, the number of the last order for that key
	signed []int64           // sizes of the checkpoints, ascending
}

// BatchState is the life of a batch; entries that are not there yet are nil.
type BatchState struct {
	ID                                         string
	Opened, Abandoned, Sealed, Sampled, Proved *ledger.Entry
	Exports                                    []string // digests of exported public batches

	sample  []int // once a role was asked for
	reserve int   // then, the number of the first key of the reserve
}

// OrderState is the life of an order; entries that are not there yet are nil, but for Received.
type OrderState struct {
	Number                              string
	Received, Intent, Opened, Delivered *ledger.Entry
	HandedOver                          *ledger.Entry // that the bailiff stated it
	ReplacedBy                          string
}

func newState(p *policy.Policy) *State {
	return &State{Orders: map[string]*OrderState{}, policy: p, taken: map[string]string{}}
}

// Batch returns the state of a batch, or nil.
func (s *State) Batch(id string) *BatchState {
	for _, b := range s.Batches {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// Unfinished returns the batch whose ceremony has neither ended, with a proof that is cosigned,
// nor been abandoned, or nil.
func (s *State) Unfinished() *BatchState { return s.unfinished(everything) }

// unfinished is Unfinished as of the checkpoints over at most limit entries.
func (s *State) unfinished(limit int64) *BatchState {
	for _, b := range s.Batches {
		if b.Abandoned == nil && !s.cosigned(b.Proved, limit) {
			return b
		}
	}
	return nil
}

// Pending returns the orders whose key was to be opened and is not delivered, by number.
func (s *State) Pending() []*OrderState {
	return slices.DeleteFunc(s.Sorted(), func(o *OrderState) bool { return o.Intent == nil || o.Delivered != nil })
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
	case ledger.OrderReceived:
		s.Orders[e.Get("order")] = &OrderState{Number: e.Get("order"), Received: e}
	case ledger.ReleaseIntent:
		s.applyIntent(e)
	case ledger.ReleaseOpened:
		s.Orders[e.Get("order")].Opened = e
	case ledger.ReleaseDelivered:
		s.Orders[e.Get("order")].Delivered = e
	case ledger.KitHandedOver:
		s.Orders[e.Get("order")].HandedOver = e
	}
}

// applyIntent takes in an intent. The same order may be intended again, by other custodians,
// as long as it is not delivered.
func (s *State) applyIntent(e *ledger.Entry) {
	number := e.Get("order")
	s.Orders[number].Intent = e
	s.taken[e.Get("key")] = number
	if old := s.Orders[e.Get("replaces")]; old != nil {
		old.ReplacedBy = number
	}
}

// Sample returns the burnt key numbers, ascending; nil before the sample is chosen.
func (b *BatchState) Sample() []int {
	if b.Sampled == nil {
		return nil
	}
	return sampleOf(b.Sampled)
}

func sampleOf(e *ledger.Entry) []int {
	var out []int
	for w := range strings.SplitSeq(e.Get("numbers"), " ") {
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
	if b.Sampled == nil {
		return nil
	}
	roles := make([]Role, b.Total())
	for i := range roles {
		roles[i] = b.role(i + 1)
	}
	return roles
}

// role returns the role of one key, once the sample is chosen: the sampled keys are burnt, of the others
// the last are the reserve. It takes no longer for a key of a large batch. The ledger's grammar holds the sampled
// numbers in ascending order.
func (b *BatchState) role(number int) Role {
	if b.sample == nil {
		b.sample = b.Sample()
		b.reserve = b.Total() - count(b.Opened, "reserve") + 1
		for _, n := range slices.Backward(b.sample) {
			if n >= b.reserve {
				b.reserve--
			}
		}
	}
	if _, burnt := slices.BinarySearch(b.sample, number); burnt {
		return Burnt
	}
	if number >= b.reserve {
		return Reserve
	}
	return Published
}

// published tells whether the key of that number is one to be published.
func (b *BatchState) published(number int) error {
	if b.Sampled == nil || number < 1 || number > b.Total() {
		return ErrNoKey
	}
	switch b.role(number) {
	case Burnt:
		return ErrBurnt
	case Reserve:
		return ErrReserved
	}
	return nil
}

// Sorted returns all orders by number.
func (s *State) Sorted() []*OrderState {
	return slices.SortedFunc(maps.Values(s.Orders), func(a, b *OrderState) int { return strings.Compare(a.Number, b.Number) })
}
