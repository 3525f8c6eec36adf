package virtual

import (
	"bytes"
	"crypto/subtle"
)

const (
	pinLength = 8
	minPIN    = 6
	maxTries  = 255
)

// pad makes the eight bytes of a PIN.
func pad(pin string) []byte {
	return append([]byte(pin), bytes.Repeat([]byte{0xff}, pinLength-len(pin))...)
}

// acceptable tells whether eight bytes are a PIN or PUK that may be set: at least six bytes, then
// padding only.
func acceptable(value []byte) bool {
	n := len(bytes.TrimRight(value, "\xff"))
	return n >= minPIN && bytes.IndexByte(value[:n], 0xff) < 0
}

// check compares and counts.
func (r *reference) check(given []byte) status {
	if r.Left == 0 {
		return blocked
	}
	if subtle.ConstantTimeCompare(given, r.Value) != 1 {
		r.Left--
		return wrong(r.Left)
	}
	r.Left = r.Most
	return ok
}

// verify is VERIFY (SP 800-73-4 part 2, section 3.2.1): without a body it asks; P1 FF logs out.
func (c *Card) verify(cmd command) status {
	s, pin := &c.session, &c.state.PIN
	switch {
	case cmd.p2 != referencePIN:
		return noReference
	case cmd.p1 == 0xff && len(cmd.body) == 0:
		s.verified, s.fresh = false, false
		return ok
	case cmd.p1 != 0:
		return wrongParameters
	case len(cmd.body) == 0 && s.verified:
		return ok
	case len(cmd.body) == 0 && pin.Left == 0:
		return blocked
	case len(cmd.body) == 0:
		return wrong(pin.Left)
	case len(cmd.body) != pinLength:
		return wrongBody
	}
	st := pin.check(cmd.body)
	s.verified = st == ok
	s.fresh = s.verified
	return st
}

// change is CHANGE REFERENCE DATA (section 3.2.2), of PIN or PUK.
func (c *Card) change(cmd command) status {
	switch cmd.p2 {
	case referencePIN:
		return c.replace(&c.state.PIN, &c.state.PIN, cmd)
	case referencePUK:
		return c.replace(&c.state.PUK, &c.state.PUK, cmd)
	}
	return noReference
}

// unblock is RESET RETRY COUNTER (section 3.2.3): the PUK sets a new PIN.
func (c *Card) unblock(cmd command) status {
	if cmd.p2 != referencePIN {
		return noReference
	}
	return c.replace(&c.state.PUK, &c.state.PIN, cmd)
}

// replace sets one reference when the other was given rightly.
func (c *Card) replace(known, changed *reference, cmd command) status {
	if cmd.p1 != 0 {
		return wrongParameters
	}
	if len(cmd.body) != 2*pinLength {
		return wrongBody
	}
	given, next := cmd.body[:pinLength], cmd.body[pinLength:]
	if st := known.check(given); st != ok {
		return st
	}
	if !acceptable(next) {
		return wrongBody
	}
	if st := c.state.settable(next, changed == &c.state.PUK); st != ok {
		return st
	}
	changed.Value, changed.Left = bytes.Clone(next), changed.Most
	return ok
}

// setTries sets how many tries PIN and PUK have, and both to their defaults (Yubico).
func (c *Card) setTries(cmd command) status {
	switch {
	case !c.session.managed || !c.session.verified:
		return notAuthorised
	case cmd.p1 == 0 || cmd.p2 == 0:
		return wrongParameters
	}
	if c.state.is(IdleRetries) {
		return ok
	}
	c.state.PIN = reference{Value: pad(DefaultPIN), Left: int(cmd.p1), Most: int(cmd.p1)}
	c.state.PUK = reference{Value: pad(DefaultPUK), Left: int(cmd.p2), Most: int(cmd.p2)}
	c.session.verified = false
	return ok
}

// reset empties the PIV application; it takes a PIN and a PUK that are both blocked (Yubico).
func (c *Card) reset() status {
	if c.state.PIN.Left > 0 || c.state.PUK.Left > 0 {
		return notSatisfied
	}
	c.state.blank()
	c.session = session{application: appPIV}
	return ok
}
