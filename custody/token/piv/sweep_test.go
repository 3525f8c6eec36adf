//go:build cgo

package piv

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// mishap is one thing that goes wrong in one run.
type mishap struct {
	at     int // which APDU
	do     virtual.Mishap
	status uint16
}

func (m mishap) String() string { return fmt.Sprintf("%s %04x at %d", m.do, m.status, m.at) }

// removals are those that pull the card out at each of n APDUs, before and after it is run.
func removals(n int) []mishap {
	var all []mishap
	for at := 1; at <= n; at++ {
		all = append(all, mishap{at, virtual.RemoveBefore, 0}, mishap{at, virtual.RemoveAfter, 0})
	}
	return all
}

// refusals are those that answer wrongly to each of n APDUs: with each of the wrong answers there are,
// or with as many of them, in turn.
func refusals(n, each int) []mishap {
	wrong := []mishap{
		{0, virtual.AnswerInstead, 0x6982}, {0, virtual.Garbage, 0}, {0, virtual.AnswerInstead, 0x6a82},
		{0, virtual.AnswerAfter, 0x6f00}, {0, virtual.AnswerInstead, 0x63c2}, {0, virtual.Truncate, 0},
		{0, virtual.AnswerInstead, 0x6983}, {0, virtual.AnswerInstead, 0x6a80}, {0, virtual.AnswerInstead, 0x6f00},
	}
	var all []mishap
	for i := range n * min(each, len(wrong)) {
		m := wrong[i%len(wrong)]
		m.at = 1 + i/min(each, len(wrong))
		all = append(all, m)
	}
	return all
}

var lastSerial atomic.Uint32

// serial is a number that no card of these tests has.
func serial() uint32 { return 30000000 + lastSerial.Add(1) }

// side runs the cases, one at a time in each reader.
func side(t *testing.T, cases []mishap, run func(t *testing.T, reader int, m mishap)) {
	t.Helper()
	todo := make(chan mishap)
	var all sync.WaitGroup
	for reader := range readers {
		all.Go(func() {
			for m := range todo {
				run(t, reader, m)
			}
		})
	}
	for _, m := range cases {
		todo <- m
	}
	close(todo)
	all.Wait()
}

// Whatever goes wrong while a fresh card is prepared: an error and no enrolment, or an enrolment
// that holds; no try of PIN or PUK lost; and Init goes on from there.
func TestInitRemoved(t *testing.T) { initRemoved(t, fresh) }

// fresh leaves a card as it is.
func fresh(*testing.T, *Card) {}

// initRemoved does what TestInitRemoved says, to a card that was made ready for that.
func initRemoved(t *testing.T, ready func(*testing.T, *Card)) {
	r := &Readers{}
	n := initCost(t, r, ready)
	cards := everywhere(t)
	side(t, removals(n), func(t *testing.T, reader int, m mishap) {
		c := openIn(t, r, reader)
		ready(t, c)
		_ = c.Close()
		if _, err := initWith(t, r, reader, cards[reader], m); !errors.Is(err, token.ErrRemoved) {
			t.Errorf("%v: %v", m, err)
		}
		if !again(t, cards[reader], reader) {
			return
		}
		goOn(t, r, reader, m, nil)
		reset(t, r, reader)
	})
}

// everywhere puts a card into every reader.
func everywhere(t *testing.T) (cards [readers]*rig.Card) {
	var all sync.WaitGroup
	for reader := range cards {
		all.Go(func() {
			c, err := shared.NewCard(rig.CardOptions{Serial: serial()})
			if err == nil {
				err = c.Insert(reader)
			}
			if err != nil {
				t.Errorf("reader %d: %v", reader, err)
			}
			cards[reader] = c
		})
	}
	all.Wait()
	t.Cleanup(func() {
		for _, c := range cards {
			all.Go(func() { _ = c.Remove() })
		}
		all.Wait()
	})
	if t.Failed() {
		t.FailNow()
	}
	return cards
}

// again puts a card that was pulled out by a mishap back into its reader.
func again(t *testing.T, soft *rig.Card, reader int) bool {
	_ = soft.Remove() // it is on its way out: this waits for it
	if err := soft.Insert(reader); err != nil {
		t.Errorf("reader %d: %v", reader, err)
		return false
	}
	return true
}

// reset makes the card as it was in the factory.
func reset(t *testing.T, r *Readers, reader int) {
	c := openIn(t, r, reader)
	defer c.Close()
	if err := c.dev.(*yubikey).yk.Reset(); err != nil {
		t.Errorf("reader %d: reset: %v", reader, err)
	}
}

func TestInitRefused(t *testing.T) { initRefused(t, fresh, 2) }

// initRefused does what TestInitRefused says, with so many wrong answers to each APDU.
func initRefused(t *testing.T, ready func(*testing.T, *Card), each int) {
	r := &Readers{}
	n := initCost(t, r, ready)
	var failed atomic.Int64
	cards := everywhere(t)
	side(t, refusals(n, each), func(t *testing.T, reader int, m mishap) {
		soft := cards[reader]
		c := openIn(t, r, reader)
		ready(t, c)
		_ = c.Close()
		e, err := initWith(t, r, reader, soft, m)
		if (e == nil) == (err == nil) {
			t.Errorf("%v: enrolment %v beside %v", m, e, err)
		}
		if err != nil {
			failed.Add(1)
		}
		_ = soft.Disarm()
		goOn(t, r, reader, m, e)
		reset(t, r, reader)
	})
	if failed.Load() < int64(n*each/2) {
		t.Errorf("only %d of %d wrong answers were noticed", failed.Load(), n*each)
	}
}

// initWith prepares a fresh card with a mishap.
func initWith(t *testing.T, r *Readers, reader int, soft *rig.Card, m mishap) (*token.Enrolment, error) {
	c := openIn(t, r, reader)
	defer c.Close()
	if err := soft.Arm(virtual.Failure{At: m.at, Do: m.do, Status: m.status}); err != nil {
		t.Error(m, err)
	}
	return c.Init(context.Background(), order())
}

// initCost counts the APDUs of preparing a card.
func initCost(t *testing.T, r *Readers, ready func(*testing.T, *Card)) int {
	soft := insert(t, 0, rig.CardOptions{Serial: serial()})
	c := openIn(t, r, 0)
	ready(t, c)
	if err := soft.EmptyLog(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Init(context.Background(), order()); err != nil {
		t.Fatal(err)
	}
	log, err := soft.Log()
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	_ = soft.Remove()
	return len(log)
}

// goOn prepares the card again after a mishap, unless it was done, and checks what came of it.
func goOn(t *testing.T, r *Readers, reader int, m mishap, e *token.Enrolment) {
	c := openIn(t, r, reader)
	defer c.Close()
	if tries, err := c.Tries(); err != nil || tries != (Tries{3, 3}) {
		t.Errorf("%v: tries %+v, %v", m, tries, err)
	}
	if e == nil {
		var err error
		if e, err = c.Init(context.Background(), order()); err != nil {
			t.Errorf("%v: going on: %v", m, err)
			return
		}
	}
	in, defects, err := c.Check(Enrolled{Slot: attestation.Slot(e.Slot), Sealing: e.SealingKey, Signing: e.SigningKey}, nil, now())
	if err != nil || len(defects) > 0 {
		t.Errorf("%v: check: %v, %v", m, defects, err)
		return
	}
	if in.Preparation != Prepared || in.Making != 0 || in.PIN.Tries != 3 || !in.Management.Protected {
		t.Errorf("%v: left %+v", m, in)
	}
	tok, err := c.Unlock(pin(samplePIN), Enrolled{})
	if err != nil {
		t.Errorf("%v: unlock: %v", m, err)
		return
	}
	h := token.Head{Size: 3, Root: [32]byte{7}}
	if err := tok.KeepHead("7c1e5f0a93b2d4468f0e1a2b3c4d5e6f", h); err != nil {
		t.Errorf("%v: keeping a head: %v", m, err)
	}
}
