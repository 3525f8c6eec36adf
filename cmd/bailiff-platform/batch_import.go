package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/words"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/registry"
)

// batchImport verifies a public batch and adds its keys to the pool.
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

// checkMode refuses a batch of the other mode before its keys are looked at. The pool's mode
// is checked besides.
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

const wordTries = 3

// pin pins an anchor that the pool does not know yet, with its words ([tool.agreedWords]).
func (t *tool) pin(ctx context.Context, pool *registry.Pool, anchor *policy.Anchor, typed string) error {
	if _, err := pool.Pinned(ctx, anchor.Vault); !errors.Is(err, registry.ErrNotPinned) {
		return err
	}
	typed, err := t.agreedWords(anchor, typed)
	if err != nil {
		return err
	}
	return pool.Pin(ctx, anchor, typed, t.Now())
}

// agreedWords has a person type the words of an anchor, unless they were given, until they are right.
func (t *tool) agreedWords(anchor *policy.Anchor, typed string) (string, error) {
	if typed != "" {
		return typed, registry.CheckWords(anchor, typed)
	}
	want, err := anchor.Words()
	if err != nil {
		return "", err
	}
	for try := 1; ; {
		if typed, err = t.Line("ask.anchor-words"); err != nil {
			return "", err
		}
		got, err := words.NormalizeAnchor(typed)
		if err != nil { // a slip, which is no try
			t.Note("anchor-words.form", t.Explain(err).Error)
			continue
		}
		err = registry.CheckWords(anchor, got)
		if err == nil || try == wordTries {
			return got, err
		}
		t.Note("anchor-words.wrong", wrongWord(want, got), wordTries-try)
		try++
	}
}

// wrongWord returns the position, from 1, of the first word typed that is not the anchor's.
func wrongWord(want, got string) int {
	right := strings.Split(want, "-")
	for i, word := range strings.Split(got, "-") {
		if word != right[i] {
			return i + 1
		}
	}
	return 0 // none
}
