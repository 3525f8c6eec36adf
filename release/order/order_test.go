package order_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/release/order"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// example is an order that fits the rules, for a roster of that digest, issued at that time.
func example(roster [32]byte, issued time.Time) *order.Order {
	return &order.Order{
		Vault: "5f0c4a00112233445566778899aabbcc", Mode: "rehearsal", Number: "2026-000123",
		Roster: roster, Batch: "b20261121-7f3a9c", KeyNumber: 42, Key: strings.Repeat("ab", 20),
		Member: "M-4711", Reason: "death",
		Papers: []order.Paper{
			{Type: "death-certificate", Date: "2026-11-01", Digest: [32]byte{1}, Issuer: "Mairie de Lyon 3e"},
			{Type: "proof-of-heirship", Date: "2026-11-10", Digest: [32]byte{2}, Issuer: "Me Éloïse Exemple, notaire"},
		},
		Checkers: []string{"Anne Exemple", "Karim Modèle"}, Recipient: "Camille Exemple", RecipientBorn: "1971-03-30",
		Issued: issued, NotBefore: issued.Add(time.Hour), Expires: issued.Add(90 * 24 * time.Hour),
	}
}

// policyOf is a policy under which the order may be carried out when it waits that long with those papers.
func policyOf(o *order.Order, days int, papers ...string) *policy.Policy {
	return &policy.Policy{
		Vault: o.Vault, Mode: o.Mode, Roster: o.Roster, Reasons: []policy.Reason{{Name: o.Reason, WaitingDays: days, Papers: papers}},
	}
}

func format(t testing.TB, o *order.Order) []byte {
	t.Helper()
	text, err := o.Format()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func wantError(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}

func TestFormatIsTheDocumentedText(t *testing.T) {
	o := example([32]byte{0xaa}, time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC))
	o.Replaces, o.ReplacesWhy = "2026-000007", "kit lost in a fire"
	want := `bailiff-order/1
vault: 5f0c4a00112233445566778899aabbcc
mode: rehearsal
order: 2026-000123
replaces: 2026-000007
replaces-why: kit lost in a fire
roster: sha256:aa` + strings.Repeat("0", 62) + `
batch: b20261121-7f3a9c
key-number: 000042
key: ` + strings.Repeat("ab", 20) + `
member: M-4711
reason: death
paper: death-certificate 2026-11-01 sha256:01` + strings.Repeat("0", 62) + ` Mairie de Lyon 3e
paper: proof-of-heirship 2026-11-10 sha256:02` + strings.Repeat("0", 62) + ` Me Éloïse Exemple, notaire
checker: Anne Exemple
checker: Karim Modèle
recipient: Camille Exemple
recipient-born: 1971-03-30
issued: 2026-11-20T12:00:00Z
not-before: 2026-11-20T13:00:00Z
expires: 2027-02-18T12:00:00Z
`
	if got := string(format(t, o)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestParseRefuses(t *testing.T) {
	good := string(format(t, example([32]byte{1}, now)))
	replace := func(old, with string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the order", old)
		}
		return strings.Replace(good, old, with, 1)
	}
	tests := []struct {
		name, text string
		want       error
	}{
		{"11 duplicate field", replace("member: M-4711\n", "member: M-4711\nmember: M-4712\n"), keyvalue.ErrMissing},
		{"11 duplicate last field", good + "expires: 2099-01-01T00:00:00Z\n", keyvalue.ErrTrailing},
		{"12 case variant", replace("member:", "Member:"), keyvalue.ErrLine},
		{"12 unknown field", replace("member:", "nickname: x\nmember:"), keyvalue.ErrMissing},
		{"13 trailing data", good + "x: y\n", keyvalue.ErrTrailing},
		{"13 trailing line", good + "\n", keyvalue.ErrLine},
		{"14 leading zero", replace("000042", "0000042"), keyvalue.ErrValue},
		{"14 short number", replace("000042", "42"), keyvalue.ErrValue},
		{"14 exponent", replace("000042", "4e0001"), keyvalue.ErrValue},
		{"14 overflow", replace("000042", "18446744073709551658"), keyvalue.ErrValue},
		{"14 sign", replace("000042", "-00042"), keyvalue.ErrValue},
		{"14 no such key", replace("000042", "000000"), keyvalue.ErrValue},
		{"15 short key id", replace("key: "+strings.Repeat("ab", 20), "key: abababab"), keyvalue.ErrValue},
		{"15 long key id", replace("key: "+strings.Repeat("ab", 20), "key: "+strings.Repeat("ab", 8)), keyvalue.ErrValue},
		{"15 capitals", replace("key: "+strings.Repeat("ab", 20), "key: "+strings.Repeat("AB", 20)), keyvalue.ErrValue},
		{"16 CRLF", strings.ReplaceAll(good, "\n", "\r\n"), encoding.ErrLineEnds},
		{"16 one CRLF", replace("M-4711\n", "M-4711\r\n"), keyvalue.ErrControl},
		{"16 missing final LF", strings.TrimSuffix(good, "\n"), keyvalue.ErrFinalLine},
		{"escape sequence", replace("M-4711", "M\x1b[2J"), keyvalue.ErrControl},
		{"bidi override", replace("Camille", "\u202eCamille"), keyvalue.ErrInvisible},
		{"too large", good + strings.Repeat("x", order.MaxSize), order.ErrTooLarge},
		{"another format", replace("order/1", "order/2"), keyvalue.ErrFormat},
		{"mode", replace("rehearsal", "test"), keyvalue.ErrValue},
		{"reason", replace("reason: death", "reason: boredom"), order.ErrReason},
		{"paper type", replace("death-certificate 2026", "obituary 2026"), order.ErrPaper},
		{"paper date", replace("2026-11-01", "2026-11-31"), order.ErrPaper},
		{"paper without issuer", replace(" Mairie de Lyon 3e", ""), order.ErrPaper},
		{"paper with two blanks", replace(" Mairie", "  Mairie"), order.ErrPaper},
		{"one checker", replace("checker: Karim Modèle\n", ""), order.ErrCheckers},
		{"one checker twice", replace("Karim Modèle", "ANNE  EXEMPLE"), order.ErrCheckers},
		{"one checker twice, disguised", replace("Karim Modèle", "Anne\u180b Exemple"), keyvalue.ErrInvisible},
		{"three checkers", replace("checker: Karim Modèle\n", "checker: Karim Modèle\nchecker: X\n"), order.ErrCheckers},
		{"replaces without why", replace("roster:", "replaces: x\nroster:"), order.ErrReplaces},
		{"why without replaces", replace("roster:", "replaces-why: x\nroster:"), order.ErrReplaces},
		{"replaces itself", replace("roster:", "replaces: 2026-000123\nreplaces-why: x\nroster:"), order.ErrReplaces},
		{"replaces no number", replace("roster:", "replaces: X\nreplaces-why: x\nroster:"), order.ErrReplaces},
		{"birth date", replace("1971-03-30", "30.3.1971"), keyvalue.ErrValue},
		{"expires before", replace("expires: 2027", "expires: 2025"), order.ErrTimes},
		{"time zone", replace("expires: 2027-02-19T12:00:00Z", "expires: 2027-02-19T12:00:00+01:00"), keyvalue.ErrValue},
		{"long name", replace("Camille Exemple", strings.Repeat("x", 301)), order.ErrTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o, err := order.Parse([]byte(tt.text))
			wantError(t, err, tt.want)
			if o != nil {
				t.Error("an order besides the error")
			}
		})
	}
}

func TestCheck(t *testing.T) {
	roster := [32]byte{9}
	o := example(roster, now)
	o.NotBefore = now.Add(10 * 24 * time.Hour)
	context := func() order.CheckContext {
		return order.CheckContext{Policy: policyOf(o, 10, "death-certificate", "proof-of-heirship"), Now: now.Add(11 * 24 * time.Hour)}
	}
	if err := o.Check(context()); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(*order.CheckContext)
		want   error
	}{
		{"34 another vault's order", func(c *order.CheckContext) { c.Policy.Vault = strings.Repeat("0", 32) }, order.ErrOtherVault},
		{"the other mode", func(c *order.CheckContext) { c.Policy.Mode = "production" }, order.ErrMode},
		{"35 old roster", func(c *order.CheckContext) { c.Policy.Roster[0]++ }, order.ErrOldRoster},
		{"38 clock at 2099", func(c *order.CheckContext) { c.Now = time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC) }, order.ErrExpired},
		{"39 expired a second ago", func(c *order.CheckContext) { c.Now = o.Expires.Add(time.Second) }, order.ErrExpired},
		{"before its time, which whoever received it knows", func(c *order.CheckContext) { c.Now = o.NotBefore.Add(-time.Second) }, nil},
		{"no rule for the reason", func(c *order.CheckContext) { c.Policy.Reasons = nil }, order.ErrNoRule},
		{"a longer waiting time", func(c *order.CheckContext) { c.Policy.Reasons[0].WaitingDays = 11 }, order.ErrWaiting},
		{"a paper is missing", func(c *order.CheckContext) {
			c.Policy.Reasons[0].Papers = []string{"identity-document"}
		}, order.ErrMissingPaper},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := context()
			tt.change(&c)
			wantError(t, o.Check(c), tt.want)
		})
	}
	c := context()
	c.Policy.Reasons[0].Papers = []string{"death-certificate", "identity-document", "mandate"}
	if err := o.Check(c); !slices.Equal(fault.Objects(err), []string{o.Number, "identity-document, mandate"}) {
		t.Errorf("of the two papers that are missing it says %v", err)
	}
	own := *o
	own.Recipient = strings.ToUpper(o.Checkers[1])
	wantError(t, own.Check(context()), order.ErrSelfChecked)
	hidden := *o
	hidden.Checkers = []string{"Anne Exemple", "anne exemple"}
	wantError(t, hidden.Check(context()), order.ErrCheckers)
}

// TestCheckDraft: an order that could not wait as long as its vault wants is refused before anybody signs it; the vault's own
// check leaves that to the day on which it comes.
func TestCheckDraft(t *testing.T) {
	o := example([32]byte{9}, now)
	o.NotBefore, o.Expires = now.Add(10*24*time.Hour), now.Add(20*24*time.Hour)
	p, at := policyOf(o, 10, "death-certificate"), now.Add(10*24*time.Hour)
	if err := o.CheckDraft(p, at); err != nil {
		t.Errorf("ten days before it expires: %v", err)
	}
	at = at.Add(time.Second)
	wantError(t, o.CheckDraft(p, at), order.ErrTooShort)
	wantError(t, o.Check(order.CheckContext{Policy: p, Now: at}), nil)
	p.Roster[0]++
	wantError(t, o.CheckDraft(p, at), order.ErrOldRoster)
}

func FuzzParse(f *testing.F) {
	full := example([32]byte{1}, now)
	full.Replaces, full.ReplacesWhy = "a", "b"
	sparse := example([32]byte{1}, now)
	sparse.Papers, sparse.RecipientBorn = nil, ""
	for _, o := range []*order.Order{full, sparse} {
		f.Add(format(f, o))
	}
	f.Add([]byte("bailiff-order/1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzztest.RoundTrip(t, data, order.Parse)
	})
}

// The fields are those of docs/formats.md, so that page and code cannot part.
func TestFieldsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(page), "\n## Order\n")
	if !ok {
		t.Fatal("no section on orders")
	}
	o := example([32]byte{1}, now)
	o.Replaces, o.ReplacesWhy = "a", "b"
	for line := range strings.Lines(string(format(t, o))) {
		if key, _, ok := strings.Cut(line, ": "); ok && !strings.Contains(section, "`"+key+"`") {
			t.Errorf("%q is not documented", key)
		}
	}
	if _, err := order.Parse(nil); !errors.Is(err, keyvalue.ErrFormat) {
		t.Errorf("an empty order: %v", err)
	}
}
