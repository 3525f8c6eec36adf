package table

import (
	"crypto/ecdh"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// lent is a card while it is taken, and once its PIN was right a token.
type lent struct {
	*fakeCard
	session int
	touch   func(piv.Touch)
}

// out takes the card out of its reader, whoever uses it.
func (c *fakeCard) out() {
	if i := slices.Index(c.w.slots, c.serial); i >= 0 {
		c.w.slots[i] = ""
	}
	c.held = false
	c.session++
}

// does is one operation of the card. What is to go wrong with it goes wrong.
func (l *lent) does(operation string) error {
	if l.session != l.fakeCard.session {
		return fault.At(l.serial, token.ErrRemoved)
	}
	var what string
	if list := l.mishaps[operation]; len(list) > 0 {
		what, l.mishaps[operation] = list[0], list[1:]
	}
	switch what {
	case "pulled":
		l.out()
		return fault.At(l.serial, token.ErrRemoved)
	case "silent": // it answers nonsense, and is away when that is asked about
		l.out()
		return fault.At(l.serial, piv.ErrAnswer)
	case "untouched", "refuses": // after as long as a YubiKey waits, or at once
		if what == "untouched" {
			l.w.pass(15 * time.Second)
		}
		return fault.At(l.serial, token.ErrTouch)
	case "spent": // by another program
		l.pins.PIN--
	case "answers":
		return fault.At(l.serial, piv.ErrAnswer)
	case "backwards":
		return fault.At(l.serial, token.ErrBackwards)
	case "forked":
		return fault.At(l.serial, token.ErrForked)
	case "heads":
		return fault.At(l.serial, token.ErrHeads)
	}
	return nil
}

// Close implements [Card] and [Token].
func (l *lent) Close() error {
	if l.session == l.fakeCard.session {
		l.held = false
		l.fakeCard.session++
	}
	return nil
}

// Holds implements [Card].
func (l *lent) Holds(piv.Enrolled) error {
	if err := l.does("holds"); err != nil {
		return err
	}
	if l.other {
		return fault.At(l.serial, piv.ErrOtherKey)
	}
	return nil
}

// Tries implements [Card].
func (l *lent) Tries() (piv.Tries, error) {
	err := l.does("tries")
	return l.pins, err
}

// tried is a code that the card tries.
func (l *lent) tried(what string, typed, right string, left *int) (ok bool) {
	switch {
	case *left == 0:
		l.w.say(what + " " + l.serial + " locked")
	case typed != right:
		*left--
		l.w.say(what + " " + l.serial + " wrong")
	default:
		*left = 3
		l.w.say(what + " " + l.serial + " right")
		return true
	}
	return false
}

// verify tries a PIN. A card that is pulled after that has counted it.
func (l *lent) verify(pin *secret.Bytes) error {
	if err := piv.CheckPINForm(pin); err != nil {
		return fault.At(l.serial, err)
	}
	ok := l.tried("PIN", string(pin.Expose()), l.pin, &l.pins.PIN)
	if err := l.does("verify"); err != nil || ok {
		return err
	}
	return fault.At(l.serial, &token.PINError{Tries: l.pins.PIN})
}

// Unlock implements [Card].
func (l *lent) Unlock(pin *secret.Bytes, _ piv.Enrolled) (Token, error) {
	if err := l.does("unlock"); err != nil {
		return nil, err
	}
	if err := l.verify(pin); err != nil {
		return nil, err
	}
	return l, nil
}

// refused is a new PIN that the card does not take.
func (l *lent) refused(next *secret.Bytes) error {
	if slices.Contains(l.w.refusals, string(next.Expose())) {
		return fault.At("PIN", piv.ErrCode)
	}
	return nil
}

// ChangePIN implements [Card].
func (l *lent) ChangePIN(present, next *secret.Bytes) error {
	if err := l.verify(present); err != nil {
		return err
	}
	if err := l.refused(next); err != nil {
		return err
	}
	l.pin = string(next.Expose())
	l.w.say("PIN " + l.serial + " becomes " + l.pin)
	return l.does("changed")
}

// Unblock implements [Card].
func (l *lent) Unblock(puk, next *secret.Bytes) error {
	ok := l.tried("PUK", string(puk.Expose()), rightPUK, &l.pins.PUK)
	if err := l.does("verify"); err != nil {
		return err
	}
	if !ok {
		return fault.At(l.serial, &piv.PUKError{Tries: l.pins.PUK})
	}
	if err := l.refused(next); err != nil {
		return err
	}
	l.pin, l.pins.PIN = string(next.Expose()), 3
	l.w.say("PIN " + l.serial + " becomes " + l.pin)
	return nil
}

// touches is what waits for a touch.
func (l *lent) touches(operation string, what piv.Operation) error {
	if l.touch != nil {
		l.touch(piv.Touch{Serial: l.serial, Operation: what})
	}
	err := l.does(operation)
	if l.touch != nil {
		l.touch(piv.Touch{Serial: l.serial, Operation: what, Done: true, Err: err})
	}
	return err
}

// Sign implements [token.Token].
func (l *lent) Sign([]byte) ([]byte, error) { return nil, l.touches("sign", piv.Signing) }

// ECDH implements [token.Token].
func (l *lent) ECDH(*ecdh.PublicKey) ([]byte, error) { return nil, l.touches("open", piv.Opening) }

// Head implements [token.HeadKeeper].
func (l *lent) Head(string) (token.Head, error) { return l.head, l.does("head") }

// KeepHead implements [token.HeadKeeper]. A card that is pulled after that keeps it.
func (l *lent) KeepHead(_ string, h token.Head) error {
	if err := l.does("keep"); err != nil {
		return err
	}
	l.head = h
	return l.does("kept")
}

// Identity implements [token.Token].
func (l *lent) Identity() token.Identity { return token.Identity{} }

// SealingKey implements [token.Token].
func (l *lent) SealingKey() *ecdh.PublicKey { return nil }

// SigningKey implements [token.Token].
func (l *lent) SigningKey() token.SigningKey { return token.SigningKey{} }
