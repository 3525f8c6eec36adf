package seal_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"testing"

	"bailiff/custody/seal"
	"bailiff/custody/secret"
)

// BenchmarkSealShare compares the sealing of one share to one token with what DHKEM(P-256) cannot do without:
// one key generation and one ECDH.
func BenchmarkSealShare(b *testing.B) {
	key := newSoft(b).SealingKey()
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			k, err := ecdh.P256().GenerateKey(rand.Reader)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := k.ECDH(key); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("share", func(b *testing.B) {
		r, err := seal.NewRecipient([]*ecdh.PublicKey{key})
		if err != nil {
			b.Fatal(err)
		}
		s := newShare(b)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.Seal(s); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkOpenShare(b *testing.B) {
	t := newSoft(b)
	file, err := seal.SealShare(newShare(b), []*ecdh.PublicKey{t.SealingKey()})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := seal.OpenShare(file, t)
		if err != nil {
			b.Fatal(err)
		}
		s.Wipe()
	}
}

func BenchmarkSealKey(b *testing.B) {
	private, dataKey := secret.New(600), secret.New(32)
	for b.Loop() {
		if _, err := seal.SealKey(private, dataKey); err != nil {
			b.Fatal(err)
		}
	}
}
