package main

import (
	"context"

	"github.com/spf13/cobra"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/registry"
)

// withPool makes a command that uses an existing pool.
func withPool(t *tool, path, example string, use access, run func(context.Context, *registry.Pool, []string) error, args ...string) *cobra.Command {
	var f pooled
	c := t.Leaf(path, example, func(given []string) error {
		return f.with(t, use, func(ctx context.Context, pool *registry.Pool) error { return run(ctx, pool, given) })
	}, args...)
	if use == reading {
		c.Flags().StringVar(&f.database, "database", "", t.T("flag.database"))
	} else {
		f.flags(t, c)
	}
	return t.Require(c, "database")
}

// keyShown is the JSON of a key of the pool.
type keyShown struct {
	Fingerprint string `json:"fingerprint"`
	Batch       string `json:"batch"`
	KeyNumber   string `json:"key_number"`
	Vault       string `json:"vault"`
	Member      string `json:"member,omitempty"`
	Armored     string `json:"armored"`
}

func describeKey(k *registry.Key) keyShown {
	return keyShown{
		Fingerprint: k.Fingerprint, Batch: k.Batch, KeyNumber: keyvalue.FormatKeyNumber(k.Number), Vault: k.Vault,
		Member: k.Member, Armored: string(k.Armored),
	}
}

// poolAssign assigns the next free key to a member, once.
func poolAssign(t *tool) *cobra.Command {
	var out string
	c := withPool(t, "pool assign", "bailiff-platform pool assign member-0001 --database sqlite:pool.db --out member-0001.asc", writing,
		func(ctx context.Context, pool *registry.Pool, args []string) error {
			if out != "" {
				if err := durable.Free(out); err != nil { // before a key is given away
					return err
				}
			}
			k, err := pool.Assign(ctx, args[0], t.Now())
			if err != nil {
				return err
			}
			return t.giveKey(k, out)
		}, "MEMBER")
	c.Flags().StringVar(&out, "out", "", t.T("flag.key-out"))
	return c
}

// poolKey prints the public key of a member.
func poolKey(t *tool) *cobra.Command {
	var out string
	c := withPool(t, "pool key", "bailiff-platform pool key member-0001 --database sqlite:pool.db --out member-0001.asc", reading,
		func(ctx context.Context, pool *registry.Pool, args []string) error {
			k, err := pool.KeyOf(ctx, args[0])
			if err != nil {
				return fault.At(args[0], err)
			}
			return t.giveKey(k, out)
		}, "MEMBER")
	c.Flags().StringVar(&out, "out", "", t.T("flag.key-out"))
	return c
}

// giveKey writes the armored key to a new file, or prints it alone to standard output, so that it can be piped, and says
// which it is on standard error.
func (t *tool) giveKey(k *registry.Key, out string) error {
	shown := describeKey(k)
	if out != "" {
		if err := t.disk.Create(out, k.Armored, 0o644); err != nil {
			return err
		}
	}
	return t.Result(shown, func() {
		if out != "" {
			t.Say("pool.written", shown.Fingerprint, shown.KeyNumber, shown.Batch, shown.Member, out)
			return
		}
		t.Note("pool.key", shown.Fingerprint, shown.KeyNumber, shown.Batch, shown.Member)
		_, _ = t.Out.Write(k.Armored)
	})
}

// poolShow counts the keys of the pool.
func poolShow(t *tool) *cobra.Command {
	return withPool(t, "pool show", "bailiff-platform pool show --database sqlite:pool.db", reading,
		func(ctx context.Context, pool *registry.Pool, _ []string) error {
			stats, err := pool.Show(ctx)
			if err != nil {
				return err
			}
			s := describePool(stats)
			return t.Result(s, func() { t.sayPool(s) })
		})
}

// poolShown is the JSON of pool show.
type poolShown struct {
	Mode     string           `json:"mode"`
	Batches  []poolBatchShown `json:"batches"`
	Free     int              `json:"free"`
	Assigned int              `json:"assigned"`

	Withdrawn  int               `json:"withdrawn"`
	Reconciled []reconciledShown `json:"reconciled"`
}

// reconciledShown is a reconciliation that was done.
type reconciledShown struct {
	Time      string `json:"time"`
	Returned  int    `json:"returned"`
	Withdrawn int    `json:"withdrawn"`
}

type poolBatchShown struct {
	Batch     string `json:"batch"`
	Vault     string `json:"vault"`
	File      string `json:"file"`
	Published int    `json:"published"`
	Assigned  int    `json:"assigned"`
	Withdrawn int    `json:"withdrawn"`
	Burnt     int    `json:"burnt"`
	Reserve   int    `json:"reserve"`
}

func describePool(s *registry.Stats) poolShown {
	out := poolShown{
		Mode: s.Mode, Batches: []poolBatchShown{}, Free: s.Free, Assigned: s.Assigned, Withdrawn: s.Withdrawn, Reconciled: []reconciledShown{},
	}
	for _, b := range s.Batches {
		out.Batches = append(out.Batches, poolBatchShown{
			Batch: b.Batch, Vault: b.Vault, File: keyvalue.FormatDigest(b.File), Published: b.Published, Assigned: b.Assigned,
			Withdrawn: b.Withdrawn, Burnt: b.Burnt, Reserve: b.Reserve,
		})
	}
	for _, r := range s.Reconciled {
		out.Reconciled = append(out.Reconciled, reconciledShown{keyvalue.FormatTime(r.Done), r.Returned, r.Withdrawn})
	}
	return out
}

func (t *tool) sayPool(s poolShown) {
	if s.Mode == "" {
		t.Say("pool.empty")
		return
	}
	t.Say("pool.mode." + s.Mode)
	for _, b := range s.Batches {
		t.Say("pool.batch", b.Batch, b.Vault, b.Published, b.Assigned, b.Burnt, b.Reserve)
		if b.Withdrawn > 0 {
			t.Say("pool.withdrawn", b.Withdrawn)
		}
	}
	for _, r := range s.Reconciled {
		t.Say("pool.reconciled", t.When(r.Time), r.Returned, r.Withdrawn)
	}
	t.Say("pool.count", len(s.Batches), s.Free, s.Assigned)
}
