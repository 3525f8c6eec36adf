package custody

import (
	"maps"
	"slices"
	"strings"

	"bailiff/custody/batch"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
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
	ID        string
	Opened    *ledger.EntryOf[ledger.CeremonyOpened]
	Abandoned *ledger.EntryOf[ledger.BatchAbandoned]
	Sealed    *ledger.EntryOf[ledger.BatchSealed]
	Sampled   *ledger.EntryOf[ledger.SampleChosen]
	Proved    *ledger.EntryOf[ledger.BatchProved]
	Exports   [][32]byte // digests of exported public batches

	roles batch.Roles // once the sample is chosen
}

// OrderState is the life of an order; entries that are not there yet are nil, but for Received.
type OrderState struct {
	Number     string
	Received   *ledger.EntryOf[ledger.OrderReceived]
	Intent     *ledger.EntryOf[ledger.ReleaseIntent] // the last one
	Opened     *ledger.EntryOf[ledger.ReleaseOpened]
	Delivered  *ledger.EntryOf[ledger.ReleaseDelivered]
	HandedOver *ledger.EntryOf[ledger.KitHandedOver] // that the bailiff stated it
	ReplacedBy string
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
		if b.Abandoned == nil && !cosigned(s, b.Proved, limit) {
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
	switch a := e.Act.(type) {
	case *ledger.CeremonyOpened:
		s.Batches = append(s.Batches, &BatchState{ID: a.Batch, Opened: ledger.WithAct(e, a)})
	case *ledger.BatchAbandoned:
		s.Batch(a.Batch).Abandoned = ledger.WithAct(e, a)
	case *ledger.BatchSealed:
		s.Batch(a.Batch).Sealed = ledger.WithAct(e, a)
	case *ledger.SampleChosen:
		s.Batch(a.Batch).choose(e, a)
	case *ledger.BatchProved:
		s.Batch(a.Batch).Proved = ledger.WithAct(e, a)
	case *ledger.BatchExported:
		b := s.Batch(a.Batch)
		b.Exports = append(b.Exports, a.File)
	case *ledger.OrderReceived:
		s.Orders[a.Order] = &OrderState{Number: a.Order, Received: ledger.WithAct(e, a)}
	case *ledger.ReleaseIntent:
		s.applyIntent(e, a)
	case *ledger.ReleaseOpened:
		s.Orders[a.Order].Opened = ledger.WithAct(e, a)
	case *ledger.ReleaseDelivered:
		s.Orders[a.Order].Delivered = ledger.WithAct(e, a)
	case *ledger.KitHandedOver:
		s.Orders[a.Order].HandedOver = ledger.WithAct(e, a)
	}
}

// applyIntent takes in an intent. The same order may be intended again, by other custodians,
// as long as it is not delivered.
func (s *State) applyIntent(e *ledger.Entry, a *ledger.ReleaseIntent) {
	s.Orders[a.Order].Intent = ledger.WithAct(e, a)
	s.taken[a.Key] = a.Order
	if old := s.Orders[a.Replaces]; old != nil {
		old.ReplacedBy = a.Order
	}
}

func (b *BatchState) choose(e *ledger.Entry, a *ledger.SampleChosen) {
	b.Sampled = ledger.WithAct(e, a)
	b.roles = batch.NewRoles(b.Total(), b.Opened.Act.Reserve, a.Numbers)
}

// Sample returns the burnt key numbers, ascending; nil before the sample is chosen.
func (b *BatchState) Sample() []int {
	if b.Sampled == nil {
		return nil
	}
	return slices.Clone(b.Sampled.Act.Numbers)
}

// Total returns the number of keys that the ceremony was to make.
func (b *BatchState) Total() int { return b.Opened.Act.Total() }

// Roles returns the role of every key; index 0 is key 1. It is nil before the sample is chosen.
func (b *BatchState) Roles() []batch.Role {
	if b.Sampled == nil {
		return nil
	}
	roles := make([]batch.Role, b.Total())
	for i := range roles {
		roles[i] = b.roles.Of(i + 1)
	}
	return roles
}

// published reports whether the key of that number is one to be published. Before the sample is chosen none has a role.
func (b *BatchState) published(number int) error {
	switch b.roles.Of(number) {
	case batch.Published:
		return nil
	case batch.Burnt:
		return ErrBurnt
	case batch.Reserve:
		return ErrReserved
	}
	return ErrNoKey
}

// Sorted returns all orders by number.
func (s *State) Sorted() []*OrderState {
	return slices.SortedFunc(maps.Values(s.Orders), func(a, b *OrderState) int { return strings.Compare(a.Number, b.Number) })
}
