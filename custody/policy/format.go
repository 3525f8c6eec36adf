package policy

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

const formatPolicy = "bailiff-policy/1"

// Format returns the record bailiff-policy/1, or the error of [Policy.Check].
func (p *Policy) Format() ([]byte, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	var f []keyvalue.Field
	add := func(key, format string, args ...any) {
		f = append(f, keyvalue.Field{Key: key, Value: fmt.Sprintf(format, args...)})
	}
	add("vault", "%s", p.Vault)
	add("number", "%d", p.Number)
	add("mode", "%s", p.Mode)
	add("threshold", "%d", p.Threshold)
	add("custodians", "%d", len(p.Custodians))
	add("profile", "%s", p.Profile)
	add("sealing", "%s", p.Sealing)
	add("officers-threshold", "%d", p.OfficersThreshold)
	for _, r := range p.Reasons {
		add("reason", "%s", strings.Join(append([]string{r.Name, strconv.Itoa(r.WaitingDays)}, r.Papers...), " "))
	}
	for _, c := range p.Custodians {
		add("custodian", "%s office-%d place-%d", c.ID, c.Office, c.Place)
	}
	f = append(f, p.tokenFields()...)
	for _, o := range p.Officers {
		add("officer", "%s %s", o.Fingerprint, hex.EncodeToString(o.Certificate[:]))
	}
	add("roster", "%s", keyvalue.FormatDigest(p.Roster))
	if p.Previous != nil {
		add("previous", "%s", keyvalue.FormatDigest(*p.Previous))
	}
	return keyvalue.Format(formatPolicy, f)
}

// Parse reads the record bailiff-policy/1 and checks it.
func Parse(data []byte) (*Policy, error) {
	r, err := keyvalue.Parse(formatPolicy, data)
	if err != nil {
		return nil, err
	}
	p := &Policy{
		Vault:     r.Checked("vault", keyvalue.CheckVaultID),
		Number:    r.Int("number", 999_999),
		Mode:      r.Checked("mode", keyvalue.CheckMode),
		Threshold: r.Int("threshold", MaxCustodians),
	}
	n := r.Int("custodians", MaxCustodians)
	p.Profile = r.One("profile")
	p.Sealing = r.One("sealing")
	p.OfficersThreshold = r.Int("officers-threshold", MaxOfficers)
	p.Reasons = many(r, "reason", parseReason)
	p.Custodians = many(r, "custodian", parseCustodian)
	for _, v := range r.Many("token") {
		r.Fail("token", p.addToken(v))
	}
	r.Fail("attestation", p.addAttestations(r.Many("attestation")))
	p.Officers = many(r, "officer", parseOfficer)
	p.Roster = r.Digest("roster")
	if r.Next() == "previous" {
		d := r.Digest("previous")
		p.Previous = &d
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	if n != len(p.Custodians) {
		return nil, fault.At("custodians", ErrCustodians)
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	return p, nil
}

func many[T any](r *keyvalue.Reader, key string, parse func(string) (T, error)) []T {
	var out []T
	for _, v := range r.Many(key) {
		x, err := parse(v)
		r.Fail(key, err)
		out = append(out, x)
	}
	return out
}

func parseReason(s string) (r Reason, err error) {
	w := strings.Split(s, " ")
	if len(w) < 2 {
		return r, keyvalue.ErrValue
	}
	days, err := keyvalue.Uint(w[1], MaxWaiting)
	return Reason{Name: w[0], WaitingDays: int(days), Papers: w[2:]}, err
}

func parseCustodian(s string) (c Custodian, err error) {
	w := strings.Split(s, " ")
	if len(w) != 3 {
		return c, keyvalue.ErrValue
	}
	c.ID = w[0]
	if c.Office, err = numbered(w[1], "office-"); err != nil {
		return c, err
	}
	c.Place, err = numbered(w[2], "place-")
	return c, err
}

func numbered(s, prefix string) (int, error) {
	digits, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return 0, keyvalue.ErrValue
	}
	n, err := keyvalue.Uint(digits, MaxCustodians)
	return int(n), err
}

func parseOfficer(s string) (o Officer, err error) {
	fingerprint, digest, _ := strings.Cut(s, " ")
	b, err := keyvalue.Hex(digest, len(o.Certificate))
	if err != nil {
		return o, err
	}
	copy(o.Certificate[:], b)
	o.Fingerprint = fingerprint
	return o, keyvalue.CheckFingerprint(fingerprint)
}
