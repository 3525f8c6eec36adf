package token

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"encoding/hex"
	"math/big"
	"slices"
	"strings"

	"filippo.io/nistec"

	"bailiff/custody/record"
)

const (
	sealingPrefix = "p256:"
	signingPrefix = "ed25519:"

	compressedSize = 33 // SEC 1 §2.3.3 on P-256
)

// FormatSealingKey writes a P-256 key as `p256:` and its compressed point. It panics on a key
// that is nil or on another curve.
func FormatSealingKey(key *ecdh.PublicKey) string {
	if !isSealingKey(key) {
		panic("token: FormatSealingKey needs a P-256 key")
	}
	point, err := nistec.NewP256Point().SetBytes(key.Bytes())
	if err != nil {
		panic("token: crypto/ecdh holds a point that is off its curve")
	}
	return sealingPrefix + hex.EncodeToString(point.BytesCompressed())
}

// ParseSealingKey reads what [FormatSealingKey] writes. It refuses with [ErrKey] what is not the
// compressed encoding of a point on P-256 other than infinity.
func ParseSealingKey(s string) (*ecdh.PublicKey, error) {
	b, err := keyBytes(s, sealingPrefix, compressedSize)
	if err != nil {
		return nil, err
	}
	point, err := nistec.NewP256Point().SetBytes(b)
	if err != nil {
		return nil, ErrKey
	}
	key, err := ecdh.P256().NewPublicKey(point.Bytes())
	if err != nil {
		return nil, ErrKey
	}
	return key, nil
}

func isSealingKey(key *ecdh.PublicKey) bool { return key != nil && key.Curve() == ecdh.P256() }

// FormatSigningKey writes an Ed25519 key as `ed25519:` and its 32 bytes.
func FormatSigningKey(key ed25519.PublicKey) string {
	return signingPrefix + hex.EncodeToString(key)
}

// ParseSigningKey reads what [FormatSigningKey] writes. It refuses with [ErrKey] what is not the
// canonical encoding of a point on the curve (RFC 8032 §5.1.3), and the points of small order:
// with such a key a signature can be made by anybody, for many messages at once.
func ParseSigningKey(s string) (ed25519.PublicKey, error) {
	b, err := keyBytes(s, signingPrefix, ed25519.PublicKeySize)
	if err != nil || !isSigningKey(b) {
		return nil, ErrKey
	}
	return b, nil
}

func keyBytes(s, prefix string, n int) ([]byte, error) {
	digits, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return nil, ErrKey
	}
	b, err := record.Hex(digits, n)
	if err != nil {
		return nil, ErrKey
	}
	return b, nil
}

// isSigningKey decides from the y-coordinate of the curve -x² + y² = 1 + d·x²·y² over the field
// of p = 2^255 - 19 elements. There x² = u/v with u = y² - 1 and v = d·y² + 1, and v is never 0.
// The points of small order are those with u = 0 (orders 1 and 2), y = 0 (order 4), and
// d·y⁴ + 2·y² - 1 = 0 (order 8: the y of twice the point is 0, so x² = -y²).
func isSigningKey(key []byte) bool {
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
