package piv

import (
	"context"
	"crypto/ecdh"
	"sync"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Enrolled names the keys that a token is wanted for, as enrolment and policy name them.
type Enrolled struct {
	Slot    attestation.Slot // of the sealing key; 0: whichever holds it
	Sealing *ecdh.PublicKey  // nil: whatever is in the slot
	Signing token.SigningKey // zero: whatever is in 9c
}

// Token is an unlocked card: a [token.Token], a [token.HeadKeeper] and a [token.Slotted].
//
// After [token.ErrRemoved] (pulled out, or reset by suspend or by Windows) and after [ErrDaemon]
// every call fails in the same way until [Token.Reopen]. An operation that was cut off had no effect
// beyond the card, so it can be asked for again.
type Token struct {
	readers *Readers
	touch   func(Touch)
	serial  string
	keys    Enrolled // complete
	chain   *attestation.Chain

	mu   sync.RWMutex
	card *Card
}

var (
	_ token.Token      = (*Token)(nil)
	_ token.HeadKeeper = (*Token)(nil)
	_ token.Slotted    = (*Token)(nil)
)

// Unlock compares the keys in the card with the wanted ones, then tries the PIN, once, and returns
// the token, whose Close closes the card. When it fails the card stays open.
//
// Before a try is spent: [ErrPINForm], [ErrEmptySlot], [ErrOtherKey]. Then *[token.PINError] with
// the tries left; [token.ErrLocked] when there were none. Nothing asks whether this is the last
// try: see [Card.Tries].
func (c *Card) Unlock(pin *secret.Bytes, want Enrolled) (*Token, error) {
	if err := CheckPINForm(pin); err != nil {
		return nil, fault.At(c.Serial(), err)
	}
	defer erase()
	t := &Token{readers: c.readers, touch: c.touch, serial: c.Serial(), card: c}
	err := c.use(func(d device) (err error) {
		if t.keys, err = find(d, want); err != nil {
			return err
		}
		if t.chain, err = chain(d, t.keys.Slot); err != nil {
			return err
		}
		return d.verifyPIN(pin)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Reopen finds the card again, in whatever reader it is now, and unlocks it as [Card.Unlock] does.
// When it fails the token stays as unusable as it was, and Reopen may be called again.
func (t *Token) Reopen(ctx context.Context, pin *secret.Bytes) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	_ = t.card.Close()
	card, err := t.readers.Open(ctx, t.serial, t.touch)
	if err != nil {
		return err
	}
	again, err := card.Unlock(pin, t.keys)
	if err != nil {
		_ = card.Close()
		return err
	}
	t.card = again.card
	return nil
}

// Holds compares the keys in the card with the wanted ones, as [Card.Unlock] does before it tries the PIN: nobody
// need type one for a card that has others. Public keys can be copied: it shows a mistake, not a forgery.
func (c *Card) Holds(want Enrolled) error {
	return c.use(func(d device) error {
		_, err := find(d, want)
		return err
	})
}

// Close lets go of the card: see [Card.Close].
func (t *Token) Close() error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.card.Close()
}

// Identity says which token this is. Whether it is good enough for production is for its
// attestation to say.
func (t *Token) Identity() token.Identity {
	return token.Identity{Kind: token.KindPIV, Serial: t.serial}
}

// SealingKey returns the P-256 key of the retired slot.
func (t *Token) SealingKey() *ecdh.PublicKey { return t.keys.Sealing }

// SigningKey returns the key of slot 9c.
func (t *Token) SigningKey() token.SigningKey { return t.keys.Signing }

// Slot implements [token.Slotted].
func (t *Token) Slot() byte { return byte(t.keys.Slot) }

// Attestation implements [token.Slotted], with what the card said when it was unlocked.
func (t *Token) Attestation() (*attestation.Chain, error) { return t.chain, nil }
