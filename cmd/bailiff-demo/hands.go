package main

import (
	"bytes"
	"slices"
	"strings"
	"time"
)

// hands are those of the custodians: which card is in which reader, and which ones are asked for.
type hands struct {
	in     [readers]int // the custodian whose card is in the reader; 0: empty
	wanted []int        // custodians whose cards the program has asked for
	failed error        // the first thing that went wrong while a program ran

	took    time.Duration // to change cards
	counted int           // changes that a command was told to have had
}

// place is the reader that custodian n uses, from 0.
func place(n int) int { return min(n, readers) - 1 }

// insert puts a custodian's card into its reader, and takes out the one that is there.
func (k *deck) insert(n int) error {
	at := place(n)
	was := k.hands.in[at]
	if was == n {
		return nil
	}
	start := k.Now()
	defer func() { k.hands.took += k.Now().Sub(start) }()
	if was != 0 {
		if err := k.cards[was-1].Remove(); err != nil {
			return err
		}
		k.hands.in[at] = 0
		k.account.Swaps++
		k.tell("demo.piv.swap", at+1, cardSerial(was), cardSerial(n))
	}
	if err := k.cards[n-1].Insert(at); err != nil {
		return err
	}
	k.hands.in[at] = n
	return nil
}

// hear is what the custodians do about a line that a program prints. Whoever's card is needed puts
// it in. While seats are taken they wait until all those have been seen that are in readers already.
func (k *deck) hear(text string) {
	switch {
	case k.says("desk.want", text):
		k.hands.wanted = nil
	case k.says("desk.want.one", text):
		k.hands.wanted = append(k.hands.wanted, named(text)...)
	case k.says("desk.need", text):
		k.hands.wanted = named(text)
		k.serve()
	case k.says("desk.offer", text):
		k.serve()
	}
}

// says tells whether a line says a sentence of the catalogue.
func (k *deck) says(id, text string) bool { return pattern(k.T(id)).MatchString(text) }

// named are the custodians whose cards a line names.
func named(text string) (out []int) {
	for _, n := range everybody() {
		if strings.Contains(text, cardSerial(n)) {
			out = append(out, n)
		}
	}
	return out
}

// serve puts in the first card that is asked for, unless one of those is in a reader.
func (k *deck) serve() {
	here := func(n int) bool { return k.hands.in[place(n)] == n }
	if len(k.hands.wanted) > 0 && !slices.ContainsFunc(k.hands.wanted, here) && k.hands.failed == nil {
		k.hands.failed = k.insert(k.hands.wanted[0])
	}
}

// listener hears lines.
type listener struct {
	hear func(text string)
	rest []byte
}

// Write never fails: whoever listens does not disturb the program.
func (l *listener) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	for {
		text, rest, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			return len(p), nil
		}
		l.rest = rest
		l.hear(string(text))
	}
}
