package table

import (
	"crypto/ecdh"
	"errors"
	"slices"

	"bailiff/custody"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
)

// seat is a custodian at the table with a card, which is in a reader or in their hand. Its keys are those of
// the policy, and the ledger head that it keeps was read when it was unlocked; for everything else the card
// is asked for when it is not there. No PIN is kept: a card that was away, or reset, asks again.
type seat struct {
	table     *Table
	custodian string
	enrolled  *policy.Token
	open      Token // nil while the card is away
	shown     int   // tries of the PIN that were left when it was asked for
	heads     map[string]token.Head
	keeping   token.Head // what the card was asked to keep last, which it may have done unheard
}

var (
	_ token.Token      = (*seat)(nil)
	_ token.HeadKeeper = (*seat)(nil)
	_ token.Presence   = (*seat)(nil)
)

func (s *seat) Identity() token.Identity {
	return token.Identity{Kind: token.KindPIV, Serial: s.enrolled.Serial}
}

func (s *seat) SealingKey() *ecdh.PublicKey { return s.enrolled.SealingKey }

func (s *seat) SigningKey() token.SigningKey { return s.enrolled.SigningKey }

func (s *seat) ECDH(peer *ecdh.PublicKey) (shared []byte, err error) {
	err = s.do(func(t Token) (err error) { shared, err = t.ECDH(peer); return err })
	return shared, err
}

func (s *seat) Sign(message []byte) (signature []byte, err error) {
	err = s.do(func(t Token) (err error) { signature, err = t.Sign(message); return err })
	return signature, err
}

// Head is from memory.
func (s *seat) Head(vault string) (token.Head, error) {
	s.table.mu.Lock()
	h, ok := s.heads[vault]
	s.table.mu.Unlock()
	if ok {
		return h, nil
	}
	err := s.do(func(t Token) (err error) { h, err = t.Head(vault); return err })
	return h, err
}

func (s *seat) KeepHead(vault string, h token.Head) error {
	return s.do(func(t Token) error {
		s.keeping = h
		err := t.KeepHead(vault, h)
		if err == nil {
			s.heads[vault] = h
		}
		return err
	})
}

func (s *seat) Present() bool {
	s.table.mu.Lock()
	defer s.table.mu.Unlock()
	return s.table.look() == nil && s.inside()
}

// inside reports whether the card was in a reader at the last look.
func (s *seat) inside() bool {
	return slices.ContainsFunc(s.table.list, func(r piv.Reader) bool { return usable(r) && r.Serial == s.enrolled.Serial })
}

// do has the card do something, waiting for it where it is not there, and again when it was cut off.
func (s *seat) do(f func(Token) error) error {
	t := s.table
	t.mu.Lock()
	defer t.mu.Unlock()
	serial := s.enrolled.Serial
	return t.until(search{
		wanted: func(other string) bool { return other == serial },
		ask: func() {
			t.tell(Needed, serial)
			t.offer()
		},
		wrong: s.mistaken,
		try: func(string) (bool, error) {
			err := s.hold()
			if err == nil {
				err = f(s.open)
			}
			return s.ended(err)
		},
		lack: fault.At(serial, token.ErrAbsent),
	})
}

// mistaken tells why a card is not this seat's.
func (s *seat) mistaken(serial string) {
	switch s.table.holder(serial) {
	case "":
		s.table.amiss(fault.At(serial, custody.ErrStranger))
	case s.custodian:
		s.table.tell(Spare, serial, s.enrolled.Serial)
	default:
		s.table.tell(NotAwaited, serial, s.enrolled.Serial)
	}
}

// ended decides what follows from how an operation ended. A card that was pulled may have answered
// anything before it fell silent; where people are waited for, one that answers wrongly and stays is set aside.
func (s *seat) ended(err error) (done bool, _ error) {
	t := s.table
	if err == nil {
		t.use(s.enrolled.Serial)
		t.told[""] = ""
		return true, nil
	}
	if errors.Is(err, token.ErrTouch) || errors.Is(err, errAside) {
		return false, err
	}
	if !waitable(err) && t.look() == nil && !s.inside() {
		err = fault.At(s.enrolled.Serial, token.ErrRemoved)
	}
	s.drop()
	if waitable(err) {
		return false, fault.At(t.Who(s.custodian), err)
	}
	if t.Endless && !hopeless(err) {
		return false, t.setAside(s, err)
	}
	return false, err
}

// hold has the card unlocked in its reader. What cannot be unlocked is told: [errAside].
func (s *seat) hold() error {
	if s.open != nil && slices.ContainsFunc(s.table.list, func(r piv.Reader) bool {
		return r.State == piv.Held && r.Serial == s.enrolled.Serial
	}) {
		return nil
	}
	s.drop()
	return s.table.admit(s)
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
	vault := s.table.Policy.Vault
	h, err := opened.Head(vault)
	if err != nil {
		return err
	}
	// The ledger was compared with what the card kept before it went away. One that cosigned another copy
	// meanwhile would sign this one all the same, if only it is longer.
	if before, known := s.heads[vault]; known && h != before && h != s.keeping {
		return fault.At(s.table.Who(s.custodian), fault.At(s.enrolled.Serial, ledger.ErrFork))
	}
	s.heads = map[string]token.Head{vault: h}
	return nil
}

func (s *seat) askPIN() (Token, error) {
	t, serial := s.table, s.enrolled.Serial
	q := Question{Serial: serial, Custodian: s.custodian, Optional: t.Endless}
	if t.File == nil {
		return Unlock(t.People, q, s.tries, s.tryPIN)
	}
	pin, err := t.File.pin(serial, s.tries)
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
	card, err := s.table.Readers.Open(s.enrolled.Serial, nil)
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

func (s *seat) tryPIN(pin *secret.Bytes) (Token, error) {
	card, err := s.table.Readers.Open(s.enrolled.Serial, s.table.touched)
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
func (s *seat) unlockCard(card Card, pin *secret.Bytes) (Token, error) {
	left, err := card.Tries()
	if err == nil && left.PIN < s.shown {
		err = errFewer
	}
	if err != nil {
		return nil, err
	}
	return card.Unlock(pin, s.keys())
}
