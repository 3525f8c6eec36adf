//go:build cgo

package piv

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
)

// A card that says for ever that there is more is given up, whatever it was asked, and no other one: the
// card in the next reader stays unlocked. Its reader takes the next card, and no connection is left.
func TestEndless(t *testing.T) {
	bad, e := prepare(t, 0, rig.CardOptions{Serial: serial()}, token.Ed25519)
	_, other := prepare(t, 1, rig.CardOptions{Serial: serial()}, token.Ed25519)
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	r := &Readers{most: time.Second}
	good, err := open(t, r, other.Serial).Unlock(pin(samplePIN), wanted(other))
	if err != nil {
		t.Fatal(err)
	}
	before := len(connections())
	arm := func() {
		t.Helper()
		if err := bad.Arm(virtual.Failure{At: 1, Do: virtual.Endless}); err != nil {
			t.Fatal(err)
		}
	}
	for name, use := range map[string]func(*Token) error{
		"Head": func(tok *Token) error { _, err := tok.Head(sampleVault); return err }, "ECDH": agree, "Sign": sign,
	} {
		tok, err := open(t, r, e.Serial).Unlock(pin(samplePIN), wanted(e))
		if err != nil {
			t.Fatal(name, err)
		}
		arm()
		start := time.Now()
		if err := use(tok); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took < r.most || took > 5*r.most {
			t.Errorf("%s: given up after %s", name, took)
		}
		if err := use(tok); !errors.Is(err, ErrAnswer) || time.Since(start) > 5*r.most {
			t.Errorf("%s, again: %v after %s", name, err, time.Since(start))
		}
		if err := tok.Close(); err != nil {
			t.Error(name, err)
		}
		if err := bad.Disarm(); err != nil {
			t.Fatal(err)
		}
		again(t, bad, 0)
	}
	arm()
	if one, c := r.look(names[0]); c != nil || one.State != Foreign || !errors.Is(one.Err, ErrForeign) {
		t.Errorf("looked at: %+v", one)
	}
	if n := len(connections()); n != before {
		t.Errorf("%d connections to the daemon, %d before", n, before)
	}
	if err := agree(good); err != nil {
		t.Errorf("the card in the next reader: %v", err)
	}
	if err := bad.Disarm(); err != nil {
		t.Fatal(err)
	}
	again(t, bad, 0)
	if c, err := r.Open(context.Background(), e.Serial, nil); err != nil {
		t.Errorf("the same card, well again: %v", err)
	} else {
		_ = c.Close()
	}
}
