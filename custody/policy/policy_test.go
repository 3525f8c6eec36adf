package policy_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
	"bailiff/custody/words"
)

// newPolicy makes a well-formed policy of n custodians, k of whom are a quorum.
func newPolicy(t testing.TB, k, n int) *policy.Policy {
	t.Helper()
	p := &policy.Policy{
		Vault: strings.Repeat("0a", 16), Mode: keyvalue.Rehearsal, Threshold: k, Profile: policy.ProfileV4Curve25519,
		Sealing: policy.SealingP256Tag, OfficersThreshold: 2,
		Reasons: []policy.Reason{{Name: "death", WaitingDays: 30, Papers: []string{"death-certificate", "proof-of-heirship"}}, {Name: "request"}},
		Roster:  sha256.Sum256([]byte("roster")),
	}
	for i := range n {
		p.Custodians = append(p.Custodians, policy.Custodian{
			ID: keyvalue.FormatCustodian(i + 1), Office: i + 1, Place: i + 1, Tokens: []policy.Token{newToken(t, 1, 10_000_000+i)},
		})
	}
	for i := range 3 {
		p.Officers = append(p.Officers, policy.Officer{Fingerprint: strings.Repeat(fmt.Sprint(i+1), 40), Certificate: sha256.Sum256([]byte{byte(i)})})
	}
	return p
}

// produce makes the policy one for production, whose tokens are devices.
func produce(p *policy.Policy) {
	p.Mode = keyvalue.Production
	for i := range p.Custodians {
		for j := range p.Custodians[i].Tokens {
			asDevice(&p.Custodians[i].Tokens[j])
		}
	}
}

// asDevice makes of a software token a device of the same keys, whose attestation says nothing.
func asDevice(t *policy.Token) {
	t.Kind, t.Slot = token.KindPIV, 0x82
	t.Attestation = &attestation.Chain{Intermediate: []byte{1}, Signing: []byte{2}, Sealing: []byte{3}}
}

func newToken(t testing.TB, index, serial int) policy.Token {
	t.Helper()
	sealing, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return policy.Token{Index: index, Kind: token.KindSoft, Serial: fmt.Sprint(serial), SealingKey: sealing.PublicKey(), SigningKey: tokentest.NewSigningKey(t)}
}

func TestFormatAndParse(t *testing.T) {
	p := newPolicy(t, 3, 5)
	p.Custodians[1].Tokens = append(p.Custodians[1].Tokens, newToken(t, 2, 20_000_000))
	text, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	q, err := policy.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	again, err := q.Format()
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("a policy came back as another:\n%s\n%s%v", text, again, err)
	}
	c, tok, ok := q.Holder(token.KindSoft, "20000000")
	if !ok || c.ID != "c02" || tok.Index != 2 {
		t.Errorf("the spare token belongs to %v %v", c, tok)
	}
}

func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*policy.Policy)
		want   error
	}{
		"threshold 1":            {func(p *policy.Policy) { p.Threshold = 1 }, policy.ErrQuorum},
		"2k = n":                 {func(p *policy.Policy) { p.Custodians = p.Custodians[:4]; p.Threshold = 2 }, policy.ErrQuorum},
		"k above n":              {func(p *policy.Policy) { p.Threshold = 6 }, policy.ErrQuorum},
		"one custodian":          {func(p *policy.Policy) { p.Custodians = p.Custodians[:1] }, policy.ErrCustodians},
		"a gap in the ids":       {func(p *policy.Policy) { p.Custodians[2].ID = "c04" }, policy.ErrCustodians},
		"no token":               {func(p *policy.Policy) { p.Custodians[0].Tokens = nil }, policy.ErrTokens},
		"one token, two holders": {func(p *policy.Policy) { p.Custodians[1].Tokens = p.Custodians[0].Tokens }, policy.ErrSharedToken},
		"one key, two serials": {func(p *policy.Policy) {
			p.Custodians[1].Tokens[0].SealingKey = p.Custodians[0].Tokens[0].SealingKey
		}, policy.ErrSharedToken},
		"one officer signs":      {func(p *policy.Policy) { p.OfficersThreshold = 1 }, policy.ErrOfficers},
		"an officer twice":       {func(p *policy.Policy) { p.Officers[1] = p.Officers[0] }, policy.ErrOfficers},
		"no reason":              {func(p *policy.Policy) { p.Reasons = nil }, policy.ErrNoReason},
		"an unknown reason":      {func(p *policy.Policy) { p.Reasons[0].Name = "curiosity" }, policy.ErrReasons},
		"an unknown paper":       {func(p *policy.Policy) { p.Reasons[0].Papers = []string{"letter"} }, policy.ErrReasons},
		"a paper twice":          {func(p *policy.Policy) { p.Reasons[0].Papers = []string{"mandate", "mandate"} }, policy.ErrReasonTwice},
		"an unknown profile":     {func(p *policy.Policy) { p.Profile = "v3-rsa" }, policy.ErrProfile},
		"soft in production":     {func(p *policy.Policy) { p.Mode = keyvalue.Production }, policy.ErrSoftToken},
		"a previous of number 0": {func(p *policy.Policy) { p.Previous = new([32]byte) }, policy.ErrPrevious},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPolicy(t, 3, 5)
			c.change(p)
			if _, err := p.Format(); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

// Invariant 3: a production policy under which one office or one place could gather k shares is
// refused; a rehearsal says so.
func TestInvariant3ConcentratedPolicyRefused(t *testing.T) {
	for name, gather := range map[string]func(*policy.Custodian){
		"office": func(c *policy.Custodian) { c.Office = 1 },
		"place":  func(c *policy.Custodian) { c.Place = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPolicy(t, 3, 5)
			for i := range 3 {
				gather(&p.Custodians[i])
			}
			if err := p.Check(); err != nil {
				t.Errorf("refused in a rehearsal: %v", err)
			}
			if err := p.Concentrated(); !errors.Is(err, policy.ErrConcentrated) {
				t.Errorf("not said: %v", err)
			}
			produce(p)
			if err := p.Check(); !errors.Is(err, policy.ErrConcentrated) {
				t.Errorf("taken in production: %v", err)
			}
		})
	}
}

func TestEveryAlteredByteIsRefusedOrSeen(t *testing.T) {
	p := newPolicy(t, 2, 3)
	text, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	for i := range text {
		bad := bytes.Clone(text)
		bad[i] ^= 1
		q, err := policy.Parse(bad)
		if err != nil {
			continue
		}
		again, err := q.Format()
		if err != nil || !bytes.Equal(again, bad) {
			t.Fatalf("byte %d: a policy with two encodings", i)
		}
	}
	for i := range len(text) {
		if _, err := policy.Parse(text[:i]); err == nil {
			t.Fatalf("took the first %d bytes", i)
		}
	}
}

func TestAnchorPinsPolicyAndSigners(t *testing.T) {
	p := newPolicy(t, 3, 5)
	entry := sha256.Sum256([]byte("entry"))
	a := p.Anchor(entry)
	text, err := a.Format()
	if err != nil {
		t.Fatal(err)
	}
	b, err := policy.ParseAnchor(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Check(p, entry); err != nil {
		t.Error(err)
	}
	if err := b.Check(p, sha256.Sum256([]byte("another"))); !errors.Is(err, policy.ErrAnchor) {
		t.Errorf("another entry: %v", err)
	}
	weaker := *p
	weaker.Custodians = append([]policy.Custodian(nil), p.Custodians...)
	weaker.Custodians[0].Tokens = []policy.Token{newToken(t, 1, 33_333_333)}
	if err := b.Check(&weaker, entry); !errors.Is(err, policy.ErrAnchor) {
		t.Errorf("another signer: %v", err)
	}
	typed, err := b.Words()
	if err != nil || typed != words.Anchor(sha256.Sum256(text)) || strings.Count(typed, "-") != 11 {
		t.Errorf("words %q, %v", typed, err)
	}
	for i := range len(text) {
		if _, err := policy.ParseAnchor(text[:i]); err == nil {
			t.Fatalf("took the first %d bytes", i)
		}
	}
}

func FuzzParse(f *testing.F) {
	text, err := newPolicy(f, 3, 5).Format()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, policy.Parse)
	})
}

func FuzzParseAnchor(f *testing.F) {
	text, err := newPolicy(f, 3, 5).Anchor([32]byte{1}).Format()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, policy.ParseAnchor)
	})
}

// FuzzParseDraft: a draft has no form of its own that could come back; what is taken is text that may be shown.
func FuzzParseDraft(f *testing.F) {
	example, err := os.ReadFile("../../docs/policy-example.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(example)
	f.Add([]byte("mode = \"rehearsal\"\nmode = \"production\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 1024*len(data))()
		d, err := policy.ParseDraft("draft.toml", data)
		if err != nil {
			if d != nil {
				t.Fatal("a draft beside an error")
			}
			return
		}
		for _, c := range d.Custodian {
			if keyvalue.CheckText(c.Name) != nil || keyvalue.CheckText(c.Office) != nil || keyvalue.CheckText(c.Place) != nil {
				t.Fatalf("took %+v", c)
			}
		}
	})
}
