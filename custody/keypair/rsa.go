package keypair

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"math/big"
)

// rsaExponent is the public exponent of every RSA key, 65537, as a multiprecision integer.
var rsaExponent = []byte{0, 17, 1, 0, 1}

// rsaKey is algorithm 1 (RFC 9580 §5.5.5.1) with a modulus of exactly so many bits. Its public material is the
// modulus.
type rsaKey struct{ bits int }

func (rsaKey) algorithm() byte { return 1 }

func (k rsaKey) public(c *cursor) []byte {
	n := c.integer()
	c.expect(rsaExponent...)
	if len(n)*8 != k.bits || n[0] < 0x80 || n[len(n)-1]&1 == 0 {
		c.bad = true
	}
	return n
}

func (rsaKey) signature(c *cursor) []byte { return c.integer() }

func (k rsaKey) verify(public, digest, signature []byte) bool {
	if len(public)*8 != k.bits || len(signature) > len(public) {
		return false
	}
	padded := append(make([]byte, len(public)-len(signature)), signature...)
	key := &rsa.PublicKey{N: new(big.Int).SetBytes(public), E: 65537}
	return rsa.VerifyPKCS1v15(key, crypto.SHA512, digest, padded) == nil
}

// secret reads d, p, q and u (RFC 9580 §5.5.5.1), each in the one value that it has: p < q, half as long as the
// modulus, their product; u the inverse of p modulo q; d the least inverse of the exponent.
func (k rsaKey) secret(c *cursor, public []byte) bool {
	var d, p, q, u big.Int
	for _, n := range []*big.Int{&d, &p, &q, &u} {
		n.SetBytes(c.integer())
		defer clearNumber(n)
	}
	if q.BitLen() != k.bits/2 || p.Cmp(&q) >= 0 { // p then has as many bits, of their product's
		return false
	}
	product, least, inverse := new(big.Int).Mul(&p, &q), leastMultiple(&p, &q), new(big.Int)
	defer clearNumber(least)
	defer clearNumber(inverse)
	if !bytes.Equal(product.Bytes(), public) || inverse.ModInverse(&p, &q) == nil || inverse.Cmp(&u) != 0 {
		return false
	}
	exponent := new(big.Int)
	defer clearNumber(exponent)
	return exponent.ModInverse(big.NewInt(65537), least) != nil && exponent.Cmp(&d) == 0
}

// leastMultiple is the least common multiple of p − 1 and q − 1.
func leastMultiple(p, q *big.Int) *big.Int {
	one := big.NewInt(1)
	a, b := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	defer clearNumber(a)
	defer clearNumber(b)
	common := new(big.Int).GCD(nil, nil, a, b)
	part := new(big.Int).Div(a, common)
	defer clearNumber(common)
	defer clearNumber(part)
	return new(big.Int).Mul(part, b)
}

// clearNumber clears a secret number.
func clearNumber(n *big.Int) {
	if n != nil {
		words := n.Bits()
		clear(words[:cap(words)])
	}
}
