package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/keyceremony/registry"
)

// batchImport verifies a public batch and takes its keys into the pool.
func batchImport(t *tool) *cobra.Command {
	var f importFlags
	c := t.Leaf("batch import", "bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db",
		func(args []string) error { return t.importBatch(args[0], &f) }, "FILE")
	c.Flags().StringVar(&f.trust, "trust", "", t.T("flag.trust"))
	c.Flags().StringVar(&f.database, "database", "", t.T("flag.database"))
	c.Flags().StringVar(&f.words, "anchor-words", "", t.T("flag.anchor-words"))
	c.Flags().BoolVar(&f.rehearsal, "rehearsal", false, t.T("flag.rehearsal"))
	return t.Require(c, "trust", "database")
}

type importFlags struct {
	trust, database, words string
	rehearsal              bool
}

func (f *importFlags) mode() string {
	if f.rehearsal {
		return record.Rehearsal
	}
	return record.Production
}

func (t *tool) importBatch(path string, f *importFlags) error {
	ctx := context.Background()
	anchor, err := t.anchor(f.trust)
	if err != nil {
		return err
	}
	b, err := t.openBatch(path, anchor)
	if err != nil {
		return err
	}
	defer b.Close()
	if b.Mode != f.mode() {
		return fault.At(b.Mode, registry.ErrMode)
	}
	pool, done, err := t.openPool(ctx, f.database)
	if err != nil {
		return err
	}
	defer done()
	if err := t.pin(ctx, pool, anchor, f.words); err != nil {
		return err
	}
	result, err := pool.Import(ctx, b.Verified, b.digest, f.mode(), t.Now())
	if err != nil {
		return err
	}
	shown := struct {
		batchShown
		New   int `json:"new"`
		Known int `json:"known"`
	}{describeBatch(b), result.New, result.Known}
	return t.Result(shown, func() {
		t.sayBatch(b)
		t.Say("import.done", result.New, result.Known)
	})
}

// pin has a person type the words of an anchor that the pool does not know yet.
func (t *tool) pin(ctx context.Context, pool *registry.Pool, anchor *policy.Anchor, typed string) error {
	if _, err := pool.Pinned(ctx, anchor.Vault); !errors.Is(err, registry.ErrNotPinned) {
		return err
	}
	if typed == "" {
		var err error
		if typed, err = t.Line("ask.anchor-words"); err != nil {
			return err
		}
	}
	return pool.Pin(ctx, anchor, typed, t.Now())
}
