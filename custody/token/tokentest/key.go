package tokentest

import (
	"crypto/ed25519"
	"crypto/rand"
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
