package table

import (
	"errors"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// Tries asks the card what tries are left. [Single.Try] compares with what this returned last.
func (s *Single) Tries() (piv.Tries, error) {
	err := s.Use(func(c Card) error {
		left, err := c.Tries()
		if err == nil {
			s.shown = left
		}
		return err
	})
	return s.shown, err
}

// KnownPIN returns the PIN that the card has, once it was typed; the caller tries it, see [Single.Again].
func (s *Single) KnownPIN() (*secret.Bytes, error) { return s.known(PIN) }

// known asks for a code until what is typed can be one, or takes it from the file.
func (s *Single) known(code Code) (*secret.Bytes, error) {
	if s.File != nil && code == PIN {
		return s.File.pin(s.Serial, func() (int, error) { left, err := s.Tries(); return left.PIN, err })
	}
	for {
		left, err := s.Tries()
		if err != nil {
			return nil, err
		}
		q, check := Question{Code: code, Serial: s.Serial, Tries: left.PIN}, piv.CheckPINForm
		if code == PUK {
			q.Tries, check = left.PUK, piv.CheckPUKForm
		}
		typed, err := ask(s.People, q)
		if err != nil {
			return nil, err
		}
		if err = check(typed); err == nil {
			return typed, nil
		}
		typed.Wipe()
		again(s.People, q, err)
	}
}

// WithPIN has use try the PIN, which is asked for until it is right. use tries it with [Single.Try].
func (s *Single) WithPIN(use func(pin *secret.Bytes) error) error { return s.with(PIN, use) }

func (s *Single) with(code Code, use func(*secret.Bytes) error) error {
	for {
		typed, err := s.known(code)
		if err != nil {
			return err
		}
		err = use(typed)
		if s.File == nil {
			typed.Wipe()
		}
		if more, err := s.again(code, err); !more {
			return err
		}
	}
}

// Again reports whether the PIN is to be asked for again after err, which is told; else it returns err.
func (s *Single) Again(err error) (bool, error) { return s.again(PIN, err) }

// again also has Enter pressed, unseen, after a code that was the last: one that is typed once more would be
// a shell's. A PIN from a file was wrong when the card could not say so itself.
func (s *Single) again(code Code, err error) (bool, error) {
	q := Question{Code: code, Serial: s.Serial}
	switch {
	case s.File != nil && errors.Is(err, errFewer):
		return false, fault.At(s.Serial, token.ErrPIN)
	case s.File != nil:
		return false, err
	case isOne(err, token.ErrLocked, piv.ErrPUKLocked):
		q.Code = Nothing
		typed, _ := s.People.Ask(q) // whoever cannot be asked typed nothing
		typed.Wipe()
		return false, err
	}
	return again(s.People, q, err), err
}

// Choose has a new PIN chosen: another one after that which the card refused. present is the PIN, nil where it is not known.
type Choose func(present *secret.Bytes, refused error) (*secret.Bytes, error)

// ChangePIN has the PIN typed and replaces it by the one chosen.
func (s *Single) ChangePIN(choose Choose) error {
	var next *secret.Bytes
	defer func() { next.Wipe() }()
	return s.with(PIN, func(pin *secret.Bytes) error {
		return choose.until(&next, pin, func() error { return s.replacePIN(pin, next) })
	})
}

// replacePIN changes the PIN. A card that is pulled out then may have changed it or not, so that the PIN is
// asked for again, [errUnsure]: the old one, tried by the program, could be a wrong one by now.
func (s *Single) replacePIN(pin, next *secret.Bytes) error {
	for {
		tried := false
		more, err := s.attempt(s.guarded(func(c Card) error {
			tried = true
			return c.ChangePIN(pin, next)
		}))
		if !more {
			return err
		}
		if tried {
			return errUnsure
		}
	}
}

// Unblock has the PUK typed and sets the PIN chosen.
func (s *Single) Unblock(choose Choose) error {
	var next *secret.Bytes
	defer func() { next.Wipe() }()
	return s.with(PUK, func(puk *secret.Bytes) error {
		return choose.until(&next, nil, func() error {
			return s.Try(func(c Card) error { return c.Unblock(puk, next) })
		})
	})
}

// until has a PIN chosen, unless there is one, and set, again with another as long as the card refuses it.
func (c Choose) until(next **secret.Bytes, present *secret.Bytes, set func() error) (err error) {
	for {
		if *next == nil || err != nil {
			(*next).Wipe()
			if *next, err = c(present, err); err != nil {
				return err
			}
		}
		if err = set(); !errors.Is(err, piv.ErrCode) {
			return err
		}
	}
}
