package policy_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/tokentest"
)

// mixed is the policy of testdata/good that has devices and software tokens.
func mixed(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../../testdata/good/devices/policy.txt")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The record never changes: it is in the ledger's first entry by its digest.
func TestPolicyOfBothKinds(t *testing.T) {
	text := mixed(t)
	p, err := policy.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := p.Format(); err != nil || !bytes.Equal(again, text) {
		t.Errorf("came back as\n%s%v", again, err)
	}
	first, older, soft := p.Custodians[0].Tokens[0], p.Custodians[0].Tokens[1], p.Custodians[1].Tokens[0]
	if first.Kind != token.KindPIV || first.Slot != 0x82 || first.Attestation == nil || first.SigningKey.Algorithm() != token.Ed25519 {
		t.Errorf("the first token: %+v", first)
	}
	if older.Slot != 0x95 || older.Attestation != nil || older.SigningKey.Algorithm() != token.ECDSAP256 {
		t.Errorf("the older token: %+v", older)
	}
	if soft.Kind != token.KindSoft || soft.Slot != 0 || soft.Attestation != nil {
		t.Errorf("the software token: %+v", soft)
	}
	a := p.Anchor([32]byte{1})
	data, err := a.Format()
	if err != nil {
		t.Fatal(err)
	}
	b, err := policy.ParseAnchor(data)
	if err != nil || b.Signers[1].Key != older.SigningKey || b.Check(p, [32]byte{1}) != nil {
		t.Errorf("the anchor came back as %+v, %v", b, err)
	}
}

// The chains stand in the order of their tokens, each once, whichever tokens have one.
func TestAttestationsInOrder(t *testing.T) {
	p := newPolicy(t, 2, 3)
	addTokens(t, p, 2)
	for i := range p.Custodians {
		for j := range p.Custodians[i].Tokens {
			asDevice(&p.Custodians[i].Tokens[j])
			p.Custodians[i].Tokens[j].Attestation.Sealing = []byte{byte(10*i + j)}
		}
	}
	p.Custodians[0].Tokens[1].Attestation = nil
	text, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	q, err := policy.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range p.Custodians {
		for j, k := range c.Tokens {
			have := q.Custodians[i].Tokens[j].Attestation
			if (have == nil) != (k.Attestation == nil) || have != nil && have.Format() != k.Attestation.Format() {
				t.Errorf("%s %d: another attestation", c.ID, k.Index)
			}
		}
	}
	lines := strings.SplitAfter(string(text), "\n")
	at := 0
	for !strings.HasPrefix(lines[at], "attestation: ") {
		at++
	}
	lines[at], lines[at+1] = lines[at+1], lines[at]
	if q, err := policy.Parse([]byte(strings.Join(lines, ""))); q != nil || !errors.Is(err, policy.ErrTokens) {
		t.Errorf("out of order: %v", err)
	}
}

func TestDeviceRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *policy.Policy, first, second *policy.Token)
		want   error
	}{
		"as it is":                    {func(*policy.Policy, *policy.Token, *policy.Token) {}, nil},
		"no attestation":              {func(_ *policy.Policy, a, _ *policy.Token) { a.Attestation = nil }, token.ErrUnattested},
		"no slot":                     {func(_ *policy.Policy, a, _ *policy.Token) { a.Slot = 0 }, token.ErrSlot},
		"the signing slot":            {func(_ *policy.Policy, a, _ *policy.Token) { a.Slot = 0x9c }, token.ErrSlot},
		"serial 0":                    {func(_ *policy.Policy, a, _ *policy.Token) { a.Serial = "0" }, token.ErrSerial},
		"another kind":                {func(_ *policy.Policy, a, _ *policy.Token) { a.Kind = "card" }, token.ErrKind},
		"no signing key":              {func(_ *policy.Policy, a, _ *policy.Token) { a.SigningKey = token.SigningKey{} }, token.ErrKey},
		"no sealing key":              {func(_ *policy.Policy, a, _ *policy.Token) { a.SealingKey = nil }, token.ErrKey},
		"an attestation too long":     {func(_ *policy.Policy, a, _ *policy.Token) { a.Attestation.Signing = make([]byte, 4097) }, attestation.ErrForm},
		"an empty attestation":        {func(_ *policy.Policy, a, _ *policy.Token) { a.Attestation = new(attestation.Chain) }, attestation.ErrForm},
		"one serial":                  {func(_ *policy.Policy, a, b *policy.Token) { b.Serial = a.Serial }, policy.ErrSharedToken},
		"one sealing key":             {func(_ *policy.Policy, a, b *policy.Token) { b.SealingKey = a.SealingKey }, policy.ErrSharedToken},
		"one signing key":             {func(_ *policy.Policy, a, b *policy.Token) { b.SigningKey = a.SigningKey }, policy.ErrSharedToken},
		"software, in production":     {func(_ *policy.Policy, a, _ *policy.Token) { a.Kind, a.Slot, a.Attestation = "soft", 0, nil }, policy.ErrSoftToken},
		"software with a slot":        {func(_ *policy.Policy, a, _ *policy.Token) { a.Kind, a.Attestation = "soft", nil }, token.ErrSlot},
		"software with attestation":   {func(_ *policy.Policy, a, _ *policy.Token) { a.Kind, a.Slot = "soft", 0 }, token.ErrKind},
		"P-256, in production":        {func(_ *policy.Policy, a, _ *policy.Token) { a.SigningKey = p256(t) }, policy.ErrSigningKey},
		"P-256 in a rehearsal":        {func(p *policy.Policy, a, _ *policy.Token) { p.Mode, a.SigningKey = keyvalue.Rehearsal, p256(t) }, nil},
		"no attestation, a rehearsal": {func(p *policy.Policy, a, _ *policy.Token) { p.Mode, a.Attestation = keyvalue.Rehearsal, nil }, nil},
	} {
		p := newPolicy(t, 2, 3)
		produce(p)
		c.change(p, &p.Custodians[0].Tokens[0], &p.Custodians[1].Tokens[0])
		if err := p.Check(); !errors.Is(err, c.want) || c.want != nil && len(fault.Objects(err)) == 0 {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func p256(t testing.TB) token.SigningKey {
	return tokentest.NewDevice(t, 1, t.Name(), token.ECDSAP256).SigningKey()
}

// The largest policy there can be: sixteen custodians with three devices each, and certificates of
// the greatest length.
func TestLargestPolicy(t *testing.T) {
	p := newPolicy(t, 9, policy.MaxCustodians)
	for i := range p.Custodians {
		p.Custodians[i].Tokens = append(p.Custodians[i].Tokens, newToken(t, 2, 30_000_000+i), newToken(t, 3, 40_000_000+i))
	}
	produce(p)
	long := make([]byte, attestation.MaxCertificate)
	if _, err := rand.Read(long); err != nil {
		t.Fatal(err)
	}
	for i := range p.Custodians {
		for j := range p.Custodians[i].Tokens {
			p.Custodians[i].Tokens[j].Attestation = &attestation.Chain{Intermediate: long, Signing: long, Sealing: long}
		}
	}
	p.Officers = p.Officers[:0]
	for i := range policy.MaxOfficers {
		p.Officers = append(p.Officers, policy.Officer{Fingerprint: strings.Repeat("ab", 31) + keyvalue.FormatCustodian(i + 1)[1:]})
	}
	p.Reasons = p.Reasons[:0]
	for _, name := range policy.ReasonNames() {
		p.Reasons = append(p.Reasons, policy.Reason{Name: name, Papers: policy.PaperTypes()})
	}
	text, err := p.Format()
	if err != nil || len(text) > policy.MaxSize || len(text) < policy.MaxSize*3/4 {
		t.Fatalf("%d bytes, %v", len(text), err)
	}
	if q, err := policy.Parse(text); err != nil || len(q.Custodians) != policy.MaxCustodians {
		t.Error(err)
	}
}

// An enrolment is that of a token if all that both state is the same.
func TestEnrolled(t *testing.T) {
	p, err := policy.Parse(mixed(t))
	if err != nil {
		t.Fatal(err)
	}
	k := p.Custodians[0].Tokens[0]
	other := newToken(t, 1, 1)
	for name, change := range map[string]func(e *token.Enrolment){
		"kind":           func(e *token.Enrolment) { e.Kind = token.KindSoft },
		"mode":           func(e *token.Enrolment) { e.Mode = keyvalue.Production },
		"serial":         func(e *token.Enrolment) { e.Serial = "12345679" },
		"slot":           func(e *token.Enrolment) { e.Slot++ },
		"sealing key":    func(e *token.Enrolment) { e.SealingKey = other.SealingKey },
		"signing key":    func(e *token.Enrolment) { e.SigningKey = other.SigningKey },
		"attestation":    func(e *token.Enrolment) { e.Attestation = nil },
		"one byte of it": func(e *token.Enrolment) { e.Attestation.Sealing[9] ^= 1 },
	} {
		chain, err := attestation.ParseChain(k.Attestation.Format())
		if err != nil {
			t.Fatal(err)
		}
		e := &token.Enrolment{
			Kind: k.Kind, Mode: p.Mode, Serial: k.Serial, Slot: k.Slot,
			SealingKey: k.SealingKey, SigningKey: k.SigningKey, Attestation: chain,
		}
		if !k.Enrolled(p.Mode, e) {
			t.Fatal("the enrolment is not the token's")
		}
		change(e)
		if k.Enrolled(p.Mode, e) {
			t.Errorf("another %s: taken for the token's", name)
		}
	}
}
