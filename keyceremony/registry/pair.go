package registry

import (
	"context"
	"errors"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// Given returns the key that was given to a member, for an order that is to open it. A fingerprint that somebody names
// besides must be that of the member's key ([ErrOtherKey]; [ErrBurnt], [ErrReserve] or [ErrWithdrawn] when it can be
// nobody's; [ErrNoKey] when the pool does not know it); "" names none.
func (p *Pool) Given(ctx context.Context, member, fingerprint string) (*Key, error) {
	if err := CheckMember(member); err != nil {
		return nil, err
	}
	if fingerprint != "" {
		if err := p.checkHolder(ctx, member, fingerprint); err != nil {
			return nil, err
		}
	}
	k, err := p.KeyOf(ctx, member)
	return k, fault.At(member, err)
}

func (p *Pool) checkHolder(ctx context.Context, member, fingerprint string) error {
	h, err := p.holder(ctx, fingerprint)
	switch {
	case errors.Is(err, ErrNotImported):
		err = ErrNoKey
	case err != nil:
	case h.withdrawn:
		err = ErrWithdrawn
	case h.member != member:
		return fault.At(member, fault.At(fingerprint, ErrOtherKey))
	}
	return fault.At(fingerprint, err)
}

// CheckKey tells whether what an order says of a key and its member is what the pool knows: vault, batch, number, fingerprint
// and member.
func (p *Pool) CheckKey(ctx context.Context, said *Key) error {
	k, err := p.Given(ctx, said.Member, said.Fingerprint)
	if err != nil {
		return err
	}
	if k.Vault != said.Vault || k.Batch != said.Batch || k.Number != said.Number {
		return fault.At(said.Batch, fault.At(keyvalue.FormatKeyNumber(said.Number), ErrOtherKey))
	}
	return nil
}
