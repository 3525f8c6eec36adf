//go:build cgo

package rig_test

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"testing"

	"github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/rigtest"
	"bailiff/custody/token/piv/pcsclib"
)

// The one rig of these tests.
var shared *rig.Rig

func TestMain(m *testing.M) {
	rig.Main()
	// What links package piv has its functions of PC/SC, which pass nothing on before that.
	if err := pcsclib.Load(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if dir := os.Getenv(childOf); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(rigtest.Run(m, rig.Options{}, func(r *rig.Rig) { shared = r }))
}

// insert makes a card and puts it into a reader for the time of a test.
func insert(t *testing.T, reader int, o rig.CardOptions) (*rig.Card, string) {
	t.Helper()
	return rigtest.Insert(t, shared, reader, o)
}

func open(t *testing.T, reader string) *piv.YubiKey {
	t.Helper()
	y, err := piv.Open(reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = y.Close() })
	return y
}

func TestPIV(t *testing.T) {
	_, reader := insert(t, 0, rig.CardOptions{Serial: 12345678})
	y := open(t, reader)
	if n, err := y.Serial(); err != nil || n != 12345678 {
		t.Fatalf("serial %d, %v", n, err)
	}
	if v := y.Version(); v != (piv.Version{Major: 5, Minor: 7, Patch: 1}) {
		t.Fatalf("version %v", v)
	}
	if err := y.VerifyPIN("123456"); err != nil {
		t.Fatal(err)
	}
	slot, _ := piv.RetiredKeyManagementSlot(0x82)
	pub, err := y.GenerateKey(piv.DefaultManagementKey, slot, piv.Key{
		Algorithm: piv.AlgorithmEC256, PINPolicy: piv.PINPolicyOnce, TouchPolicy: piv.TouchPolicyAlways,
	})
	if err != nil {
		t.Fatal(err)
	}
	k, err := y.PrivateKey(slot, pub, piv.KeyAuth{PIN: "123456"})
	if err != nil {
		t.Fatal(err)
	}
	other, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	got, err := k.(*piv.ECDSAPrivateKey).ECDH(other.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := pub.(*ecdsa.PublicKey).ECDH()
	if err != nil {
		t.Fatal(err)
	}
	if want, err := other.ECDH(theirs); err != nil || string(got) != string(want) {
		t.Fatalf("shared %x, want %x, %v", got, want, err)
	}
	pub, err = y.GenerateKey(piv.DefaultManagementKey, piv.SlotSignature, piv.Key{
		Algorithm: piv.AlgorithmEd25519, PINPolicy: piv.PINPolicyOnce, TouchPolicy: piv.TouchPolicyCached,
	})
	if err != nil {
		t.Fatal(err)
	}
	if k, err = y.PrivateKey(piv.SlotSignature, pub, piv.KeyAuth{PIN: "123456"}); err != nil {
		t.Fatal(err)
	}
	message := make([]byte, 700)
	sig, err := k.(crypto.Signer).Sign(rand.Reader, message, crypto.Hash(0))
	if err != nil {
		t.Fatal(err)
	}
	if !ed25519.Verify(pub.(ed25519.PublicKey), message, sig) {
		t.Error("the signature does not verify")
	}
}
