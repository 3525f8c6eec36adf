//go:build cgo

package piv

import (
	"context"
	"os"
	"testing"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/rigtest"
	"bailiff/custody/token"
)

// The one rig of these tests.
var shared *rig.Rig

func TestMain(m *testing.M) {
	rig.Main()
	if what := os.Getenv(childVariable); what != "" {
		os.Exit(child(what))
	}
	os.Exit(rigtest.Run(m, rig.Options{Readers: readers, Log: os.Stderr}, func(r *rig.Rig) { shared = r }))
}

// readers are as many as there can be: a card that was pulled out and put in again is seen by the
// daemon after most of a second only, so tests of that run side by side.
const readers = 16

// What the custodians of these tests choose.
const (
	samplePIN = "271828"
	samplePUK = "31415926"
)

func pin(s string) *secret.Bytes { return secret.From([]byte(s)) }

func now() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

// insert makes a card and puts it into a reader for the time of a test.
func insert(t testing.TB, reader int, o rig.CardOptions) *rig.Card {
	t.Helper()
	c, _ := rigtest.Insert(t, shared, reader, o)
	return c
}

func open(t testing.TB, r *Readers, serial string) *Card {
	t.Helper()
	c, err := r.Open(context.Background(), serial, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// openIn opens the card in one reader, and looks into no other.
func openIn(t testing.TB, r *Readers, reader int) *Card {
	t.Helper()
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	one, c := r.look(names[reader])
	if c == nil {
		t.Fatalf("no card in reader %d: %+v", reader, one)
	}
	return c
}

// order is what a custodian with a new token asks for.
func order() Order {
	return Order{
		Mode: keyvalue.Rehearsal, PIN: pin(samplePIN), PUK: pin(samplePUK),
		Signing: token.Ed25519, Now: now(),
	}
}
