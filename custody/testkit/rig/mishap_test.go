//go:build cgo

package rig_test

import (
	"crypto"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token/attestation"
)

func retired(t *testing.T, n uint32) piv.Slot {
	t.Helper()
	s, ok := piv.RetiredKeyManagementSlot(n)
	if !ok {
		t.Fatalf("%x is no retired slot", n)
	}
	return s
}

// TestPINs: wrong PINs count down to a locked card, the PUK unblocks it, and a reset empties it.
func TestPINs(t *testing.T) {
	_, reader := insert(t, 0, rig.CardOptions{Serial: 1})
	y := open(t, reader)
	if err := y.SetRetries(piv.DefaultManagementKey, piv.DefaultPIN, 2, 2); err != nil {
		t.Fatal(err)
	}
	if err := y.SetPIN(piv.DefaultPIN, "246810"); err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{1, 0, 0} {
		var wrong piv.AuthErr
		if err := y.VerifyPIN("999999"); !errors.As(err, &wrong) || wrong.Retries != left {
			t.Errorf("%v, want %d tries left", err, left)
		}
	}
	if n, err := y.Retries(); err != nil || n != 0 {
		t.Errorf("%d tries, %v", n, err)
	}
	if err := y.Unblock(piv.DefaultPUK, "135791"); err != nil {
		t.Fatal(err)
	}
	if err := y.VerifyPIN("135791"); err != nil {
		t.Error(err)
	}
	if err := y.Reset(); err != nil {
		t.Fatal(err)
	}
	if err := y.VerifyPIN(piv.DefaultPIN); err != nil {
		t.Error(err)
	}
}

// TestAttested: through PC/SC come the same statements, whether the key lies in a card of 5.4 or 5.7.
func TestAttested(t *testing.T) {
	for _, firmware := range []string{"5.4.3", "5.7.1"} {
		_, reader := insert(t, 2, rig.CardOptions{Serial: 987654321, Firmware: firmware})
		y := open(t, reader)
		for slot, kind := range map[piv.Slot]piv.Algorithm{piv.SlotSignature: piv.AlgorithmEC256, retired(t, 0x95): piv.AlgorithmEC256} {
			policies := piv.Key{Algorithm: kind, PINPolicy: piv.PINPolicyOnce, TouchPolicy: piv.TouchPolicyAlways}
			if _, err := y.GenerateKey(piv.DefaultManagementKey, slot, policies); err != nil {
				t.Fatal(err)
			}
		}
		chain := &attestation.Chain{}
		for der, slot := range map[*[]byte]piv.Slot{&chain.Signing: piv.SlotSignature, &chain.Sealing: retired(t, 0x95)} {
			c, err := y.Attest(slot)
			if err != nil {
				t.Fatal(err)
			}
			*der = c.Raw
		}
		device, err := y.AttestationCertificate()
		if err != nil {
			t.Fatal(err)
		}
		chain.Intermediate = device.Raw
		s, err := attestation.Rehearsal().Verify(chain, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if s.Sealing.Serial != 987654321 || s.Sealing.Firmware.String() != firmware || s.Sealing.Slot != 0x95 {
			t.Errorf("it states %+v", s)
		}
		if err := s.CheckProduction(); err == nil {
			t.Error("good enough for production")
		}
		if err := y.Close(); err != nil {
			t.Error(err)
		}
		// The next card goes into the same reader.
		c := shared.Card(count(t) - 1)
		if err := c.Remove(); err != nil {
			t.Fatal(err)
		}
	}
}

func count(t *testing.T) int {
	t.Helper()
	all, err := shared.Cards()
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// signing prepares a card whose signing key wants a touch, and returns one signature with it.
func signing(t *testing.T, y *piv.YubiKey) func() error {
	t.Helper()
	pub, err := y.GenerateKey(piv.DefaultManagementKey, piv.SlotSignature, piv.Key{
		Algorithm: piv.AlgorithmEd25519, PINPolicy: piv.PINPolicyOnce, TouchPolicy: piv.TouchPolicyAlways,
	})
	if err != nil {
		t.Fatal(err)
	}
	k, err := y.PrivateKey(piv.SlotSignature, pub, piv.KeyAuth{PIN: piv.DefaultPIN, PINPolicy: piv.PINPolicyOnce})
	if err != nil {
		t.Fatal(err)
	}
	return func() error {
		_, err := k.(crypto.Signer).Sign(rand.Reader, []byte("checkpoint"), crypto.Hash(0))
		return err
	}
}

func TestTouch(t *testing.T) {
	c, reader := insert(t, 0, rig.CardOptions{Serial: 2})
	y := open(t, reader)
	sign := signing(t, y)
	set := func(touch rig.Touch) {
		if err := c.SetTouch(touch); err != nil {
			t.Fatal(err)
		}
	}
	set(rig.Touch{Do: rig.TouchRefuse, After: 50 * time.Millisecond})
	if err := sign(); err == nil || !strings.Contains(err.Error(), "6982") {
		t.Errorf("no touch came: %v", err)
	}
	set(rig.Touch{Do: rig.TouchAsk})
	done := make(chan error)
	go func() { done <- sign() }()
	awaitTouch(t, c)
	if pressed, err := c.Press(); err != nil || !pressed {
		t.Errorf("pressed %t, %v", pressed, err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if n, err := c.Touches(); err != nil || n != 2 {
		t.Errorf("%d touches, %v", n, err)
	}
	go func() { done <- sign() }()
	awaitTouch(t, c)
	if err := c.Remove(); err != nil {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("a card that was pulled has signed")
	}
}

func awaitTouch(t *testing.T, c *rig.Card) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if waits, err := c.Waiting(); err != nil || waits {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatal("the card waits for no touch")
}

// TestPulled: whatever APDU a card is pulled at, the operation ends at once with an error, and the
// card works again once it is put back. Not at the first one: when SELECT fails, piv-go keeps the
// reader to itself until the program ends.
func TestPulled(t *testing.T) {
	c, reader := insert(t, 3, rig.CardOptions{Serial: 3})
	for n := 2; ; n++ {
		do := virtual.RemoveBefore
		if n%2 == 0 {
			do = virtual.RemoveAfter
		}
		if err := c.Arm(virtual.Failure{At: n, Do: do}); err != nil {
			t.Fatal(err)
		}
		err := operate(reader)
		if err == nil {
			if n < 5 {
				t.Errorf("an operation of %d APDUs?", n)
			}
			break
		}
		if err := c.Insert(3); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Disarm(); err != nil {
		t.Fatal(err)
	}
	if err := operate(reader); err != nil {
		t.Error(err)
	}
}

// operate opens a card, and sets its management key to what it is.
func operate(reader string) error {
	y, err := piv.Open(reader)
	if err != nil {
		return err
	}
	if _, err := y.Serial(); err != nil {
		return errors.Join(err, y.Close())
	}
	return errors.Join(y.SetManagementKey(piv.DefaultManagementKey, piv.DefaultManagementKey), y.Close())
}

// TestAnswers: a wrong status, garbage and half an answer are errors, never a panic.
func TestAnswers(t *testing.T) {
	c, reader := insert(t, 0, rig.CardOptions{Serial: 4})
	for _, f := range []virtual.Failure{
		{Do: virtual.AnswerInstead, Status: 0x6f00}, {Do: virtual.AnswerAfter, Status: 0x6982},
		{Do: virtual.Garbage}, {Do: virtual.Truncate},
	} {
		f.At = 3 // the serial number
		if err := c.Arm(f); err != nil {
			t.Fatal(err)
		}
		if err := operate(reader); err == nil {
			t.Errorf("%s: no error", f.Do)
		}
	}
	if err := operate(reader); err != nil {
		t.Error(err)
	}
}
