package keypair

import (
	"bytes"
	stdecdh "crypto/ecdh"
	"crypto/ed25519"
	"crypto/subtle"
	"slices"

	"bailiff/custody/secret"
)

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

// secretNumber reads a secret number of 32 octets and tells whether it gives the public point.
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
