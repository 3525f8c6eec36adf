package main

import (
	"context"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/registry"
)

// batchImport verifies a public batch and takes its keys into the pool.
func batchImport(t *tool) *cobra.Command {
	var f importFlags
	c := t.Leaf("batch import", "bailiff-platform batch import batch.zip --trust trust.anchor --database sqlite:pool.db",
		func(args []string) error { return t.importBatch(args[0], &f) }, "FILE")
	c.Flags().StringVar(&f.trust, "trust", "", t.T("flag.trust"))
	f.flags(t, c)
	c.Flags().StringVar(&f.words, "anchor-words", "", t.T("flag.anchor-words"))
	c.Flags().BoolVar(&f.rehearsal, "rehearsal", false, t.T("flag.rehearsal"))
	return t.Require(c, "trust", "database")
}

type importFlags struct {
	pooled
	trust, words string
	rehearsal    bool
}

func (f *importFlags) mode() string {
	if f.rehearsal {
		return keyvalue.Rehearsal
	}
	return keyvalue.Production
}

// checkMode refuses a batch of the other mode before its keys are looked at. What is imported is held
// against the pool's mode besides.
func (f *importFlags) checkMode(h keybatch.Header) error {
	if h.Mode != f.mode() {
		return fault.At(h.Mode, registry.ErrMode)
	}
	return nil
}

func (t *tool) importBatch(path string, f *importFlags) error {
	ctx := context.Background()
	if err := f.look(true); err != nil {
		return err
	}
	anchor, err := t.anchor(f.trust)
	if err != nil {
		return err
	}
	b, err := t.openBatch(path, anchor, f.checkMode)
	if err != nil {
		return err
	}
	defer b.Close()
	typed := f.words
	if f.absent() { // nothing is made for words that are wrong
		if typed, err = t.agreedWords(anchor, typed); err != nil {
			return err
		}
	}
	pool, done, err := f.fresh(ctx, t)
	if err != nil {
		return err
	}
	defer done()
	if err := t.pin(ctx, pool, anchor, typed); err != nil {
		return namedAt(f.path, err)
	}
	result, err := pool.Import(ctx, b.Verified, b.digest, f.mode(), t.Now())
	if err != nil {
		return namedAt(f.path, err)
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
