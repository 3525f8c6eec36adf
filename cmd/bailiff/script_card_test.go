package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
)

// deck is the readers of one script, and its cards by their serial numbers.
type deck struct {
	rig   *rig.Rig
	cards map[string]*rig.Card
}

// deckKey is where a script keeps its deck.
type deckKey struct{}

// deal is the command `card`:
//
//	card readers N                     start the daemon with N empty readers
//	card new SERIAL READER [FIRMWARE [QUIRK...]]  make a card and put it into a reader, counted from 0
//	card insert SERIAL READER
//	card remove SERIAL
//	card finger SERIAL WAY             how its person touches it: grant, refuse or ask
//	card press SERIAL                  touch it, once it asks for that
//	card waits SERIAL                  until it asks for a touch
//	card pull SERIAL N                 pull it out at its N-th APDU from now
//	card state SERIAL FILE             write all that it keeps
//	card lock SERIAL                   use up the tries of its PIN
//	card stop                          end the daemon
func deal(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: card VERB ...")
	}
	d := ts.Value(deckKey{}).(*deck)
	switch args[0] {
	case "readers":
		d.start(ts, number(ts, args[1]))
		return
	case "stop":
		ts.Check(d.rig.Close())
		return
	case "new":
		d.add(ts, args[1:])
		return
	}
	card := d.cards[args[1]]
	if card == nil {
		ts.Fatalf("there is no card %s", args[1])
	}
	switch args[0] {
	case "insert":
		time.Sleep(500 * time.Millisecond) // a hand is slower than the daemon
		ts.Check(card.Insert(number(ts, args[2])))
	case "remove":
		ts.Check(card.Remove())
	case "finger":
		ts.Check(card.SetTouch(rig.Touch{Do: rig.Finger(args[2])}))
	case "waits":
		waits(ts, card)
	case "press":
		press(ts, card)
	case "pull":
		ts.Check(card.Arm(virtual.Failure{At: number(ts, args[2]), Do: virtual.RemoveBefore}))
	case "state":
		d.state(ts, card, args[2])
	case "lock":
		ts.Check(card.BlockPIN())
	default:
		ts.Fatalf("card %s: no such verb", args[0])
	}
}

// start starts the daemon in a folder with a short path: that of a socket has few letters.
func (d *deck) start(ts *testscript.TestScript, readers int) {
	dir, err := os.MkdirTemp("", "rig")
	ts.Check(err)
	if readers == 0 {
		readers = rig.NoReader
	}
	d.rig, err = rig.Start(rig.Options{Dir: filepath.Join(dir, "r"), Readers: readers, Log: os.Stderr})
	ts.Check(err)
	d.cards = map[string]*rig.Card{}
	ts.Setenv("PCSCLITE_CSOCK_NAME", d.rig.Socket())
	ts.Defer(func() { _ = d.rig.Close(); _ = os.RemoveAll(dir) })
}

func (d *deck) add(ts *testscript.TestScript, args []string) {
	o := rig.CardOptions{Serial: uint32(number(ts, args[0]))}
	if len(args) > 2 {
		o.Firmware = args[2]
	}
	for _, quirk := range args[min(3, len(args)):] {
		o.Quirks = append(o.Quirks, virtual.Quirk(quirk))
	}
	card, err := d.rig.NewCard(o)
	ts.Check(err)
	d.cards[args[0]] = card
	ts.Check(card.Insert(number(ts, args[1])))
}

// state writes all that a card keeps to a file, for cmp.
func (d *deck) state(ts *testscript.TestScript, card *rig.Card, path string) {
	state, err := card.State()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(path), state, 0o600))
}

func waits(ts *testscript.TestScript, card *rig.Card) {
	ts.Check(eventually(func() error {
		waiting, err := card.Waiting()
		if err == nil && !waiting {
			err = errIdle
		}
		return err
	}))
}

var errIdle = errors.New("the card does not wait for a touch")

// press touches a card as soon as it waits for that.
func press(ts *testscript.TestScript, card *rig.Card) {
	ts.Check(eventually(func() error {
		waited, err := card.Press()
		if err == nil && !waited {
			err = errIdle
		}
		return err
	}))
}

func number(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}
