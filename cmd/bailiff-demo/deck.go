package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"bailiff/custody/testkit/rig"
)

const (
	// readers are those on the table: one less than custodians, two of whom take turns at the last.
	readers = 4
	// patience is how long a command waits for a card that is not in a reader.
	patience = 30 * time.Second
)

// deck are PIV cards in software, one a custodian, in virtual readers of the real pcscd. Each is
// touched as soon as it asks.
type deck struct {
	*demo
	rig     *rig.Rig
	cards   []*rig.Card // of custodian n at n-1
	hands   hands
	account account
}

// cardSerial is the number of custodian n's card: an obvious sample, such as 11111111.
func cardSerial(n int) string { return fmt.Sprint(n * 11111111) }

func newDeck(d *demo) (*deck, error) {
	r, err := rig.Start(rig.Options{Dir: filepath.Join(d.private, "readers"), Readers: readers})
	if err != nil {
		return nil, err
	}
	k := &deck{demo: d, rig: r, account: account{Touches: make([]int, custodians)}}
	for _, n := range everybody() {
		card, err := r.NewCard(rig.CardOptions{Serial: uint32(n) * 11111111, Firmware: "5.7.1", File: d.secretPath(cardFile(n))})
		if err != nil {
			k.close()
			return nil, err
		}
		k.cards = append(k.cards, card)
	}
	d.env = append(d.env, r.Env())
	return k, nil
}

func (k *deck) lines() lines {
	return lines{begin: "demo.piv.begin", custodians: "demo.piv.custodians", release: "demo.piv.release"}
}

// fresh: the custodian puts the card into a reader and prepares it, under a PIN and a PUK of their own.
func (k *deck) fresh(ctx context.Context, n int) (string, error) {
	pins, err := k.newCodes(pinFile(n))
	if err != nil {
		return "", err
	}
	if err := k.insert(n); err != nil {
		return "", err
	}
	return cardSerial(n), k.tool(ctx, []string{"init.made"}, "bailiff", "token", "init",
		"--rehearsal", "--serial", cardSerial(n), "--out", enrolmentFile(n), "--pin-file", pins)
}

func (k *deck) all() []string    { return k.flags(everybody()) }
func (k *deck) others() []string { return k.flags(everybody()[custodians-threshold:]) }

// some names no card: those that are in the readers are taken.
func (k *deck) some() []string { return k.flags(nil) }

func (k *deck) flags(who []int) []string {
	var args []string
	for _, n := range who {
		args = append(args, "--token", cardSerial(n))
	}
	return append(args, "--wait", patience.String(), "--pin-file", k.secretPath(sharedPINs))
}

// attend: the custodians listen which card is asked for, and what the cards do is counted.
func (k *deck) attend(l invocation) (io.Writer, func() error) {
	if l.program != "bailiff" {
		return io.Discard, func() error { return nil }
	}
	k.hands.failed = nil
	counted := k.count(l)
	return &listener{hear: k.hear}, func() error { return errors.Join(k.hands.failed, counted()) }
}

func (k *deck) checks() []check { return []check{{"demo.check.attestation", attestationCheck}} }

func (k *deck) report() *account { return &k.account }

func (k *deck) close() { _ = k.rig.Close() }

func cardFile(n int) string      { return custodian(n) + ".card" }
func enrolmentFile(n int) string { return "tokens/" + custodian(n) + ".enrolment" }
