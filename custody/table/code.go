package table

import (
	"crypto/subtle"
	"errors"
	"slices"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
	"bailiff/custody/token/soft"
)

// What the package tells itself about a code that was typed.
var (
	errFewer    = errors.New("table: the card has fewer tries left than when the code was asked for")
	errUnsure   = errors.New("table: the PIN may be another one by now")
	errDeclined = errors.New("table: no PIN was typed, or the last try was not agreed to")
)

// unasked is why nobody could be asked. An act ends with it.
type unasked struct{ error }

func (u unasked) Unwrap() error { return u.error }

// Unlock asks for a PIN until it is right or the person gives up. It tells the tries left, and never spends
// the last one without being told to. What cannot be a PIN costs no try: a token that was touched too early
// types such a word. try is given the PIN, and what it opens is returned.
func Unlock[T any](p People, q Question, tries func() (int, error), try func(*secret.Bytes) (T, error)) (none T, err error) {
	q.Code = PIN
	for {
		if q.Tries, err = tries(); err != nil {
			return none, err
		}
		pin, err := ask(p, q)
		if err != nil {
			return none, err
		}
		opened, err := try(pin)
		pin.Wipe()
		if err == nil {
			return opened, nil
		}
		if !again(p, q, err) {
			return none, fault.At(q.Serial, err)
		}
	}
}

// ask asks for a PIN or PUK. The last try is agreed to first.
func ask(p People, q Question) (*secret.Bytes, error) {
	if q.Tries == 0 {
		locked := token.ErrLocked
		if q.Code == PUK {
			locked = piv.ErrPUKLocked
		}
		return nil, fault.At(q.Serial, locked)
	}
	if q.Tries == 1 {
		if err := agree(p, q); err != nil {
			return nil, fault.At(q.Serial, err)
		}
	}
	code, err := p.Ask(q)
	if err != nil {
		return nil, unasked{err}
	}
	if code == nil {
		return nil, errDeclined
	}
	return code, nil
}

// agree has the token's serial typed. It asks until that was typed, or where the token can be left aside,
// once: [errDeclined].
func agree(p People, q Question) error {
	q.LastTry = true
	for {
		typed, err := p.Ask(q)
		if err != nil {
			return unasked{err}
		}
		same := subtle.ConstantTimeCompare(typed.Expose(), []byte(q.Serial)) == 1
		typed.Wipe()
		switch {
		case same:
			return nil
		case q.Optional:
			return errDeclined
		}
		p.Tell(Event{Kind: NotSerial})
	}
}

// again reports whether a code is to be asked for again after err, which it tells.
func again(p People, q Question, err error) bool {
	e := Event{Serial: q.Serial, Code: q.Code, Err: err}
	switch {
	case isOne(err, piv.ErrPINForm, piv.ErrPUKForm, soft.ErrPINForm):
		e.Kind = NoCode
	case errors.Is(err, errFewer):
		e.Kind = Fewer
	case errors.Is(err, errUnsure):
		e.Kind = Perhaps
	case isOne(err, token.ErrPIN, piv.ErrPUK):
		e.Kind = Wrong
		if wrong, ok := errors.AsType[*token.PINError](err); ok {
			e.Tries = wrong.Tries
		}
	default:
		return false
	}
	p.Tell(e)
	return true
}

// isOne reports whether err is one of those.
func isOne(err error, those ...error) bool {
	return slices.ContainsFunc(those, func(one error) bool { return errors.Is(err, one) })
}
