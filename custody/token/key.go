package token

import (
	"crypto/ecdh"
	"encoding/hex"
	"strings"

	"filippo.io/nistec"

	"bailiff/custody/keyvalue"
)

const (
	p256Prefix    = "p256:"
	ed25519Prefix = "ed25519:"

	compressedSize = 33 // SEC 1 §2.3.3 on P-256
)

// FormatSealingKey writes a P-256 key as `p256:` and its compressed point. It panics on a key
// that is nil or on another curve.
func FormatSealingKey(key *ecdh.PublicKey) string {
	if !isSealingKey(key) {
		panic("token: FormatSealingKey needs a P-256 key")
	}
	b, ok := compressed(key.Bytes())
	if !ok {
		panic("token: crypto/ecdh holds a point that is off its curve")
	}
	return p256Prefix + hex.EncodeToString(b)
}

// ParseSealingKey reads what [FormatSealingKey] writes. It refuses with [ErrKey] what is not the
// compressed encoding of a point on P-256 other than infinity.
func ParseSealingKey(s string) (*ecdh.PublicKey, error) {
	b, err := keyBytes(s, p256Prefix, compressedSize)
	if err != nil {
		return nil, err
	}
	point, err := uncompressed(b)
	if err != nil {
		return nil, err
	}
	key, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		return nil, ErrKey
	}
	return key, nil
}

func isSealingKey(key *ecdh.PublicKey) bool { return key != nil && key.Curve() == ecdh.P256() }

func keyBytes(s, prefix string, n int) ([]byte, error) {
	digits, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return nil, ErrKey
	}
	b, err := keyvalue.Hex(digits, n)
	if err != nil {
		return nil, ErrKey
	}
	return b, nil
}

// compressed returns the other encoding of a point on P-256 that is not infinity.
func compressed(uncompressed []byte) ([]byte, bool) {
	point, err := nistec.NewP256Point().SetBytes(uncompressed)
	if err != nil {
		return nil, false
	}
	b := point.BytesCompressed()
	return b, len(b) == compressedSize
}

// uncompressed refuses with [ErrKey] what is not a compressed point on P-256.
func uncompressed(b []byte) ([]byte, error) {
	if len(b) != compressedSize {
		return nil, ErrKey
	}
	point, err := nistec.NewP256Point().SetBytes(b)
	if err != nil {
		return nil, ErrKey
	}
	return point.Bytes(), nil
}
