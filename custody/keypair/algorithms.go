package keypair

import (
	stdecdh "crypto/ecdh"
	"crypto/ed25519"
	"crypto/mlkem"
	"crypto/subtle"

	"github.com/ProtonMail/go-crypto/openpgp/mldsa_eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
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
