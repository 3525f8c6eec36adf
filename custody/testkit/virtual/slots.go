package virtual

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
)

// policies reads the policies that a command asks for, or takes those of the slot.
func policies(slot byte, given []tlv) (pin, touch byte, good bool) {
	pin, touch = pinOnce, touchNever
	switch slot {
	case slotSigning:
		pin = pinAlways
	case slotCard:
		pin = pinNever
	}
	for _, t := range given {
		switch {
		case t.tag != 0xaa && t.tag != 0xab:
			continue
		case len(t.value) != 1 || t.value[0] > 3:
			return 0, 0, false
		case t.value[0] == 0: // the slot's own
		case t.tag == 0xaa:
			pin = t.value[0]
		default:
			touch = t.value[0]
		}
	}
	return pin, touch, true
}

// generate is GENERATE ASYMMETRIC KEY PAIR (SP 800-73-4 part 2, section 3.3.2). It overwrites what
// the slot held, as YubiKeys do.
func (c *Card) generate(cmd command) ([]byte, status) {
	switch {
	case !c.session.managed:
		return nil, notAuthorised
	case cmd.p1 != 0 || !isKeySlot(cmd.p2):
		return nil, wrongParameters
	}
	asked, err := within(cmd.body, 0xac)
	a, given := value(asked, 0x80)
	pin, touch, good := policies(cmd.p2, asked)
	if err != nil || !given || len(a) != 1 || !good || !c.state.supports(algorithm(a[0])) {
		return nil, wrongBody
	}
	k := key{Algorithm: algorithm(a[0]), PIN: pin, Touch: touch}
	if k.Private, err = c.seed(k.Algorithm); err != nil {
		return nil, notSatisfied
	}
	o, err := k.open()
	if err != nil {
		return nil, notSatisfied
	}
	c.state.Keys[cmd.p2] = k
	return object(0x7f49, o.publicTLV()), ok
}

// importKey takes a private key (Yubico): P1 is the algorithm, P2 the slot.
func (c *Card) importKey(cmd command) status {
	switch {
	case !c.session.managed:
		return notAuthorised
	case !isKeySlot(cmd.p2):
		return wrongParameters
	}
	given, err := parseTLV(cmd.body)
	pin, touch, good := policies(cmd.p2, given)
	if err != nil || !good || !c.state.Firmware.supports(algorithm(cmd.p1)) {
		return wrongBody
	}
	k := key{Algorithm: algorithm(cmd.p1), PIN: pin, Touch: touch, Imported: true}
	if k.Private, good = privatePart(k.Algorithm, given); !good {
		return wrongBody
	}
	if _, err := k.open(); err != nil {
		return wrongBody
	}
	c.state.Keys[cmd.p2] = k
	return ok
}

// privatePart reads the private key: tag 06 for EC, 07 for Ed25519, 08 for X25519, 01 and 02 for
// the primes of RSA (its other numbers follow from them; the public exponent is 65537).
func privatePart(a algorithm, given []tlv) ([]byte, bool) {
	if a.rsaBits() == 0 {
		tag := map[algorithm]uint16{p256: 6, p384: 6, ed25519A: 7, x25519: 8}[a]
		b, good := value(given, tag)
		return bytes.Clone(b), good
	}
	p, goodP := value(given, 1)
	q, goodQ := value(given, 2)
	if half := a.rsaBits() / 16; !goodP || !goodQ || len(p) != half || len(q) != half {
		return nil, false
	}
	k, good := rsaFrom(new(big.Int).SetBytes(p), new(big.Int).SetBytes(q))
	if !good {
		return nil, false
	}
	return x509.MarshalPKCS1PrivateKey(k), true
}

func rsaFrom(p, q *big.Int) (*rsa.PrivateKey, bool) {
	const exponent = 65537
	one := big.NewInt(1)
	if p.Cmp(one) <= 0 || q.Cmp(one) <= 0 {
		return nil, false
	}
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	d := new(big.Int).ModInverse(big.NewInt(exponent), phi)
	if d == nil {
		return nil, false
	}
	k := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: exponent},
		D:         d, Primes: []*big.Int{p, q},
	}
	if k.Validate() != nil {
		return nil, false
	}
	k.Precompute()
	return k, true
}

// moveKey moves a key from the slot P2 to the slot P1, or deletes it when P1 is FF (Yubico, 5.7).
func (c *Card) moveKey(cmd command) status {
	switch {
	case !c.session.managed:
		return notAuthorised
	case cmd.p1 != 0xff && !isKeySlot(cmd.p1) || !isKeySlot(cmd.p2) || cmd.p1 == cmd.p2:
		return wrongParameters
	}
	k, there := c.state.Keys[cmd.p2]
	if !there {
		return noReference
	}
	if _, taken := c.state.Keys[cmd.p1]; taken && cmd.p1 != 0xff {
		return notSatisfied
	}
	delete(c.state.Keys, cmd.p2)
	if cmd.p1 != 0xff {
		c.state.Keys[cmd.p1] = k
	}
	return ok
}

// metadata tells what a slot holds (Yubico, 5.3).
func (c *Card) metadata(cmd command) ([]byte, status) {
	flag := func(b bool) byte {
		if b {
			return 1
		}
		return 0
	}
	if cmd.p1 != 0 || c.state.is(FewSlots) && cmd.p2 >= 0x8d && cmd.p2 <= 0x95 {
		return nil, wrongParameters
	}
	ref := func(r reference, fallback string) []byte {
		b := object(0x01, []byte{0xff})
		b = appendTLV(b, 0x05, []byte{flag(bytes.Equal(r.Value, pad(fallback)))})
		return appendTLV(b, 0x06, []byte{byte(r.Most), byte(r.Left)})
	}
	switch cmd.p2 {
	case referencePIN:
		return ref(c.state.PIN, DefaultPIN), ok
	case referencePUK:
		return ref(c.state.PUK, DefaultPUK), ok
	case slotManagement:
		m := c.state.Management
		b := appendTLV(object(0x01, []byte{byte(m.Algorithm)}), 0x02, []byte{0, m.Touch})
		return appendTLV(b, 0x05, []byte{flag(bytes.Equal(m.Key, DefaultManagementKey()))}), ok
	}
	k, there := c.state.Keys[cmd.p2]
	o, err := k.open()
	if !there || err != nil {
		return nil, noReference
	}
	b := appendTLV(object(0x01, []byte{byte(k.Algorithm)}), 0x02, []byte{k.PIN, k.Touch})
	b = appendTLV(b, 0x03, []byte{1 + flag(k.Imported)})
	return appendTLV(b, 0x04, o.publicTLV()), ok
}
