package batchtest

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
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

func (v *Vault) makePolicy(tb testing.TB, devices []*tokentest.Device) {
	tb.Helper()
	v.Policy = &policy.Policy{
		Vault: v.ID, Mode: keyvalue.Rehearsal, Threshold: 2, Profile: policy.ProfileV4Curve25519,
		Sealing: policy.SealingP256Tag, OfficersThreshold: 2,
		Reasons: []policy.Reason{{Name: "death", WaitingDays: 30, Papers: []string{"death-certificate"}}},
		Officers: []policy.Officer{
			{Fingerprint: strings.Repeat("a", 40)}, {Fingerprint: strings.Repeat("b", 40)},
		},
	}
	for i, tokens := range []int{2, 1, 1} {
		c := policy.Custodian{ID: keyvalue.FormatCustodian(i + 1), Office: i + 1, Place: i + 1}
		for j := range tokens {
			var t token.Token = newToken(tb, fmt.Sprintf("1000%02d%02d", i+1, j+1))
			if len(v.tokens) < len(devices) {
				t = devices[len(v.tokens)]
			}
			v.tokens = append(v.tokens, t)
			c.Tokens = append(c.Tokens, enrolled(tb, t, j+1))
		}
		v.Policy.Custodians = append(v.Policy.Custodians, c)
	}
}

// enrolled is what the policy says of a token.
func enrolled(tb testing.TB, t token.Token, index int) policy.Token {
	tb.Helper()
	e, err := token.Enrol(t, keyvalue.Rehearsal, Created())
	must(tb, err)
	return policy.Token{
		Index: index, Kind: e.Kind, Serial: e.Serial, Slot: e.Slot,
		SealingKey: e.SealingKey, SigningKey: e.SigningKey, Attestation: e.Attestation,
	}
}
