//go:build cgo

package piv

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
)

const sampleVault = "7c1e5f0a93b2d4468f0e1a2b3c4d5e6f"

// unlocked prepares a card in reader 0 and returns it as a token, with the touches that it told of.
func unlocked(t testing.TB) (*rig.Card, *Token, *[]Touch) {
	t.Helper()
	soft, e := prepare(t, 0, rig.CardOptions{Serial: serial()}, token.Ed25519)
	var touches []Touch
	c, err := (&Readers{}).Open(context.Background(), e.Serial, func(x Touch) { touches = append(touches, x) })
	if err != nil {
		t.Fatal(err)
	}
	tok, err := c.Unlock(pin(samplePIN), Enrolled{Slot: 0x82, Sealing: e.SealingKey, Signing: e.SigningKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tok.Close() })
	return soft, tok, &touches
}

func agree(tok *Token) error {
	peer, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	want, err := peer.ECDH(tok.SealingKey())
	if err != nil {
		return err
	}
	got, err := tok.ECDH(peer.PublicKey())
	if err == nil && !bytes.Equal(got, want) {
		return errors.New("the two sides do not agree")
	}
	return err
}

func sign(tok *Token) error {
	_, err := tok.Sign([]byte("a checkpoint"))
	return err
}

// keep moves the head of the sample vault on by one.
func keep(tok *Token) error {
	h, err := tok.Head(sampleVault)
	if err != nil {
		return err
	}
	return tok.KeepHead(sampleVault, token.Head{Size: h.Size + 1, Root: [32]byte{9}})
}

// A card that is pulled out while it is used, and put in again: the operation fails with ErrRemoved,
// and after Reopen it can be done again.
func TestUseRemoved(t *testing.T) {
	soft, tok, _ := unlocked(t)
	for name, use := range map[string]func(*Token) error{"ECDH": agree, "Sign": sign} {
		_ = soft.EmptyLog()
		if err := use(tok); err != nil {
			t.Fatal(err)
		}
		if log, err := soft.Log(); err != nil || len(log) != 1 {
			t.Errorf("%s costs %d APDUs, %v", name, len(log), err)
		}
		for _, m := range removals(1) {
			if err := soft.Arm(virtual.Failure{At: m.at, Do: m.do}); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := use(tok); !errors.Is(err, token.ErrRemoved) {
					t.Errorf("%s, %v: %v", name, m, err)
				}
			}
			_ = soft.Remove()
			if err := tok.Reopen(context.Background(), pin(samplePIN)); !errors.Is(err, token.ErrAbsent) {
				t.Errorf("%s, %v, reopened without a card: %v", name, m, err)
			}
			again(t, soft, 0)
			if err := tok.Reopen(context.Background(), pin(samplePIN)); err != nil {
				t.Fatalf("%s, %v: reopening: %v", name, m, err)
			}
			if err := use(tok); err != nil {
				t.Errorf("%s, %v: after reopening: %v", name, m, err)
			}
		}
	}
}

// keepHeadCost is how many APDUs it takes: both objects, the management key, its proof, object and a
// look at it.
const keepHeadCost = 8

// Pulled out while a head is kept, a card has the old head or the new one, and keeps the next.
func TestKeepHeadRemoved(t *testing.T) {
	r := &Readers{}
	cards := everywhere(t)
	side(t, removals(keepHeadCost), func(t *testing.T, reader int, m mishap) {
		c := openIn(t, r, reader)
		if _, err := c.Init(context.Background(), order()); err != nil {
			t.Error(m, err)
			return
		}
		tok, err := c.Unlock(pin(samplePIN), Enrolled{})
		if err == nil {
			err = keep(tok)
		}
		if err != nil {
			t.Error(m, err)
			return
		}
		_ = cards[reader].EmptyLog()
		if err := cards[reader].Arm(virtual.Failure{At: m.at, Do: m.do}); err != nil {
			t.Error(m, err)
		}
		err = tok.KeepHead(sampleVault, token.Head{Size: 2, Root: [32]byte{9}})
		if !errors.Is(err, token.ErrRemoved) {
			t.Errorf("%v: %v", m, err)
		}
		if _ = tok.Close(); !again(t, cards[reader], reader) {
			return
		}
		c = openIn(t, r, reader)
		defer reset(t, r, reader)
		defer c.Close()
		if tok, err = c.Unlock(pin(samplePIN), Enrolled{}); err != nil {
			t.Error(m, err)
			return
		}
		if h, err := tok.Head(sampleVault); err != nil || h.Size < 1 || h.Size > 2 {
			t.Errorf("%v: the head is %+v, %v", m, h, err)
		}
		if err := tok.KeepHead(sampleVault, token.Head{Size: 3, Root: [32]byte{9}}); err != nil {
			t.Errorf("%v: the next: %v", m, err)
		}
	})
}

// Whatever a card answers to any APDU of its use: an error, and the next time it works.
func TestUseRefused(t *testing.T) {
	soft, tok, _ := unlocked(t)
	for name, use := range map[string]func(*Token) error{"ECDH": agree, "Sign": sign, "KeepHead": keep} {
		if err := use(tok); err != nil {
			t.Fatal(err)
		}
		_ = soft.EmptyLog()
		_ = use(tok)
		log, err := soft.Log()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range refusals(len(log), 9) {
			if err := soft.Arm(virtual.Failure{At: m.at, Do: m.do, Status: m.status}); err != nil {
				t.Fatal(err)
			}
			err := use(tok)
			if err == nil && name != "KeepHead" {
				t.Errorf("%s, %v: no error", name, m)
			}
			_ = soft.Disarm()
			if errors.Is(err, token.ErrRemoved) { // the card seemed to have forgotten the PIN
				if err := tok.Reopen(context.Background(), pin(samplePIN)); err != nil {
					t.Fatalf("%s, %v: reopening: %v", name, m, err)
				}
			}
			if err := use(tok); err != nil {
				t.Errorf("%s, %v: afterwards: %v", name, m, err)
			}
		}
	}
}

func TestTouch(t *testing.T) {
	soft, tok, touches := unlocked(t)
	for what, use := range map[Operation]func(*Token) error{Opening: agree, Signing: sign} {
		*touches = nil
		if err := soft.SetTouch(rig.Touch{Do: rig.TouchRefuse, After: 50 * time.Millisecond}); err != nil {
			t.Fatal(err)
		}
		if err := use(tok); !errors.Is(err, token.ErrTouch) {
			t.Errorf("%s, not touched: %v", what, err)
		}
		if err := soft.SetTouch(rig.Touch{Do: rig.TouchGrant, After: 50 * time.Millisecond}); err != nil {
			t.Fatal(err)
		}
		if err := use(tok); err != nil {
			t.Errorf("%s, touched: %v", what, err)
		}
		got := *touches
		if len(got) != 4 || got[0].Done || !got[1].Done || got[2].Done || !got[3].Done {
			t.Fatalf("%s: told %+v", what, got)
		}
		for _, x := range got {
			if x.Operation != what || x.Serial != tok.Identity().Serial {
				t.Errorf("%s: told %+v", what, x)
			}
		}
		if !errors.Is(got[1].Err, token.ErrTouch) || got[3].Err != nil || got[3].Took < 50*time.Millisecond {
			t.Errorf("%s: told %+v", what, got)
		}
	}
	n, err := soft.Touches()
	if err != nil || n != 6 { // two of them to prepare it
		t.Errorf("%d touches, %v", n, err)
	}
}

// Pulled out while it waits for a touch, a card says so at once.
func TestTouchRemoved(t *testing.T) {
	soft, tok, _ := unlocked(t)
	if err := soft.SetTouch(rig.Touch{Do: rig.TouchAsk}); err != nil {
		t.Fatal(err)
	}
	came := make(chan error, 1)
	go func() { came <- sign(tok) }()
	for {
		if waits, err := soft.Waiting(); err != nil {
			t.Fatal(err)
		} else if waits {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := soft.Remove(); err != nil {
		t.Error(err)
	}
	if err := <-came; !errors.Is(err, token.ErrRemoved) {
		t.Errorf("pulled out: %v", err)
	}
}

// The longest message goes in one signature, a longer one is refused before the card is asked.
func TestMessageSize(t *testing.T) {
	soft, tok, _ := unlocked(t)
	if _, err := tok.Sign(make([]byte, maxMessage)); err != nil {
		t.Error(err)
	}
	before, err := soft.Touches()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tok.Sign(make([]byte, maxMessage+1)); !errors.Is(err, ErrMessage) {
		t.Errorf("error %v", err)
	}
	if after, err := soft.Touches(); err != nil || after != before {
		t.Errorf("%d touches, %v", after-before, err)
	}
}
