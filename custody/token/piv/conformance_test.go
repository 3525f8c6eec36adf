//go:build cgo

package piv

import (
	"context"
	"testing"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
)

// prepare makes a card that bailiff has prepared, and returns what it enrolled.
func prepare(t testing.TB, reader int, o rig.CardOptions, signing token.Algorithm) (*rig.Card, *token.Enrolment) {
	t.Helper()
	soft := insert(t, reader, o)
	c := open(t, &Readers{}, formatSerial(o.Serial))
	defer c.Close()
	asked := order()
	asked.Signing = signing
	e, err := c.Init(context.Background(), asked)
	if err != nil {
		t.Fatal(err)
	}
	return soft, e
}

func TestConformance(t *testing.T) {
	for name, c := range map[string]struct {
		card    rig.CardOptions
		signing token.Algorithm
	}{
		"5.7 Ed25519": {rig.CardOptions{Serial: 20002001}, token.Ed25519},
		"5.4 P-256":   {rig.CardOptions{Serial: 20002002, Firmware: "5.4.3"}, token.ECDSAP256},
	} {
		t.Run(name, func(t *testing.T) {
			_, e := prepare(t, 0, c.card, c.signing)
			readers := &Readers{}
			tokentest.Run(t, func(t *testing.T) token.Token {
				card, err := readers.Open(context.Background(), e.Serial, nil)
				if err != nil {
					t.Fatal(err)
				}
				tok, err := card.Unlock(pin(samplePIN), Enrolled{Slot: 0x82, Sealing: e.SealingKey, Signing: e.SigningKey})
				if err != nil {
					t.Fatal(err)
				}
				return tok
			})
		})
	}
}
