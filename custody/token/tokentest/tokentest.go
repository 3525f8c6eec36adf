// Package tokentest is the suite that every implementation of token.Token passes.
//
// What it lets through, the rest of the project relies on without asking again: a token that
// agreed on a wrong secret, or needed two touches for one share, would be noticed in front of
// the custodians.
package tokentest

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
)

const (
	peers   = 64 // random peers to agree with
	workers = 8  // goroutines that use the token at once
)

// Run puts one token to the test. It calls open twice, the second time after it closed what the
// first call returned, if that is an io.Closer; both calls return the same token, ready for use.
// When the token is a [token.HeadKeeper] that is tested too, and it remembers two vaults more.
//
// Run asks for about 150 ECDH operations and 15 signatures.
func Run(t *testing.T, open func(t *testing.T) token.Token) {
	t.Helper()
	first := open(t)
	id, sealing, signing := first.Identity(), first.SealingKey(), first.SigningKey()
	for _, c := range []struct {
		name string
		test func(t *testing.T, tok token.Token)
	}{
		{"Identity", testIdentity},
		{"Keys", testKeys},
		{"ECDH", testECDH},
		{"ECDHRefusesPeers", testPeers},
		{"Sign", testSign},
		{"Concurrent", testConcurrent},
		{"Enrolment", testEnrolment},
		{"UnsealWithOneECDH", testUnseal},
		{"UnsealNothingForOthers", testForeignFile},
		{"Head", testHead},
		{"Closed", testClosed},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, first) })
	}
	t.Run("KeysAreStable", func(t *testing.T) {
		second := open(t)
		defer closeToken(t, second)
		if second.Identity() != id || !second.SealingKey().Equal(sealing) || second.SigningKey() != signing {
			t.Error("opened again it is another token")
		}
	})
}

func closeToken(t *testing.T, tok token.Token) {
	t.Helper()
	if c, ok := tok.(io.Closer); ok {
		if err := c.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	}
}

func testIdentity(t *testing.T, tok token.Token) {
	id := tok.Identity()
	if id.Kind == "" || id.Serial == "" {
		t.Errorf("identity %+v is not complete", id)
	}
	for _, s := range []string{id.Kind, id.Serial} {
		if err := keyvalue.CheckText(s); err != nil {
			t.Errorf("%q cannot stand in a record: %v", s, err)
		}
	}
	if tok.Identity() != id {
		t.Error("the identity changes")
	}
	if err := token.CheckSerial(id.Kind, id.Serial); err != nil {
		t.Errorf("serial %q: %v", id.Serial, err)
	}
	slot := byte(0)
	if s, ok := tok.(token.Slotted); ok {
		slot = s.Slot()
	}
	if err := token.CheckSlot(id.Kind, slot); err != nil {
		t.Errorf("slot %#x: %v", slot, err)
	}
	if id.Kind == token.KindSoft && !id.Rehearsal {
		t.Error("a software token that is not for rehearsals")
	}
}

func testKeys(t *testing.T, tok token.Token) {
	if got, err := token.ParseSigningKey(tok.SigningKey().String()); err != nil || got != tok.SigningKey() {
		t.Errorf("the signing key: %v", err)
	}
	if err := token.CheckKeys(tok.Identity().Kind, tok.SealingKey(), tok.SigningKey()); err != nil {
		t.Errorf("the keys: %v", err)
	}
	if _, err := token.ParseSealingKey(token.FormatSealingKey(tok.SealingKey())); err != nil {
		t.Errorf("the sealing key: %v", err)
	}
}

func testECDH(t *testing.T, tok token.Token) {
	for range peers {
		if err := agree(tok); err != nil {
			t.Fatal(err)
		}
	}
}

// agree compares the secret of both sides, for a fresh peer.
func agree(tok token.Token) error {
	peer, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	want, err := peer.ECDH(tok.SealingKey())
	if err != nil {
		return err
	}
	got, err := tok.ECDH(peer.PublicKey())
	if err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return errors.New("the two sides do not agree")
	}
	clear(got)
	again, err := tok.ECDH(peer.PublicKey())
	if err != nil {
		return err
	}
	if !bytes.Equal(again, want) {
		return errors.New("clearing a result changes the next one")
	}
	return nil
}

func testPeers(t *testing.T, tok token.Token) {
	for name, curve := range map[string]ecdh.Curve{"P-384": ecdh.P384(), "P-521": ecdh.P521(), "X25519": ecdh.X25519()} {
		peer, err := curve.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tok.ECDH(peer.PublicKey()); got != nil || !errors.Is(err, token.ErrPeer) {
			t.Errorf("a peer on %s: %v", name, err)
		}
	}
	for _, peer := range []*ecdh.PublicKey{nil, {}} {
		if got, err := tok.ECDH(peer); got != nil || !errors.Is(err, token.ErrPeer) {
			t.Errorf("no peer: %v", err)
		}
	}
	if err := agree(tok); err != nil {
		t.Errorf("after refusals: %v", err)
	}
}

func testSign(t *testing.T, tok token.Token) {
	key := tok.SigningKey()
	for _, n := range []int{0, 1, 200, 2_500} {
		message := bytes.Repeat([]byte{0x5a}, n)
		sig, err := tok.Sign(message)
		if err != nil {
			t.Fatal(err)
		}
		if len(sig) > token.MaxSignature || !key.Verify(message, sig) {
			t.Errorf("the signature of %d bytes does not verify", n)
		}
		if key.Verify(append(message, 0), sig) {
			t.Errorf("the signature of %d bytes verifies for another message", n)
		}
	}
}

func testConcurrent(t *testing.T, tok token.Token) {
	key := tok.SigningKey()
	var all sync.WaitGroup
	for i := range workers {
		all.Go(func() {
			message := fmt.Appendf(nil, "message %d", i)
			sig, err := tok.Sign(message)
			if err != nil || !key.Verify(message, sig) {
				t.Errorf("worker %d: signature, %v", i, err)
			}
			if err := agree(tok); err != nil {
				t.Errorf("worker %d: %v", i, err)
			}
		})
	}
	all.Wait()
}

func testEnrolment(t *testing.T, tok token.Token) {
	now := time.Date(2026, 11, 21, 21, 24, 55, 999, time.UTC)
	e, err := token.Enrol(tok, keyvalue.Rehearsal, now)
	if err != nil {
		t.Fatal(err)
	}
	data, err := e.Format()
	if err != nil {
		t.Fatal(err)
	}
	got, err := token.ParseEnrolment(data)
	if err != nil {
		t.Fatal(err)
	}
	if got.Kind != tok.Identity().Kind || got.Serial != tok.Identity().Serial || !got.Time.Equal(now.Truncate(time.Second)) {
		t.Errorf("the enrolment says %+v", got)
	}
	if !got.SealingKey.Equal(tok.SealingKey()) || got.SigningKey != tok.SigningKey() {
		t.Error("the enrolment has other keys")
	}
}

func testClosed(t *testing.T, tok token.Token) {
	c, ok := tok.(io.Closer)
	if !ok {
		return
	}
	peer := tok.SealingKey()
	for range 2 {
		if err := c.Close(); err != nil {
			t.Fatalf("closing: %v", err)
		}
	}
	if got, err := tok.ECDH(peer); got != nil || err == nil {
		t.Error("a closed token agrees on a secret")
	}
	if got, err := tok.Sign(nil); got != nil || err == nil {
		t.Error("a closed token signs")
	}
	if keeper, ok := tok.(token.HeadKeeper); ok {
		if err := keeper.KeepHead(vault, token.Head{Size: 1 << 40, Root: [32]byte{1}}); err == nil {
			t.Error("a closed token keeps a head")
		}
	}
}
