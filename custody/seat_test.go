package custody

import (
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/tokentest"
)

// laid is a token as it lies on the table: who it is and its public keys, all that seating looks at.
type laid struct {
	token.Token
	identity token.Identity
	sealing  *ecdh.PublicKey
	signing  token.SigningKey
}

func (l *laid) Identity() token.Identity     { return l.identity }
func (l *laid) SealingKey() *ecdh.PublicKey  { return l.sealing }
func (l *laid) SigningKey() token.SigningKey { return l.signing }

func newLaid(t testing.TB, serial int) *laid {
	sealing, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &laid{identity: token.Identity{Kind: "soft", Serial: fmt.Sprint(serial), Rehearsal: true}, sealing: sealing.PublicKey(), signing: tokentest.NewSigningKey(t)}
}

// enrolled is a policy of five custodians with one, two or three tokens each, and these tokens.
func enrolled(t testing.TB) (*policy.Policy, []*laid, map[*laid]string) {
	p := &policy.Policy{Mode: keyvalue.Rehearsal, Threshold: 3}
	var all []*laid
	holder := make(map[*laid]string)
	for i := range 5 {
		c := policy.Custodian{ID: keyvalue.FormatCustodian(i + 1)}
		for j := range i%3 + 1 {
			l := newLaid(t, 10000000+10*i+j)
			c.Tokens = append(c.Tokens, policy.Token{Index: j + 1, Kind: "soft", Serial: l.identity.Serial, SealingKey: l.sealing, SigningKey: l.signing})
			all, holder[l] = append(all, l), c.ID
		}
		p.Custodians = append(p.Custodians, c)
	}
	return p, all, holder
}

// Whatever tokens lie there, in whatever order: a custodian counts once, a spare never beside its
// twin, and whoever is at the table is there with a token of their own.
func TestCustodiansCountNotTokens(t *testing.T) {
	p, all, holder := enrolled(t)
	rapid.Check(t, func(r *rapid.T) {
		chosen := rapid.SliceOfN(rapid.SampledFrom(all), 0, 8).Draw(r, "tokens")
		tokens, names := make([]token.Token, len(chosen)), []string(nil)
		for i, l := range chosen {
			tokens[i] = l
			names = append(names, holder[l])
		}
		slices.Sort(names)
		distinct := slices.Compact(slices.Clone(names))
		table, err := seat(p, tokens)
		if len(distinct) < len(names) {
			if table != nil || !errors.Is(err, ErrTwice) || !slices.Contains(distinct, fault.Objects(err)[0]) {
				r.Fatalf("%v: %v", names, err)
			}
			return
		}
		if err != nil || !slices.Equal(table.IDs(), distinct) {
			r.Fatalf("%v are at the table, %v seated: %v", names, table.IDs(), err)
		}
		if enough := table.Need(p.Threshold) == nil; enough != (len(distinct) >= 3) {
			r.Fatalf("%d custodians, a quorum of 3: %v", len(distinct), enough)
		}
		for _, present := range table {
			if holder[present.Token.(*laid)] != present.Custodian {
				r.Fatalf("%s sits with the token of %s", present.Custodian, holder[present.Token.(*laid)])
			}
		}
	})
}

// A token that the policy does not name is a stranger's.
func TestStrangerSeatsNobody(t *testing.T) {
	p, _, _ := enrolled(t)
	v := &Vault{Policy: p}
	if table, err := v.Seat([]token.Token{newLaid(t, 99999999)}); table != nil || !errors.Is(err, ErrStranger) {
		t.Error(err)
	}
}

// In production nobody sits with a software token, whatever the policy says.
func TestSoftwareTokenSeatsNobodyInProduction(t *testing.T) {
	p, all, _ := enrolled(t)
	p.Mode = keyvalue.Production
	if table, err := seat(p, []token.Token{all[0]}); table != nil || !errors.Is(err, policy.ErrSoftToken) {
		t.Error(err)
	}
}

// A token with the serial of an enrolled one and a key of its own is a stranger.
func TestSerialAloneSeatsNobody(t *testing.T) {
	p, all, _ := enrolled(t)
	for i, l := range all {
		forged := newLaid(t, 0)
		forged.identity = l.identity
		half := *l
		half.signing = forged.signing
		other := *l
		other.sealing = forged.sealing
		for name, f := range map[string]*laid{"both keys": forged, "signing key": &half, "sealing key": &other} {
			if table, err := seat(p, []token.Token{f}); table != nil || !errors.Is(err, ErrStranger) {
				t.Errorf("token %d, %s exchanged: %v", i, name, err)
			}
		}
	}
}
