package policy_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

// Every k of n up to one beyond the bounds: taken exactly when 2 ≤ k ≤ n ≤ 16 and 2k > n, in the
// policy and in the anchor that is derived from it.
func TestEveryQuorum(t *testing.T) {
	for n := 1; n <= policy.MaxCustodians+1; n++ {
		p := newPolicy(t, 2, n)
		for k := range n + 2 {
			p.Threshold = k
			allowed := k >= 2 && k <= n && n <= 16 && 2*k > n
			text, err := p.Format()
			if (err == nil) != allowed || err != nil && !errors.Is(err, policy.ErrQuorum) && !errors.Is(err, policy.ErrCustodians) {
				t.Errorf("policy of %d of %d: %v", k, n, err)
			}
			if allowed {
				if _, err := policy.Parse(text); err != nil {
					t.Errorf("policy of %d of %d read: %v", k, n, err)
				}
			}
			text, err = p.Anchor([32]byte{1}).Format()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := policy.ParseAnchor(text); (err == nil) != allowed {
				t.Errorf("anchor of %d of %d: %v", k, n, err)
			}
		}
	}
}

// A later policy names the one before.
func TestSuccessorRoundTrip(t *testing.T) {
	p := newPolicy(t, 2, 3)
	p.Number, p.Previous = 1, &[32]byte{7}
	text, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	q, err := policy.Parse(text)
	if err != nil || q.Number != 1 || q.Previous == nil || *q.Previous != *p.Previous {
		t.Errorf("%+v: %v", q, err)
	}
}

func officers(n int) (out []policy.Officer) {
	for i := range n {
		out = append(out, policy.Officer{Fingerprint: fmt.Sprintf("%040x", i+1)})
	}
	return out
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*policy.Policy)
		want   error
	}{
		{"16 officers, all of whom sign", func(p *policy.Policy) { p.Officers, p.OfficersThreshold = officers(16), 16 }, nil},
		{"17 officers", func(p *policy.Policy) { p.Officers = officers(17) }, policy.ErrOfficers},
		{"two officers", func(p *policy.Policy) { p.Officers = officers(2) }, nil},
		{"one officer", func(p *policy.Policy) { p.Officers, p.OfficersThreshold = officers(1), 1 }, policy.ErrOfficers},
		{"more signatures than officers", func(p *policy.Policy) { p.OfficersThreshold = 4 }, policy.ErrOfficers},
		{"officers out of order", func(p *policy.Policy) { slices.Reverse(p.Officers) }, policy.ErrOfficers},
		{"a short fingerprint", func(p *policy.Policy) { p.Officers[0].Fingerprint = "1111111111111111" }, policy.ErrOfficers},
		{"ten years of waiting", func(p *policy.Policy) { p.Reasons[0].WaitingDays = 3650 }, nil},
		{"a day more", func(p *policy.Policy) { p.Reasons[0].WaitingDays = 3651 }, policy.ErrWaiting},
		{"no waiting", func(p *policy.Policy) { p.Reasons[0].WaitingDays = 0 }, nil},
		{"less than none", func(p *policy.Policy) { p.Reasons[0].WaitingDays = -1 }, policy.ErrWaiting},
		{"one reason alone, the first of the list", func(p *policy.Policy) { p.Reasons = p.Reasons[:1] }, nil},
		{"a reason twice", func(p *policy.Policy) { p.Reasons[1].Name = "death" }, policy.ErrReasonTwice},
		{"reasons out of order", func(p *policy.Policy) { slices.Reverse(p.Reasons) }, policy.ErrReasonOrder},
		{"papers out of order", func(p *policy.Policy) { slices.Reverse(p.Reasons[0].Papers) }, policy.ErrReasonOrder},
		{"three tokens", func(p *policy.Policy) { addTokens(t, p, 2) }, nil},
		{"four tokens", func(p *policy.Policy) { addTokens(t, p, 3) }, policy.ErrTokens},
		{"a token numbered 2 alone", func(p *policy.Policy) { p.Custodians[0].Tokens[0].Index = 2 }, policy.ErrTokens},
		{"no office", func(p *policy.Policy) { p.Custodians[1].Office = 0 }, policy.ErrCustodians},
		{"no place", func(p *policy.Policy) { p.Custodians[1].Place = 0 }, policy.ErrCustodians},
		{"no vault", func(p *policy.Policy) { p.Vault = "" }, keyvalue.ErrValue},
		{"no mode", func(p *policy.Policy) { p.Mode = "practice" }, keyvalue.ErrValue},
		{"another sealing", func(p *policy.Policy) { p.Sealing = "none" }, policy.ErrProfile},
		{"number 1 without a previous", func(p *policy.Policy) { p.Number = 1 }, policy.ErrPrevious},
		{"number 1 with one", func(p *policy.Policy) { p.Number, p.Previous = 1, new([32]byte) }, nil},
	} {
		p := newPolicy(t, 3, 5)
		c.change(p)
		if err := p.Check(); !errors.Is(err, c.want) || c.want != nil && len(fault.Objects(err)) == 0 {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func addTokens(t *testing.T, p *policy.Policy, n int) {
	for i := range n {
		p.Custodians[0].Tokens = append(p.Custodians[0].Tokens, newToken(t, i+2, 40_000_000+i))
	}
}

// k−1 in one office and k−1 in one place are allowed in production, one more of either is not.
func TestConcentrationBound(t *testing.T) {
	p := newPolicy(t, 3, 5)
	produce(p)
	for i, places := range []int{1, 1} {
		p.Custodians[i].Place = places
	}
	p.Custodians[3].Office, p.Custodians[4].Office = 9, 9
	if err := p.Check(); err != nil {
		t.Errorf("two of three: %v", err)
	}
	p.Custodians[2].Office = 9
	if err := p.Check(); !errors.Is(err, policy.ErrConcentrated) {
		t.Errorf("three of three in one office: %v", err)
	}
}

// The lines of a record that a text editor can make and no program writes.
func TestRecordRefuses(t *testing.T) {
	p := newPolicy(t, 2, 3)
	addTokens(t, p, 1)
	text, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	at := func(prefix string) int {
		return slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, prefix) })
	}
	swapped := func(i, j int) string {
		l := slices.Clone(lines)
		l[i], l[j] = l[j], l[i]
		return strings.Join(l, "")
	}
	for name, bad := range map[string]string{
		"tokens of c03 before c02's": swapped(at("token: c02 1"), at("token: c03 1")),
		"token 2 before token 1":     swapped(at("token: c01 1"), at("token: c01 2")),
		"a token of nobody":          strings.Replace(string(text), "token: c03 1", "token: c04 1", 1),
		"a token numbered 0":         strings.Replace(string(text), "token: c03 1", "token: c03 0", 1),
		"a token numbered 4":         strings.Replace(string(text), "token: c03 1", "token: c03 4", 1),
		"an office without a number": strings.Replace(string(text), "office-1", "office", 1),
		"an office numbered 0":       strings.Replace(string(text), "office-1", "office-0", 1),
		"an office numbered 17":      strings.Replace(string(text), "office-1", "office-17", 1),
		"an office of another name":  strings.Replace(string(text), "office-1", "bureau-1", 1),
		"a place of another name":    strings.Replace(string(text), "place-1", "office-1", 1),
		"a token and a word":         strings.Replace(string(text), lines[at("token: c03 1")], strings.TrimSuffix(lines[at("token: c03 1")], "\n")+" x\n", 1),
		"a word too many":            strings.Replace(string(text), "place-1\n", "place-1 x\n", 1),
		"a count that is not so":     strings.Replace(string(text), "custodians: 3", "custodians: 4", 1),
		"a serial with a letter":     strings.Replace(string(text), "soft 10000000", "soft 1000000a", 1),
	} {
		if bad == string(text) {
			t.Errorf("%s: nothing was altered", name)
		}
		if q, err := policy.Parse([]byte(bad)); q != nil || err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestAnchorRefuses(t *testing.T) {
	p := newPolicy(t, 2, 3)
	addTokens(t, p, 2)
	good := p.Anchor([32]byte{1})
	for _, c := range []struct {
		name   string
		change func(*policy.Anchor)
		want   error
	}{
		{"a signer missing", func(a *policy.Anchor) { a.Signers = a.Signers[:4] }, policy.ErrCustodians},
		{"a signer too many", func(a *policy.Anchor) {
			a.Signers = append(a.Signers, policy.Signer{Custodian: "c04", Index: 1, Key: newToken(t, 1, 1).SigningKey})
		}, policy.ErrCustodians},
		{"the first spare missing", func(a *policy.Anchor) { a.Signers = slices.Delete(a.Signers, 1, 2) }, policy.ErrTokens},
		{"one key twice", func(a *policy.Anchor) { a.Signers[3].Key = a.Signers[0].Key }, policy.ErrSharedToken},
		{"another custodian's name", func(a *policy.Anchor) { a.Signers[1].Custodian = "c02" }, policy.ErrTokens},
		{"signers out of order", func(a *policy.Anchor) { slices.Reverse(a.Signers) }, policy.ErrTokens},
		{"index 0", func(a *policy.Anchor) { a.Signers[0].Index = 0 }, keyvalue.ErrValue},
		{"no vault", func(a *policy.Anchor) { a.Vault = "vault" }, keyvalue.ErrValue},
		{"no mode", func(a *policy.Anchor) { a.Mode = "both" }, keyvalue.ErrValue},
		{"a P-256 signing key in production", func(a *policy.Anchor) {
			key, err := token.ParseSigningKey(token.FormatSealingKey(newToken(t, 1, 1).SealingKey))
			if err != nil {
				t.Fatal(err)
			}
			a.Mode, a.Signers[0].Key = keyvalue.Production, key
		}, policy.ErrSigningKey},
	} {
		a := *good
		a.Signers = slices.Clone(good.Signers)
		c.change(&a)
		text, err := a.Format()
		if err == nil {
			_, err = policy.ParseAnchor(text)
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	text, err := good.Format()
	if err != nil {
		t.Fatal(err)
	}
	for name, signer := range map[string]string{"without an index": "signer: c02 ", "with a word too many": "signer: c02 1 1 ", "of nobody": "signer: x02 1 "} {
		if _, err := policy.ParseAnchor(bytes.Replace(text, []byte("signer: c02 1 "), []byte(signer), 1)); !errors.Is(err, keyvalue.ErrValue) {
			t.Errorf("a signer %s: %v", name, err)
		}
	}
}
