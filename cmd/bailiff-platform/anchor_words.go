package main

import (
	"context"
	"errors"
	"strings"
	"unicode"

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
	for try := 1; ; try++ {
		if typed, err = t.Line("ask.anchor-words"); err != nil {
			return err
		}
		err := pool.Pin(ctx, anchor, typed, t.Now())
		if !errors.Is(err, registry.ErrWords) || try == wordTries {
			return err
		}
		t.Note("anchor-words.wrong", wrongWord(want, typed), wordTries-try)
	}
}

// wrongWord returns the position, from 1, of the first word typed that is not the anchor's: one more
// than was typed when words are missing, one more than there are when there are too many.
func wrongWord(want, typed string) int {
	given := strings.FieldsFunc(typed, func(c rune) bool { return c == '-' || unicode.IsSpace(c) })
	right := strings.Split(want, "-")
	for i, w := range right {
		if i == len(given) {
			return i + 1
		}
		if got, err := words.Normalize(given[i]); err != nil || got != w {
			return i + 1
		}
	}
	return len(right) + 1
}
