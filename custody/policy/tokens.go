package policy

import (
	"fmt"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

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

// tokensAfter tells whether a custodian after id has a token already.
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
