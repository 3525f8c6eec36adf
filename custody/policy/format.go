package policy

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
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

// tokenFields are a line for each token, then one for each attestation, both in the order of
// custodian and index.
func (p *Policy) tokenFields() []keyvalue.Field {
	var tokens, chains []keyvalue.Field
	for _, c := range p.Custodians {
		for i := range c.Tokens {
			t := &c.Tokens[i]
			name := fmt.Sprintf("%s %d", c.ID, t.Index)
			tokens = append(tokens, keyvalue.Field{Key: "token", Value: name + " " + t.words()})
			if t.Attestation != nil {
				chains = append(chains, keyvalue.Field{Key: "attestation", Value: name + " " + t.Attestation.Format()})
			}
		}
	}
	return append(tokens, chains...)
}

// words are what a token's line says of it after its name.
func (t *Token) words() string {
	s := fmt.Sprintf("%s %s %s %s", t.Kind, t.Serial, token.FormatSealingKey(t.SealingKey), t.SigningKey)
	if t.Kind == token.KindPIV {
		s += " " + token.FormatSlot(t.Slot)
	}
	return s
}

// addToken appends a token to its custodian; tokens stand in the order of custodian and index.
func (p *Policy) addToken(s string) error {
	w := strings.Split(s, " ")
	if len(w) < 6 {
		return keyvalue.ErrValue
	}
	c := p.Custodian(w[0])
	if c == nil || len(c.Tokens) >= MaxTokens || p.tokensAfter(c.ID) {
		return fault.At(w[0], ErrTokens)
	}
	index, err := keyvalue.Uint(w[1], MaxTokens)
	if err != nil {
		return err
	}
	t := Token{Index: int(index), Kind: w[2], Serial: w[3]}
	if err := token.CheckSerial(t.Kind, t.Serial); err != nil {
		return err
	}
	if t.SealingKey, err = token.ParseSealingKey(w[4]); err != nil {
		return err
	}
	if t.SigningKey, err = token.ParseSigningKey(w[5]); err != nil {
		return err
	}
	if t.Slot, err = parseSlot(t.Kind, w[6:]); err != nil {
		return err
	}
	c.Tokens = append(c.Tokens, t)
	return nil
}

// tokensAfter reports whether a custodian after id has a token already.
func (p *Policy) tokensAfter(id string) bool {
	for _, c := range p.Custodians {
		if c.ID > id && len(c.Tokens) > 0 {
			return true
		}
	}
	return false
}

// parseSlot reads what stands in a token's line after its keys: the slot, for a kind that has any.
func parseSlot(kind string, w []string) (byte, error) {
	switch {
	case kind != token.KindPIV && len(w) == 0:
		return 0, nil
	case kind == token.KindPIV && len(w) == 1:
		return token.ParseSlot(w[0])
	}
	return 0, keyvalue.ErrValue
}

// addAttestations gives their attestations to the tokens, which stand in the order of the lines.
func (p *Policy) addAttestations(lines []string) error {
	for _, c := range p.Custodians {
		for i := range c.Tokens {
			if len(lines) == 0 {
				return nil
			}
			text, ok := strings.CutPrefix(lines[0], fmt.Sprintf("%s %d ", c.ID, c.Tokens[i].Index))
			if !ok {
				continue
			}
			chain, err := attestation.ParseChain(text)
			if err != nil {
				return fault.At(c.Tokens[i].Serial, err)
			}
			c.Tokens[i].Attestation, lines = chain, lines[1:]
		}
	}
	if len(lines) > 0 {
		return fault.At("attestation", ErrTokens)
	}
	return nil
}
