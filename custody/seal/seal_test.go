package seal_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"testing"

	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/token"
)

const (
	vault = "5f0c4a0d1e2f30415263748596a7b8c9"
	batch = "b20261121-7f3a9c"
	key   = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c"
)

// soft is a token that counts what it is asked for and fails when told to.
type soft struct {
	key  *ecdh.PrivateKey
	uses int
	err  error
}

func newSoft(t testing.TB) *soft {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &soft{key: k}
}

func (s *soft) Identity() token.Identity {
	return token.Identity{Kind: token.KindSoft, Rehearsal: true}
}
func (s *soft) SealingKey() *ecdh.PublicKey         { return s.key.PublicKey() }
func (s *soft) SigningKey() token.SigningKey        { return token.SigningKey{} }
func (s *soft) Sign(message []byte) ([]byte, error) { return nil, token.ErrBusy }
func (s *soft) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	s.uses++
	if s.err != nil {
		return nil, s.err
	}
	return s.key.ECDH(peer)
}

func newShare(t testing.TB) *share.Share {
	shares, err := share.Split(secret.From(bytes.Repeat([]byte{7}, share.Size)), vault, batch, key, []string{"c01", "c02", "c03"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	return &shares[2]
}
