package token

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Algorithm is how a signing key signs. The zero value is that of no key.
type Algorithm uint8

// The algorithms of signing keys.
const (
	Ed25519   Algorithm = 1 // RFC 8032; signatures of 64 bytes
	ECDSAP256 Algorithm = 2 // FIPS 186-5 on P-256 with SHA-256, for rehearsals; signatures of 8 to [MaxSignature] bytes
)

// MaxSignature is the size of the largest signature of any algorithm, in bytes. The canonical
// ECDSA signatures have at most 71.
const MaxSignature = 71

// SigningKey is the public key with which a token cosigns. Two keys are the same if == says so.
// The zero value is no key and verifies nothing.
type SigningKey struct {
	algorithm Algorithm
	encoded   string // 32 bytes of RFC 8032 §5.1.5, or the 33 of a compressed point
}

// Ed25519Key refuses with [ErrKey] what is not the canonical encoding of a point on the curve
// (RFC 8032 §5.1.3), and the points of small order: with such a key a signature can be made by
// anybody, for many messages at once.
func Ed25519Key(key ed25519.PublicKey) (SigningKey, error) {
	if !isEd25519Key(key) {
		return SigningKey{}, ErrKey
	}
	return SigningKey{Ed25519, string(key)}, nil
}

// ECDSAKey refuses with [ErrKey] what is not a key on P-256.
func ECDSAKey(key *ecdsa.PublicKey) (SigningKey, error) {
	if key == nil || key.Curve != elliptic.P256() {
		return SigningKey{}, ErrKey
	}
	point, err := key.Bytes()
	if err != nil {
		return SigningKey{}, ErrKey
	}
	b, ok := compressed(point)
	if !ok {
		return SigningKey{}, ErrKey
	}
	return SigningKey{ECDSAP256, string(b)}, nil
}

// ParseSigningKey reads what [SigningKey.String] writes. It refuses with [ErrKey] what
// [Ed25519Key] and [ECDSAKey] refuse, and every other encoding of a key.
func ParseSigningKey(s string) (SigningKey, error) {
	if strings.HasPrefix(s, p256Prefix) {
		b, err := keyBytes(s, p256Prefix, compressedSize)
		if err != nil {
			return SigningKey{}, err
		}
		_, err = uncompressed(b)
		if err != nil {
			return SigningKey{}, err
		}
		return SigningKey{ECDSAP256, string(b)}, nil
	}
	b, err := keyBytes(s, ed25519Prefix, ed25519.PublicKeySize)
	if err != nil {
		return SigningKey{}, err
	}
	return Ed25519Key(b)
}

// String returns `ed25519:` and the 32 bytes, or `p256:` and the compressed point, in lower-case
// hexadecimal; of the zero value, nothing.
func (k SigningKey) String() string {
	switch k.algorithm {
	case Ed25519:
		return ed25519Prefix + hex.EncodeToString([]byte(k.encoded))
	case ECDSAP256:
		return p256Prefix + hex.EncodeToString([]byte(k.encoded))
	}
	return ""
}

// Algorithm returns how the key signs.
func (k SigningKey) Algorithm() Algorithm { return k.algorithm }

// IsZero reports whether there is no key.
func (k SigningKey) IsZero() bool { return k == SigningKey{} }

// Public returns the key as an ed25519.PublicKey or an *ecdsa.PublicKey; nil of the zero value.
func (k SigningKey) Public() crypto.PublicKey {
	switch k.algorithm {
	case Ed25519:
		return ed25519.PublicKey(k.encoded)
	case ECDSAP256:
		return k.ecdsa()
	}
	return nil
}

// ecdsa returns the key on P-256.
func (k SigningKey) ecdsa() *ecdsa.PublicKey {
	point, err := uncompressed([]byte(k.encoded))
	if err != nil {
		panic("token: a signing key that no constructor made")
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		panic("token: nistec holds a point that is off its curve")
	}
	return key
}

// PKIX returns the key as a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7); nil of the zero value.
func (k SigningKey) PKIX() []byte {
	if k.IsZero() {
		return nil
	}
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		panic("token: crypto/x509 does not know " + k.String())
	}
	return der
}

// Verify reports whether signature is one of the message, in the only encoding that is accepted:
// 64 bytes of Ed25519, or of ECDSA on the message's SHA-256 what [CanonicalECDSA] returns.
func (k SigningKey) Verify(message, signature []byte) bool {
	switch k.algorithm {
	case Ed25519:
		return ed25519.Verify(ed25519.PublicKey(k.encoded), message, signature)
	case ECDSAP256:
		digest := sha256.Sum256(message)
		return isCanonicalECDSA(signature) && ecdsa.VerifyASN1(k.ecdsa(), digest[:], signature)
	}
	return false
}

// CanonicalECDSA returns the one encoding in which an ECDSA signature on P-256 is accepted: the
// DER SEQUENCE of r and s (RFC 3279 §2.2.3) with s at most half the order of the group. A device
// may answer with the larger s, which verifies as well: without this rule whoever holds a
// signature could make a second one. What is not such a SEQUENCE in DER is [ErrDamaged].
func CanonicalECDSA(signature []byte) ([]byte, error) {
	r, s, ok := parseECDSA(signature)
	if !ok {
		return nil, ErrDamaged
	}
	if !isLow(s) {
		s.Sub(elliptic.P256().Params().N, s)
	}
	return encodeECDSA(r, s), nil
}

func isCanonicalECDSA(signature []byte) bool {
	r, s, ok := parseECDSA(signature)
	return ok && isLow(s) && bytes.Equal(encodeECDSA(r, s), signature)
}

// parseECDSA reads r and s, both from 1 to the order of the group less one.
func parseECDSA(signature []byte) (r, s *big.Int, ok bool) {
	const longest = 72
	r, s = new(big.Int), new(big.Int)
	var inner cryptobyte.String
	input := cryptobyte.String(signature)
	ok = len(signature) <= longest &&
		input.ReadASN1(&inner, asn1.SEQUENCE) && input.Empty() &&
		inner.ReadASN1Integer(r) && inner.ReadASN1Integer(s) && inner.Empty() &&
		isScalar(r) && isScalar(s)
	return r, s, ok
}

func isScalar(x *big.Int) bool {
	return x.Sign() > 0 && x.Cmp(elliptic.P256().Params().N) < 0
}

func isLow(s *big.Int) bool {
	return s.Cmp(new(big.Int).Rsh(elliptic.P256().Params().N, 1)) <= 0
}

func encodeECDSA(r, s *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(r)
		b.AddASN1BigInt(s)
	})
	return b.BytesOrPanic()
}

// isEd25519Key decides from the y-coordinate of the curve -x² + y² = 1 + d·x²·y² over the field
// of p = 2^255 - 19 elements. There x² = u/v with u = y² - 1 and v = d·y² + 1, and v is never 0.
// The points of small order are those with u = 0 (orders 1 and 2), y = 0 (order 4), and
// d·y⁴ + 2·y² - 1 = 0 (order 8: the y of twice the point is 0, so x² = -y²).
func isEd25519Key(key []byte) bool {
	if len(key) != ed25519.PublicKeySize {
		return false
	}
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	mod := func(x *big.Int) *big.Int { return x.Mod(x, p) }
	mul := func(x, y *big.Int) *big.Int { return mod(new(big.Int).Mul(x, y)) }
	add := func(x *big.Int, n int64) *big.Int { return mod(new(big.Int).Add(x, big.NewInt(n))) }

	encoded := slices.Clone(key)
	encoded[len(encoded)-1] &= 0x7f // the top bit is the sign of x
	slices.Reverse(encoded)         // from little-endian
	y := new(big.Int).SetBytes(encoded)
	if y.Sign() == 0 || y.Cmp(p) >= 0 {
		return false
	}
	d := mul(big.NewInt(-121665), new(big.Int).ModInverse(big.NewInt(121666), p))
	y2 := mul(y, y)
	dy2 := mul(d, y2)
	if order8 := add(mul(y2, add(dy2, 2)), -1); order8.Sign() == 0 {
		return false
	}
	return big.Jacobi(mul(add(y2, -1), add(dy2, 1)), p) == 1 // u/v is a square, and not 0
}
