package token

import (
	"crypto/ed25519"
	"math/big"
	"slices"
)

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
