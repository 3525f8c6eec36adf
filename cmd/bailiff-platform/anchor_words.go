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
