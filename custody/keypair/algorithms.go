package keypair

import (
	"bytes"
	"crypto"
	stdecdh "crypto/ecdh"
	"crypto/ed25519"
	"crypto/mlkem"
	"crypto/rsa"
	"crypto/subtle"
	"math/big"
	"slices"

	"github.com/ProtonMail/go-crypto/openpgp/mldsa_eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/secret"
)

// Sizes in octets (FIPS 203, ML-KEM-768; FIPS 204, ML-DSA-65).
const (
	mldsaPublic    = 1952
	mldsaSeed      = 32
	mldsaSignature = 3309
	mlkemPublic    = 1184
)

// ed25519Key is algorithm 27 (RFC 9580 §5.5.5.9).
type ed25519Key struct{}

func (ed25519Key) algorithm() byte            { return byte(packet.PubKeyAlgoEd25519) }
func (ed25519Key) public(c *cursor) []byte    { return c.take(ed25519.PublicKeySize) }
func (ed25519Key) signature(c *cursor) []byte { return c.take(ed25519.SignatureSize) }

func (ed25519Key) verify(public, digest, signature []byte) bool {
	return ed25519.Verify(public, digest, signature)
}

func (ed25519Key) secret(c *cursor, public []byte) bool {
	key := ed25519.NewKeyFromSeed(c.take(ed25519.SeedSize))
	defer clear(key)
	return subtle.ConstantTimeCompare(key[ed25519.SeedSize:], public) == 1
}

// x25519Key is algorithm 25 (RFC 9580 §5.5.5.7).
type x25519Key struct{}

func (x25519Key) algorithm() byte         { return byte(packet.PubKeyAlgoX25519) }
func (x25519Key) public(c *cursor) []byte { return c.take(pointSize) }

func (x25519Key) secret(c *cursor, public []byte) bool {
	key, err := stdecdh.X25519().NewPrivateKey(c.take(pointSize))
	return err == nil && subtle.ConstantTimeCompare(key.PublicKey().Bytes(), public) == 1
}

// mldsaKey is algorithm 30 (RFC 9980, composite signature schemes): Ed25519 and then ML-DSA-65, of which both must verify.
type mldsaKey struct{ ed25519Key }

func (mldsaKey) algorithm() byte         { return byte(packet.PubKeyAlgoMldsa65Ed25519) }
func (mldsaKey) public(c *cursor) []byte { return c.take(ed25519.PublicKeySize + mldsaPublic) }

func (mldsaKey) signature(c *cursor) []byte {
	return c.take(ed25519.SignatureSize + mldsaSignature)
}

func (m mldsaKey) verify(public, digest, signature []byte) bool {
	const point, first = ed25519.PublicKeySize, ed25519.SignatureSize
	scheme, err := packet.GetMldsaFromAlgID(packet.PubKeyAlgoMldsa65Ed25519)
	if err != nil {
		return false
	}
	key, err := scheme.UnmarshalBinaryPublicKey(public[point:])
	return err == nil && m.ed25519Key.verify(public[:point], digest, signature[:first]) &&
		scheme.Verify(key, digest, signature[first:], nil)
}

func (m mldsaKey) secret(c *cursor, public []byte) bool {
	ok := m.ed25519Key.secret(c, public[:ed25519.PublicKeySize])
	scheme, err := packet.GetMldsaFromAlgID(packet.PubKeyAlgoMldsa65Ed25519)
	if err != nil {
		return false
	}
	key := mldsa_eddsa.PrivateKey{PublicKey: mldsa_eddsa.PublicKey{Mldsa: scheme}}
	defer wipeExpanded(&key)
	if key.DeriveMlDsaKeys(c.take(mldsaSeed), true) != nil {
		return false
	}
	got, err := key.PublicMldsa.MarshalBinary()
	return ok && err == nil && subtle.ConstantTimeCompare(got, public[ed25519.PublicKeySize:]) == 1
}

// mlkemKey is algorithm 35 (RFC 9980, composite KEM schemes): X25519 and then ML-KEM-768, whose secret is its seed. The second half
// of that seed is in no public key: it only decides what a forged ciphertext decrypts to (FIPS 203 §7.3).
type mlkemKey struct{ x25519Key }

func (mlkemKey) algorithm() byte         { return byte(packet.PubKeyAlgoMlkem768X25519) }
func (mlkemKey) public(c *cursor) []byte { return c.take(pointSize + mlkemPublic) }

func (m mlkemKey) secret(c *cursor, public []byte) bool {
	ok := m.x25519Key.secret(c, public[:pointSize])
	key, err := mlkem.NewDecapsulationKey768(c.take(mlkem.SeedSize)) // which copies it
	return ok && err == nil &&
		subtle.ConstantTimeCompare(key.EncapsulationKey().Bytes(), public[pointSize:]) == 1
}

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

const (
	algorithmEdDSA = 22
	algorithmECDH  = 18
	pointSize      = 32
)

// What stands in a public key packet between its algorithm and its point: OID, and
// the head of an MPI of 263 bits with the prefix 0x40 (RFC 9580 §5.5.5.5, §5.5.5.6); and behind the subkey's point.
var (
	primaryParams = []byte{9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f, 1, 1, 7, 0x40}
	subkeyParams  = []byte{10, 0x2b, 6, 1, 4, 1, 0x97, 0x55, 1, 5, 1, 1, 7, 0x40}
	subkeyKDF     = []byte{3, 1, hashSHA512, 9}
)

// eddsaKey is algorithm 22, EdDSA as version 4 has it, with Ed25519.
type eddsaKey struct{}

func (eddsaKey) algorithm() byte { return algorithmEdDSA }

func (eddsaKey) public(c *cursor) []byte {
	c.expect(primaryParams...)
	return c.take(pointSize)
}

// signature reads R and S, each written as a number (RFC 9580 §5.2.3.3).
func (eddsaKey) signature(c *cursor) []byte {
	value := make([]byte, ed25519.SignatureSize)
	c.number(value[:32])
	c.number(value[32:])
	return value
}

func (eddsaKey) verify(public, digest, signature []byte) bool {
	return ed25519.Verify(public, digest, signature)
}

func (eddsaKey) secret(c *cursor, public []byte) bool {
	return secretNumber(c, public, func(seed []byte) []byte {
		key := ed25519.NewKeyFromSeed(seed)
		defer clear(key)
		return bytes.Clone(key[ed25519.SeedSize:])
	})
}

// ecdhKey is algorithm 18, ECDH with Curve25519, SHA-512 and AES-256.
type ecdhKey struct{}

func (ecdhKey) algorithm() byte { return algorithmECDH }

func (ecdhKey) public(c *cursor) []byte {
	c.expect(subkeyParams...)
	point := c.take(pointSize)
	c.expect(subkeyKDF...)
	return point
}

func (ecdhKey) secret(c *cursor, public []byte) bool { return secretNumber(c, public, x25519Point) }

// secretNumber reads a secret number of 32 octets and reports whether it gives the public point.
func secretNumber(c *cursor, public []byte, point func(number []byte) []byte) bool {
	number := secret.New(pointSize)
	defer number.Wipe()
	c.number(number.Expose())
	return !c.bad && subtle.ConstantTimeCompare(point(number.Expose()), public) == 1
}

// x25519Point computes the point of a scalar, which OpenPGP writes big-endian and already clamped
// (RFC 9580 §5.5.5.6.1.1); nil when it is not.
func x25519Point(scalar []byte) []byte {
	if scalar[0]&0xc0 != 0x40 || scalar[pointSize-1]&7 != 0 {
		return nil
	}
	little := secret.New(pointSize)
	defer little.Wipe()
	copy(little.Expose(), scalar)
	slices.Reverse(little.Expose())
	key, err := stdecdh.X25519().NewPrivateKey(little.Expose())
	if err != nil {
		return nil
	}
	return key.PublicKey().Bytes()
}
