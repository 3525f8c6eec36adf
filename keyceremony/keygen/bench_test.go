package keygen_test

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"testing"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/keygen"
)

// BenchmarkGenerate compares Generate with what no implementation can do without: two key generations and
// two signatures of the standard library.
func BenchmarkGenerate(b *testing.B) {
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			_, key, err := ed25519.GenerateKey(rand.Reader)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := ecdh.X25519().GenerateKey(rand.Reader); err != nil {
				b.Fatal(err)
			}
			for range 2 {
				ed25519.Sign(key, make([]byte, 64))
			}
		}
	})
	b.Run("pair", func(b *testing.B) {
		for b.Loop() {
			pair, err := keygen.Generate(keypair.V4Curve25519, keypair.UserID(batch, 42, true), created, true)
			if err != nil {
				b.Fatal(err)
			}
			pair.Private.Wipe()
		}
	})
}

// BenchmarkCheck compares Check with two bare signature verifications.
func BenchmarkCheck(b *testing.B) {
	b.Run("bare", func(b *testing.B) {
		public, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		message := make([]byte, 64)
		signature := ed25519.Sign(key, message)
		for b.Loop() {
			for range 2 {
				if !ed25519.Verify(public, message, signature) {
					b.Fatal("the signature does not verify")
				}
			}
		}
	})
	b.Run("key", func(b *testing.B) {
		id := keypair.UserID(batch, 42, true)
		pair, err := keygen.Generate(keypair.V4Curve25519, id, created, true)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := keypair.Check(keypair.V4Curve25519, pair.Public, id, created, true); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("private", func(b *testing.B) {
		pair, err := keygen.Generate(keypair.V4Curve25519, keypair.UserID(batch, 42, true), created, true)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if err := keypair.CheckPrivate(keypair.V4Curve25519, pair.Private, pair.Public); err != nil {
				b.Fatal(err)
			}
		}
	})
}
