package virtual

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"math/big"
	"time"
)

// touchMemory is how long a touch counts under the policy "cached".
const touchMemory = 15 * time.Second

// authenticate is GENERAL AUTHENTICATE (SP 800-73-4 part 2, section 3.2.4).
func (c *Card) authenticate(ctx context.Context, cmd command) ([]byte, status) {
	asked, err := within(cmd.body, 0x7c)
	if err != nil || len(asked) == 0 {
		return nil, wrongBody
	}
	if cmd.p2 == slotManagement {
		return c.manage(ctx, cmd, asked)
	}
	if !isKeySlot(cmd.p2) {
		return nil, wrongParameters
	}
	k, there := c.state.Keys[cmd.p2]
	o, err := k.open()
	if !there || err != nil || byte(k.Algorithm) != cmd.p1 {
		return nil, wrongBody
	}
	if st := c.allowed(ctx, k, cmd.p2); st != ok {
		return nil, st
	}
	result, st := use(k.Algorithm, o, asked)
	if st != ok {
		return nil, st
	}
	return object(0x7c, object(0x82, result)), ok
}

// allowed holds the policies of a key. YubiKeys answer a missing PIN and a missing touch alike.
func (c *Card) allowed(ctx context.Context, k key, slot byte) status {
	s := &c.session
	if k.PIN == pinOnce && !s.verified || k.PIN == pinAlways && !s.fresh {
		return notAuthorised
	}
	if !c.touchedFor(ctx, k.Touch, slot) {
		return notAuthorised
	}
	return ok
}

// touchedFor asks for a touch when the policy does.
func (c *Card) touchedFor(ctx context.Context, policy, slot byte) bool {
	switch {
	case policy <= touchNever:
		return true
	case policy == touchCached && !c.session.touched.IsZero() && c.now().Sub(c.session.touched) < touchMemory:
		return true
	}
	c.mu.Lock()
	c.touches++
	c.mu.Unlock()
	if !c.touch(ctx, Operation{Slot: slot}) || ctx.Err() != nil {
		return false
	}
	c.session.touched = c.now()
	return true
}

// use does the one thing that a key can do with what was given: 81 is to be signed (or, for RSA,
// raised to the private exponent), 85 is the other party's point.
func use(a algorithm, o opened, asked []tlv) ([]byte, status) {
	if peer, given := value(asked, 0x85); given {
		return agree(o, peer)
	}
	message, given := value(asked, 0x81)
	if !given || o.sign == nil {
		return nil, wrongBody
	}
	switch a {
	case ed25519A:
		return sign(o, message)
	case p256, p384:
		if size := map[algorithm]int{p256: 32, p384: 48}[a]; len(message) == 0 || len(message) > size {
			return nil, wrongBody
		}
		return sign(o, message)
	}
	return raise(o, message)
}

func sign(o opened, message []byte) ([]byte, status) {
	var sig []byte
	var err error
	if k, isEC := o.sign.(*ecdsa.PrivateKey); isEC {
		sig, err = ecdsa.SignASN1(nil, k, message)
	} else {
		sig, err = o.sign.Sign(nil, message, crypto.Hash(0))
	}
	if err != nil {
		return nil, notSatisfied
	}
	return sig, ok
}

func agree(o opened, peer []byte) ([]byte, status) {
	if o.agree == nil {
		return nil, wrongBody
	}
	p, err := o.agree.Curve().NewPublicKey(peer)
	if err != nil {
		return nil, wrongBody
	}
	shared, err := o.agree.ECDH(p)
	if err != nil {
		return nil, wrongBody
	}
	return shared, ok
}

func raise(o opened, block []byte) ([]byte, status) {
	m := new(big.Int).SetBytes(block)
	if len(block) != o.rsa.Size() || m.Cmp(o.rsa.N) >= 0 {
		return nil, wrongBody
	}
	return m.Exp(m, o.rsa.D, o.rsa.N).FillBytes(make([]byte, o.rsa.Size())), ok
}
