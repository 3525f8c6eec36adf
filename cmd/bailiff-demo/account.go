package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bailiff/custody/testkit/virtual"
)

// account is what the cards did in the whole story.
type account struct {
	Commands []*cost `json:"commands"`
	Touches  []int   `json:"touches"` // of each custodian's card
	Swaps    int     `json:"swaps"`   // of cards, in the last reader
}

// cost is what one command asked of the cards, in all its runs.
type cost struct {
	Command string  `json:"command"`
	Cards   int     `json:"cards"` // that were touched, in each run
	Touches int     `json:"touches"`
	Swaps   int     `json:"swaps"` // also those before the command
	APDUs   int     `json:"apdus"` // with those cards
	Taken   use     `json:"taken"` // cards taken up: found, their keys compared, the PIN tried
	Signed  use     `json:"signed"`
	Opened  use     `json:"opened"`
	Looks   int     `json:"looks"`   // APDUs that look whether a card is still there, or which one it is
	Seconds float64 `json:"seconds"` // those besides cards that work, wait for a touch, or are changed
}

// use is how often something was done, and the APDUs that this took.
type use struct {
	Times int `json:"times"`
	APDUs int `json:"apdus"`
}

func (u *use) add(o use) { *u = use{u.Times + o.Times, u.APDUs + o.APDUs} }

// count begins to count what a command asks of the cards; the function returned ends it.
func (k *deck) count(l invocation) func() error {
	start, moving := k.Now(), k.hands.took
	before, failed := k.read()
	return func() error {
		after, err := k.read()
		if err := errors.Join(failed, err); err != nil {
			return err
		}
		c := &cost{Command: strings.Join(l.args[:2], " ")}
		took := k.Now().Sub(start) - (k.hands.took - moving)
		for i := range after {
			took -= after[i].worked - before[i].worked
			touches := after[i].touches - before[i].touches
			k.account.Touches[i] += touches
			c.spoke(after[i].log, touches)
		}
		c.Seconds = took.Seconds()
		if c.Cards > 0 {
			c.Swaps, k.hands.counted = k.account.Swaps-k.hands.counted, k.account.Swaps
			k.account.add(c)
		}
		return nil
	}
}

// reading is what a card has done: the APDUs since it was read last, the rest since it was made.
type reading struct {
	log     []virtual.Exchange
	touches int
	worked  time.Duration
}

// read reads every card.
func (k *deck) read() (out []reading, err error) {
	for _, card := range k.cards {
		var r reading
		if r.log, err = card.Log(); err != nil {
			return nil, err
		}
		if r.touches, err = card.Touches(); err != nil {
			return nil, err
		}
		if r.worked, err = card.Worked(); err != nil {
			return nil, err
		}
		if err := card.EmptyLog(); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// What the log shows (NIST SP 800-73-4 part 2, §3; Yubico's extensions; ISO/IEC 7816-4).
const (
	insPIN      = 0x20 // VERIFY
	insUse      = 0x87 // GENERAL AUTHENTICATE; P2 is the slot
	insSelect   = 0xa4
	insResponse = 0xc0
	insRead     = 0xcb // GET DATA
	insSerial   = 0xf8
	claChain    = 0x10
	accepted    = 0x9000
	slotSigning = 0x9c
	firstSlot   = 0x82 // of the retired ones, where sealing keys lie
	lastSlot    = 0x95
)

// spoke adds what one card did. One that was not touched was only looked at.
func (c *cost) spoke(log []virtual.Exchange, touches int) {
	if touches == 0 {
		c.Looks += len(log)
		return
	}
	c.Cards++
	c.Touches += touches
	c.APDUs += len(log)
	before := 0   // the PIN
	var last *use // what the APDU before was for; nil while the card is not taken up
	for _, x := range log {
		switch {
		case x.INS == insSelect && last != nil:
			last, before = nil, 1
			continue
		case last == nil && x.INS == insPIN && x.Status == accepted:
			c.Taken.add(use{1, before})
			last, before = &c.Taken, 0
		case last == nil:
			before++
			continue
		case x.INS == insSerial:
			c.Looks++
			if last == &c.Taken {
				last = &c.Signed // taken up, and now used
			}
			continue
		case x.INS == insResponse || x.INS == insRead && last == &c.Taken:
		case x.INS == insUse && x.P2 >= firstSlot && x.P2 <= lastSlot:
			last = &c.Opened
		default: // the head that the card keeps, and the signature
			last = &c.Signed
		}
		last.APDUs++
		if x.INS == insUse && x.CLA&claChain == 0 && (last == &c.Opened || x.P2 == slotSigning) {
			last.Times++
		}
	}
	c.Looks += before
}

// add adds a run to those of the same command.
func (a *account) add(c *cost) {
	o := a.of(c.Command)
	if o == nil {
		a.Commands = append(a.Commands, c)
		return
	}
	o.Cards += c.Cards
	o.Touches += c.Touches
	o.Swaps += c.Swaps
	o.APDUs += c.APDUs
	o.Taken.add(c.Taken)
	o.Signed.add(c.Signed)
	o.Opened.add(c.Opened)
	o.Looks += c.Looks
	o.Seconds += c.Seconds
}

// of returns what a command cost; nil when no card was touched.
func (a *account) of(command string) *cost {
	i := slices.IndexFunc(a.Commands, func(c *cost) bool { return c.Command == command })
	if i < 0 {
		return nil
	}
	return a.Commands[i]
}

// tellAccount prints what the cards did.
func (d *demo) tellAccount(a *account) {
	d.line("")
	d.Say("demo.piv.account")
	for _, c := range a.Commands {
		d.tell("demo.piv.command", c.Command, c.Cards, c.Touches, c.Swaps, c.APDUs, d.Lang.Decimal(c.Seconds))
	}
	var touches []string
	for i, n := range a.Touches {
		touches = append(touches, fmt.Sprintf("%s %d", custodian(i+1), n))
	}
	d.Say("demo.piv.touches", strings.Join(touches, ", "))
	d.Say("demo.piv.swaps", readers, a.Swaps)
	made, r := a.of("token init"), a.of("release run")
	if made == nil || r == nil || min(r.Taken.Times, r.Signed.Times, r.Opened.Times) == 0 {
		return
	}
	d.Say("demo.piv.apdus", made.APDUs/made.Cards, r.Taken.APDUs/r.Taken.Times, r.Signed.APDUs/r.Signed.Times, r.Opened.APDUs/r.Opened.Times)
	d.Say("demo.piv.beside", d.Lang.Decimal(r.Seconds))
}
