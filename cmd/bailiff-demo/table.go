package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"bailiff/custody/testkit/rig"
)

// watchEvery is how often the table looks whether a card waits for a touch.
const watchEvery = 200 * time.Millisecond

// converse obeys the lines of in. What a card refuses is told, and the rehearsal goes on.
func (t *table) converse(ctx context.Context, in io.Reader) error {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(in); s.Scan(); {
			lines <- s.Text()
		}
	}()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	told := map[int]bool{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := t.watch(told); err != nil {
				return err
			}
		case line, more := <-lines:
			words := strings.Fields(line)
			if !more || len(words) == 1 && words[0] == "quit" {
				return nil
			}
			if len(words) == 0 {
				continue
			}
			if err := t.obey(words); err != nil {
				t.Fail(err)
			}
		}
	}
}

// watch tells once of each card that waits for a touch which the person at the table is to give.
func (t *table) watch(told map[int]bool) error {
	all, err := t.rig.Cards()
	if err != nil {
		return err
	}
	for i, c := range all {
		if c.Waiting && !told[i] {
			t.Note("cards.waiting", i+1)
		}
		told[i] = c.Waiting
	}
	return nil
}

func (t *table) obey(words []string) error {
	switch n := whole(words[1:]); {
	case words[0] == "insert" && len(n) == 2 && n[0] >= 1 && n[0] <= len(t.cards):
		return t.insert(n[0], n[1])
	case words[0] == "remove" && len(n) == 1:
		return t.remove(n[0])
	case words[0] == "touch" && len(words) == 2:
		return t.touch(words[1])
	case words[0] == "press" && len(words) == 1:
		return t.press()
	case words[0] == "list" && len(words) == 1:
		return t.list()
	case words[0] == "help":
		t.Note("cards.help")
	default:
		t.Note("cards.unknown")
	}
	return nil
}

// whole reads words that are all whole numbers; otherwise it returns none.
func whole(words []string) []int {
	var out []int
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

func (t *table) insert(card, reader int) error {
	switch err := t.cards[card-1].Insert(reader - 1); {
	case errors.Is(err, rig.ErrTaken):
		t.Note("cards.taken", reader)
	case errors.Is(err, rig.ErrCard):
		t.Note("cards.unread", reader)
	case err != nil:
		return err
	default:
		t.Note("cards.inserted", card, firstSerial+card-1, reader)
	}
	return nil
}

func (t *table) remove(reader int) error {
	all, err := t.rig.Cards()
	if err != nil {
		return err
	}
	for i, c := range all {
		if c.Reader != reader-1 || c.Reader < 0 {
			continue
		}
		if err := t.cards[i].Remove(); err != nil {
			return err
		}
		t.Note("cards.removed", reader)
		return nil
	}
	t.Note("cards.empty", reader)
	return nil
}

// touch sets how all cards are touched.
func (t *table) touch(how string) error {
	behaviour, known := map[string]rig.Touch{
		"on": {Do: rig.TouchGrant}, "off": {Do: rig.TouchRefuse, After: rig.TouchTime}, "ask": {Do: rig.TouchAsk},
	}[how]
	if !known {
		t.Note("cards.unknown")
		return nil
	}
	for _, c := range t.cards {
		if err := c.SetTouch(behaviour); err != nil {
			return err
		}
	}
	t.Note("cards.touch", how)
	return nil
}

func (t *table) press() error {
	for i, c := range t.cards {
		pressed, err := c.Press()
		if err != nil {
			return err
		}
		if pressed {
			t.Note("cards.pressed", i+1)
			return nil
		}
	}
	t.Note("cards.untouched")
	return nil
}

func (t *table) list() error {
	all, err := t.rig.Cards()
	if err != nil {
		return err
	}
	for i, c := range all {
		if c.Reader < 0 {
			t.Note("cards.out", i+1, c.Serial)
			continue
		}
		t.Note("cards.inserted", i+1, c.Serial, c.Reader+1)
	}
	return nil
}
