package tokentest

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"testing"

	"bailiff/custody/token"
)

// SigningKey is the public half of an Ed25519 key.
func SigningKey(t testing.TB, private ed25519.PrivateKey) token.SigningKey {
	t.Helper()
	key, err := token.Ed25519Key(private.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// NewSigningKey is the public half of a new Ed25519 key that nobody has.
func NewSigningKey(t testing.TB) token.SigningKey {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return SigningKey(t, private)
}

// NewECDSAKey is a new signing key on P-256, for rehearsals.
func NewECDSAKey(t testing.TB) (*ecdsa.PrivateKey, token.SigningKey) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := token.ECDSAKey(&private.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return private, key
}

// SignECDSA is what a token with that key returns from Sign.
func SignECDSA(private *ecdsa.PrivateKey, message []byte) ([]byte, error) {
	digest := sha256.Sum256(message)
	signature, err := ecdsa.SignASN1(rand.Reader, private, digest[:])
	if err != nil {
		return nil, err
	}
	return token.CanonicalECDSA(signature)
}
