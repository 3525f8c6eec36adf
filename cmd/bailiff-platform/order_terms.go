package main

import (
	"context"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/filetype"
	"bailiff/custody/policy"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/registry"
	"bailiff/release/order"
)

// termsFlags name what an order is checked against before it is signed: the pool, or, for an officer who is not to read
// that, the public batch of its key.
type termsFlags struct {
	pooled
	batch, trust string
}

func (f *termsFlags) flags(t *tool, c *cobra.Command) {
	c.Flags().StringVar(&f.database, "database", "", t.T("flag.database"))
	c.Flags().StringVar(&f.batch, "public-batch", "", t.T("flag.public-batch"))
	c.Flags().StringVar(&f.trust, "trust", "", t.T("flag.trust"))
	cli.Either(c, "database", "public-batch")
}

// check refuses flags that do not name one of the two, in full.
func (f *termsFlags) check() error {
	switch {
	case f.database == "" && f.batch == "":
		return fault.At("--database", cli.ErrMissing)
	case f.database != "" && f.batch != "":
		return fault.At("--public-batch", cli.ErrTooMany)
	case f.batch != "" && f.trust == "":
		return fault.At("--trust", cli.ErrMissing)
	case f.batch == "" && f.trust != "":
		return fault.At("--public-batch", cli.ErrMissing)
	}
	return nil
}

// checkTerms returns the policy of the vault, unless the order names another key than the pool or the batch does, or the vault
// would have to refuse it.
func (t *tool) checkTerms(f *termsFlags, o *order.Order) (*policy.Policy, error) {
	find := f.fromPool
	if f.batch != "" {
		find = f.fromBatch
	}
	p, err := find(t, o)
	if err != nil {
		return nil, err
	}
	return p, cli.NotSigned(o.CheckDraft(p, t.Now()))
}

func (f *termsFlags) fromPool(t *tool, o *order.Order) (p *policy.Policy, err error) {
	said := &registry.Key{Vault: o.Vault, Batch: o.Batch, Number: o.KeyNumber, Fingerprint: o.Key, Member: o.Member}
	err = f.with(t, reading, func(ctx context.Context, pool *registry.Pool) error {
		if err := pool.CheckKey(ctx, said); err != nil {
			return fault.At(o.Number, err)
		}
		p, err = pool.Policy(ctx, o.Vault)
		return err
	})
	return p, err
}

func (f *termsFlags) fromBatch(t *tool, o *order.Order) (*policy.Policy, error) {
	anchor, err := t.anchor(f.trust)
	if err != nil {
		return nil, err
	}
	file, err := t.disk.Open(f.batch)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, fault.At(f.batch, err)
	}
	b, err := keybatch.Open(file, info.Size())
	if err != nil {
		return nil, fault.At(f.batch, filetype.InsteadOf(err, f.batch, filetype.Batch))
	}
	terms, err := b.Terms(anchor, nil)
	if err != nil {
		return nil, fault.At(f.batch, err)
	}
	return terms.Policy, fault.At(o.Number, terms.CheckKey(o.Batch, o.KeyNumber, o.Key))
}
