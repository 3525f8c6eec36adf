//go:build cgo

package main

import (
	"errors"
	"io"
	"path/filepath"
	"testing"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/ledger"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// A card that cosigned another copy of the ledger while it was away from the table signs neither a longer
// nor a shorter one there, although the ledger was held against what it kept when it was seated.
func TestSeatWhoseCardCosignedElsewhere(t *testing.T) {
	s := newSeatScene(t)
	tl := &tool{App: &cli.App{Out: io.Discard, Err: io.Discard, Now: time.Now}}
	v, err := custody.Open(tl.host(), filepath.Join(s.dir, "vault"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	pin := secret.From([]byte(cardPIN))
	defer pin.Wipe()
	d := tl.newTable(v.Policy, nil, &tokenFlags{wait: time.Second}, cli.PINs{"*": pin})
	defer d.Close()
	s.putIn(0, anne)
	if err := d.Fill([]string{anne}, 1); err != nil {
		t.Fatal(err)
	}
	seat := d.Tokens()[0].(interface {
		token.HeadKeeper
		token.Presence
	})
	last, err := seat.Head(v.Policy.Vault)
	if err != nil || v.Log.CheckHead(last) != nil {
		t.Fatal(last, err)
	}
	other := token.Head{Size: last.Size + 1, Root: [32]byte{9}}
	s.takeOut(anne)
	if seat.Present() {
		t.Error("it is not there")
	}
	s.putIn(0, anne)
	s.keepElsewhere(anne, v.Policy.Vault, pin, other)
	for _, more := range []int64{1, 2, 100} {
		err := seat.KeepHead(v.Policy.Vault, token.Head{Size: last.Size + more, Root: [32]byte{8}})
		if !errors.Is(err, ledger.ErrFork) {
			t.Errorf("%d entries more: %v", more, err)
		}
	}
	d.Close()
	s.keepElsewhere(anne, v.Policy.Vault, pin, other) // it is still that
}

// keepElsewhere has another program let a card keep a head.
func (s *seatScene) keepElsewhere(serial, vault string, pin *secret.Bytes, h token.Head) {
	s.Helper()
	var readers piv.Readers
	card, err := readers.Open(s.Context(), serial, nil)
	if err != nil {
		s.Fatal(err)
	}
	defer card.Close()
	open, err := card.Unlock(pin, piv.Enrolled{})
	if err == nil {
		err = open.KeepHead(vault, h)
	}
	if err != nil {
		s.Fatal(err)
	}
}
