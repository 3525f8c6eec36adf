//go:build cgo

package piv

import (
	"context"
	"errors"
	"testing"

	"bailiff/custody/testkit/rig"
	"bailiff/custody/token"
)

func TestPINs(t *testing.T) {
	_, e := prepare(t, 0, rig.CardOptions{Serial: 20006001}, token.Ed25519)
	c := open(t, &Readers{}, e.Serial)
	tries := func(want Tries) {
		t.Helper()
		if got, err := c.Tries(); err != nil || got != want {
			t.Errorf("tries %+v, %v; want %+v", got, err, want)
		}
	}
	const next, other = "161803", "14142135"
	if err := c.ChangePIN(pin(samplePIN), pin(next)); err != nil {
		t.Error(err)
	}
	for _, s := range []string{"12345", "123456789", "12 456"} {
		if _, err := c.Unlock(pin(s), wanted(e)); !errors.Is(err, ErrPINForm) {
			t.Errorf("PIN %q: %v", s, err)
		}
	}
	tries(Tries{3, 3})
	for left := 2; left >= 0; left-- {
		var wrong *token.PINError
		if _, err := c.Unlock(pin(samplePIN), wanted(e)); !errors.As(err, &wrong) || wrong.Tries != left || errors.Is(err, token.ErrLocked) != (left == 0) {
			t.Errorf("wrong PIN, %d left: %v", left, err)
		}
		tries(Tries{left, 3})
	}
	if _, err := c.Unlock(pin(next), wanted(e)); !errors.Is(err, token.ErrLocked) {
		t.Errorf("locked: %v", err)
	}
	if err := c.ChangePIN(pin(next), pin(samplePIN)); !errors.Is(err, token.ErrLocked) {
		t.Errorf("changing a locked PIN: %v", err)
	}
	if _, defects, err := c.Check(wanted(e), nil, now()); err != nil || len(defects) != 1 || !errors.Is(defects[0], token.ErrLocked) {
		t.Errorf("check: %v, %v", defects, err)
	}
	var wrong *PUKError
	if err := c.Unblock(pin(other), pin(next)); !errors.As(err, &wrong) || wrong.Tries != 2 {
		t.Errorf("wrong PUK: %v", err)
	}
	tries(Tries{0, 2})
	if err := c.Unblock(pin(samplePUK), pin(samplePIN)); err != nil {
		t.Error(err)
	}
	tries(Tries{3, 3})
	if tok, err := c.Unlock(pin(samplePIN), wanted(e)); err != nil {
		t.Error(err)
	} else if err := agree(tok); err != nil {
		t.Error(err)
	}
	for range 2 {
		_ = c.Unblock(pin(other), pin(next))
	}
	if err := c.Unblock(pin(other), pin(next)); !errors.Is(err, ErrPUKLocked) || !errors.As(err, &wrong) {
		t.Errorf("the last wrong PUK: %v", err)
	}
	if err := c.Unblock(pin(samplePUK), pin(next)); !errors.Is(err, ErrPUKLocked) {
		t.Errorf("locked PUK: %v", err)
	}
}

// A closed card has forgotten the PIN, although the daemon leaves it powered.
func TestCloseForgets(t *testing.T) {
	_, e := prepare(t, 0, rig.CardOptions{Serial: 20006101}, token.Ed25519)
	r := &Readers{}
	c := open(t, r, e.Serial)
	tok, err := c.Unlock(pin(samplePIN), wanted(e))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(agree(tok), tok.Close()); err != nil {
		t.Fatal(err)
	}
	d, err := openDevice(c.Reader(), callTime)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if _, err := d.object(objectProtected); !errors.Is(err, errDenied) {
		t.Errorf("the next one to open the card reads what the PIN guards: %v", err)
	}
	if _, err := r.Open(context.Background(), e.Serial, nil); !errors.Is(err, token.ErrBusy) {
		t.Errorf("a reader that is taken: %v", err)
	}
}
