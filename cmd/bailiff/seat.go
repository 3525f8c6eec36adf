package main

import (
	"crypto/ecdh"
	"errors"
	"slices"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
)

// seat is a custodian at the desk with a PIV token, which is in a reader or in their hand. Its keys
// are those of the policy, and the ledger head that it keeps was read when it was unlocked; for
// everything else the card is asked for when it is not there. No PIN is kept: a card that was away, or
// reset, asks again.
type seat struct {
	desk      *desk
	custodian string
	enrolled  *policy.Token
	open      *piv.Token // nil while the card is away
	shown     int        // tries of the PIN that were left when it was asked for
	heads     map[string]token.Head
	keeping   token.Head // what the card was asked to keep last, which it may have done unheard
}

var (
	_ token.Token      = (*seat)(nil)
	_ token.HeadKeeper = (*seat)(nil)
	_ token.Presence   = (*seat)(nil)
)

// Identity implements [token.Token].
func (s *seat) Identity() token.Identity {
	return token.Identity{Kind: token.KindPIV, Serial: s.enrolled.Serial}
}

// SealingKey implements [token.Token].
func (s *seat) SealingKey() *ecdh.PublicKey { return s.enrolled.SealingKey }

// SigningKey implements [token.Token].
func (s *seat) SigningKey() token.SigningKey { return s.enrolled.SigningKey }

// ECDH implements [token.Token].
func (s *seat) ECDH(peer *ecdh.PublicKey) (shared []byte, err error) {
	err = s.do(func(t *piv.Token) (err error) { shared, err = t.ECDH(peer); return err })
	return shared, err
}

// Sign implements [token.Token].
func (s *seat) Sign(message []byte) (signature []byte, err error) {
	err = s.do(func(t *piv.Token) (err error) { signature, err = t.Sign(message); return err })
	return signature, err
}

// Head implements [token.HeadKeeper], from memory.
func (s *seat) Head(vault string) (token.Head, error) {
	s.desk.mu.Lock()
	h, ok := s.heads[vault]
	s.desk.mu.Unlock()
	if ok {
		return h, nil
	}
	err := s.do(func(t *piv.Token) (err error) { h, err = t.Head(vault); return err })
	return h, err
}

// KeepHead implements [token.HeadKeeper].
func (s *seat) KeepHead(vault string, h token.Head) error {
	return s.do(func(t *piv.Token) error {
		s.keeping = h
		err := t.KeepHead(vault, h)
		if err == nil {
			s.heads[vault] = h
		}
		return err
	})
}

// Present implements [token.Presence].
func (s *seat) Present() bool {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	return s.desk.look() == nil && s.inside()
}

// inside tells whether the card was in a reader at the last look.
func (s *seat) inside() bool {
	return slices.ContainsFunc(s.desk.list, func(r piv.Reader) bool { return ready(r) && r.Serial == s.enrolled.Serial })
}

// do has the card do something, waiting for it where it is not there, and again when it was cut off.
func (s *seat) do(f func(*piv.Token) error) error {
	d := s.desk
	d.mu.Lock()
	defer d.mu.Unlock()
	serial := s.enrolled.Serial
	return d.until(search{
		wanted: func(other string) bool { return other == serial },
		ask: func() {
			d.note("desk.need", serial, d.who(s.custodian))
			d.offer()
		},
		wrong: func(other string) { d.mistaken(other, s) },
		take: func(string) (bool, error) {
			err := s.ready()
			if err == nil {
				err = f(s.open)
			}
			return s.settle(err)
		},
		lack: fault.At(serial, token.ErrAbsent),
	})
}

// settle decides what follows from how an operation ended. A card that was pulled may have answered
// anything before it fell silent; at a terminal one that answers wrongly and stays is set aside.
func (s *seat) settle(err error) (done bool, _ error) {
	d := s.desk
	if err == nil {
		d.use(s.enrolled.Serial)
		d.told[""] = ""
		return true, nil
	}
	if errors.Is(err, token.ErrTouch) || errors.Is(err, errAside) {
		return false, err
	}
	if !waitable(err) && d.look() == nil && !s.inside() {
		err = fault.At(s.enrolled.Serial, token.ErrRemoved)
	}
	s.drop()
	if waitable(err) {
		return false, fault.At(d.who(s.custodian), err)
	}
	if d.endless && !hopeless(err) {
		return false, d.setAside(s, err)
	}
	return false, err
}

// ready has the card unlocked in its reader. What cannot be unlocked is said here: [errAside].
func (s *seat) ready() error {
	if s.open != nil && slices.ContainsFunc(s.desk.list, func(r piv.Reader) bool {
		return r.State == piv.Held && r.Serial == s.enrolled.Serial
	}) {
		return nil
	}
	s.drop()
	return s.desk.admit(s)
}

// drop lets go of the card.
func (s *seat) drop() {
	if s.open != nil {
		_ = s.open.Close() // whatever it says, the card is given up
		s.open = nil
	}
}

// unlock tries the PIN, and reads which ledger the custodian cosigned last: [ledger.ErrFork] when that is
// another one than before the card went away.
func (s *seat) unlock() error {
	opened, err := s.askPIN()
	if err != nil {
		return err
	}
	s.open = opened
	vault := s.desk.policy.Vault
	h, err := opened.Head(vault)
	if err != nil {
		return err
	}
	// The ledger was held against what the card kept before it went away. One that cosigned another copy
	// meanwhile would sign this one all the same, if only it is longer.
	if before, known := s.heads[vault]; known && h != before && h != s.keeping {
		return fault.At(s.desk.who(s.custodian), fault.At(s.enrolled.Serial, ledger.ErrFork))
	}
	s.heads = map[string]token.Head{vault: h}
	return nil
}

func (s *seat) askPIN() (*piv.Token, error) {
	d, serial := s.desk, s.enrolled.Serial
	if d.pins == nil {
		return askPIN(d.t, lock[*piv.Token]{
			serial: serial, holder: d.who(s.custodian), lastTry: "ask.last-try.piv", tries: s.tries, try: s.tryPIN,
			skipped: d.endless,
		})
	}
	pin, err := d.pins.For(serial)
	if err != nil {
		return nil, err
	}
	tries, err := s.tries()
	if err == nil && tries == 1 {
		err = fault.At(serial, cli.ErrNoTerminal) // a file never spends the last one
	}
	if err != nil {
		return nil, err
	}
	opened, err := s.tryPIN(pin)
	if errors.Is(err, errFewer) {
		err = fault.At(serial, token.ErrBusy) // by whoever uses it just now
	}
	return opened, err
}

// tries takes the card for a moment, and looks whether its keys are those of the policy: nobody holds it while a
// PIN is typed.
func (s *seat) tries() (int, error) {
	card, err := s.desk.readers.Open(forever(), s.enrolled.Serial, nil)
	if err != nil {
		return 0, err
	}
	defer card.Close()
	if err := card.Holds(s.keys()); err != nil {
		return 0, err
	}
	left, err := card.Tries()
	s.shown = left.PIN
	return left.PIN, err
}

// keys are those that the policy knows.
func (s *seat) keys() piv.Enrolled {
	return piv.Enrolled{Slot: attestation.Slot(s.enrolled.Slot), Sealing: s.enrolled.SealingKey, Signing: s.enrolled.SigningKey}
}

func (s *seat) tryPIN(pin *secret.Bytes) (*piv.Token, error) {
	card, err := s.desk.readers.Open(forever(), s.enrolled.Serial, s.desk.touched)
	if err != nil {
		return nil, err
	}
	opened, err := s.unlockCard(card, pin)
	if err != nil {
		_ = card.Close() // its error is the one that counts
		return nil, err
	}
	return opened, nil
}

// unlockCard tries the PIN. [errFewer]: somebody else spent tries while it was typed, so that it is asked for
// again; this one could spend the last.
func (s *seat) unlockCard(card *piv.Card, pin *secret.Bytes) (*piv.Token, error) {
	left, err := card.Tries()
	if err == nil && left.PIN < s.shown {
		err = errFewer
	}
	if err != nil {
		return nil, err
	}
	return card.Unlock(pin, s.keys())
}
