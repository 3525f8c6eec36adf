package custody

import (
	"errors"

	"bailiff/custody/fault"
)

// The ways in which the ledger's memory of orders refuses one.
var (
	ErrUsed      = errors.New("order: already used; an order opens a key once")
	ErrSameOrder = errors.New("order: another order of that number has begun")
	ErrKeyTaken  = errors.New("order: the key was released before; a lost kit needs an order that replaces the earlier one")
	ErrReplaces  = errors.New("order: the order that it replaces was not delivered for this key, or is replaced already")
)

// CheckOrder tells whether an order may begin or resume: its number, the digest form of its
// text, the number of the order that it replaces ("" for none), the fingerprint of its key.
func (s *State) CheckOrder(number, digest, replaces, key string) error {
	if o := s.Orders[number]; o != nil {
		if o.Delivered != nil {
			return fault.At(number, ErrUsed)
		}
		if o.Intent.Get("order-digest") != digest {
			return fault.At(number, ErrSameOrder)
		}
		return nil
	}
	if replaces != "" {
		old := s.Orders[replaces]
		if old == nil || old.Delivered == nil || old.ReplacedBy != "" || old.Intent.Get("key") != key {
			return fault.At(replaces, ErrReplaces)
		}
		return nil
	}
	if earlier, taken := s.taken[key]; taken {
		return fault.At(earlier, ErrKeyTaken)
	}
	return nil
}
