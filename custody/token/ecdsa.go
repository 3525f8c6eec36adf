package token

import (
	"bytes"
	"crypto/elliptic"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

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
