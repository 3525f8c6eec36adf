//go:build cgo

package rig_test

import (
	"crypto"
	"crypto/rand"
	"testing"
	"time"

	"github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/testkit/rig"
)

// TestWorked: how long a card worked has the wait for its touch in it, and no more than the caller waited.
func TestWorked(t *testing.T) {
	const slow = 80 * time.Millisecond
	c, reader := insert(t, 1, rig.CardOptions{Serial: 7654321})
	if err := c.SetTouch(rig.Touch{Do: rig.TouchGrant, After: slow}); err != nil {
		t.Fatal(err)
	}
	y := open(t, reader)
	policies := piv.Key{Algorithm: piv.AlgorithmEd25519, PINPolicy: piv.PINPolicyOnce, TouchPolicy: piv.TouchPolicyAlways}
	pub, err := y.GenerateKey(piv.DefaultManagementKey, piv.SlotSignature, policies)
	if err != nil {
		t.Fatal(err)
	}
	k, err := y.PrivateKey(piv.SlotSignature, pub, piv.KeyAuth{PIN: piv.DefaultPIN, PINPolicy: piv.PINPolicyOnce})
	if err != nil {
		t.Fatal(err)
	}
	before, err := c.Worked()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := k.(crypto.Signer).Sign(rand.Reader, []byte("checkpoint"), crypto.Hash(0)); err != nil {
		t.Fatal(err)
	}
	waited := time.Since(start)
	after, err := c.Worked()
	if err != nil {
		t.Fatal(err)
	}
	if took := after - before; took < slow || took > waited {
		t.Errorf("the card worked %v of the %v that its signature took, its touch %v", took, waited, slow)
	}
}
