package batchtest

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/custody/token"
)

// memoryToken is a token that lives as long as the test.
type memoryToken struct {
	serial  string
	sealing *ecdh.PrivateKey
	signing ed25519.PrivateKey
	public  token.SigningKey
}

func newToken(tb testing.TB, serial string) *memoryToken {
	tb.Helper()
	sealing, err := ecdh.P256().GenerateKey(rand.Reader)
	must(tb, err)
	raw, signing, err := ed25519.GenerateKey(rand.Reader)
	must(tb, err)
	public, err := token.Ed25519Key(raw)
	must(tb, err)
	return &memoryToken{serial, sealing, signing, public}
}

func (t *memoryToken) Identity() token.Identity {
	return token.Identity{Kind: token.KindSoft, Serial: t.serial, Rehearsal: true}
}

func (t *memoryToken) SealingKey() *ecdh.PublicKey { return t.sealing.PublicKey() }

func (t *memoryToken) SigningKey() token.SigningKey { return t.public }

func (t *memoryToken) ECDH(peer *ecdh.PublicKey) ([]byte, error) { return t.sealing.ECDH(peer) }

func (t *memoryToken) Sign(message []byte) ([]byte, error) {
	return ed25519.Sign(t.signing, message), nil
}

func (v *Vault) makePolicy(tb testing.TB) {
	tb.Helper()
	v.Policy = &policy.Policy{
		Vault: v.ID, Mode: record.Rehearsal, Threshold: 2, Profile: policy.ProfileV4Curve25519,
		Sealing: policy.SealingP256Tag, OfficersThreshold: 2,
		Reasons: []policy.Reason{{Name: "death", WaitingDays: 30, Papers: []string{"death-certificate"}}},
		Officers: []policy.Officer{
			{Fingerprint: strings.Repeat("a", 40)}, {Fingerprint: strings.Repeat("b", 40)},
		},
	}
	for i, tokens := range []int{2, 1, 1} {
		c := policy.Custodian{ID: record.FormatCustodian(i + 1), Office: i + 1, Place: i + 1}
		for j := range tokens {
			t := newToken(tb, fmt.Sprintf("1000%02d%02d", i+1, j+1))
			v.tokens = append(v.tokens, t)
			c.Tokens = append(c.Tokens, policy.Token{
				Index: j + 1, Kind: token.KindSoft, Serial: t.serial, SealingKey: t.SealingKey(), SigningKey: t.SigningKey(),
			})
		}
		v.Policy.Custodians = append(v.Policy.Custodians, c)
	}
}
