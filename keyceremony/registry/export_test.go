package registry

import (
	"context"

	"bailiff/custody/fault"
)

// Key returns the published key of that fingerprint, or [ErrNoKey]; for a burnt key, [ErrBurnt],
// for a reserve, [ErrReserve].
func (p *Pool) Key(ctx context.Context, fingerprint string) (*Key, error) {
	k, err := p.key(ctx, p.db, "fingerprint", fingerprint)
	return k, fault.At(fingerprint, err)
}
