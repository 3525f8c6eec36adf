package main

import (
	"context"
	"errors"
	"strings"

	"bailiff/custody/policy"
	"bailiff/custody/words"
	"bailiff/keyceremony/registry"
)

const wordTries = 3

// pin has a person type the words of an anchor that the pool does not know yet.
func (t *tool) pin(ctx context.Context, pool *registry.Pool, anchor *policy.Anchor, typed string) error {
	if _, err := pool.Pinned(ctx, anchor.Vault); !errors.Is(err, registry.ErrNotPinned) {
		return err
	}
	if typed != "" {
		return pool.Pin(ctx, anchor, typed, t.Now())
	}
	want, err := anchor.Words()
	if err != nil {
		return err
	}
	for try := 1; ; {
		if typed, err = t.Line("ask.anchor-words"); err != nil {
			return err
		}
		got, err := words.NormalizeAnchor(typed)
		if err != nil { // a slip, which is no try
			t.Note("anchor-words.form", t.Explain(err).Error)
			continue
		}
		err = pool.Pin(ctx, anchor, got, t.Now())
		if !errors.Is(err, registry.ErrWords) || try == wordTries {
			return err
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
