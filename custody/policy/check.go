package policy

import (
	"cmp"
	"slices"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
)

// Check reports whether the policy is well-formed and allowed. A rehearsal may be concentrated in
// one office or place; [Policy.Concentrated] tells, so that it can be said.
func (p *Policy) Check() error {
	checks := []func() error{p.checkHead, p.checkCustodians, p.checkTokens, p.checkOfficers, p.checkReasons}
	for _, check := range checks {
		if err := check(); err != nil {
			return err
		}
	}
	if p.Mode == keyvalue.Production {
		return p.Concentrated()
	}
	return nil
}

func (p *Policy) checkHead() error {
	err := cmp.Or(fault.At("vault", keyvalue.CheckVaultID(p.Vault)), fault.At("mode", keyvalue.CheckMode(p.Mode)))
	if err != nil {
		return err
	}
	if keypair.Profile(p.Profile).Check() != nil {
		return fault.At("profile", ErrProfile)
	}
	if p.Sealing != SealingP256Tag {
		return fault.At("sealing", ErrProfile)
	}
	if (p.Number == 0) != (p.Previous == nil) {
		return fault.At("previous", ErrPrevious)
	}
	return nil
}

func (p *Policy) checkCustodians() error {
	n := len(p.Custodians)
	if n < 2 || n > MaxCustodians {
		return fault.At("custodians", ErrCustodians)
	}
	if p.Threshold < 2 || p.Threshold > n || 2*p.Threshold <= n {
		return fault.At("threshold", ErrQuorum)
	}
	for i, c := range p.Custodians {
		if c.ID != keyvalue.FormatCustodian(i+1) || c.Office < 1 || c.Place < 1 {
			return fault.At(c.ID, ErrCustodians)
		}
	}
	return nil
}

func (p *Policy) checkTokens() error {
	seen := map[string]bool{}
	for _, c := range p.Custodians {
		if len(c.Tokens) < 1 || len(c.Tokens) > MaxTokens {
			return fault.At(c.ID, ErrTokens)
		}
		for i, t := range c.Tokens {
			if t.Index != i+1 {
				return fault.At(c.ID, ErrTokens)
			}
			if err := t.check(p.Mode); err != nil {
				return fault.At(t.Serial, err)
			}
			marks := []string{t.Kind + " " + t.Serial, token.FormatSealingKey(t.SealingKey), t.SigningKey.String()}
			for _, m := range marks {
				if seen[m] {
					return fault.At(t.Serial, ErrSharedToken)
				}
				seen[m] = true
			}
		}
	}
	return nil
}

// check reports whether such a token can be, and whether the mode allows it. Whether an attestation
// is genuine is not asked here: token.Enrolment.CheckOrigin does, which knows the time.
func (t *Token) check(mode string) error {
	err := cmp.Or(token.CheckSerial(t.Kind, t.Serial), token.CheckSlot(t.Kind, t.Slot),
		token.CheckKeys(t.Kind, t.SealingKey, t.SigningKey), token.CheckChain(t.Kind, t.Attestation))
	if err != nil || mode != keyvalue.Production {
		return err
	}
	switch {
	case t.Kind != token.KindPIV:
		return ErrSoftToken
	case t.SigningKey.Algorithm() != token.Ed25519:
		return ErrSigningKey
	case t.Attestation == nil:
		return token.ErrUnattested
	}
	return nil
}

func (p *Policy) checkOfficers() error {
	n := len(p.Officers)
	if n < 2 || n > MaxOfficers || p.OfficersThreshold < 2 || p.OfficersThreshold > n {
		return fault.At("officers", ErrOfficers)
	}
	for i, o := range p.Officers {
		if keyvalue.CheckFingerprint(o.Fingerprint) != nil || i > 0 && o.Fingerprint <= p.Officers[i-1].Fingerprint {
			return fault.At(o.Fingerprint, ErrOfficers)
		}
	}
	return nil
}

func (p *Policy) checkReasons() error {
	if len(p.Reasons) == 0 {
		return fault.At("reason", ErrNoReason)
	}
	var names []string
	for _, r := range p.Reasons {
		if r.WaitingDays < 0 || r.WaitingDays > MaxWaiting {
			return fault.At(r.Name, ErrWaiting)
		}
		if err := checkListed(r.Papers, PaperTypes()); err != nil {
			return fault.At(r.Name, err)
		}
		names = append(names, r.Name)
	}
	return checkListed(names, ReasonNames())
}

// checkListed reports whether each word is of the list, once, in the list's order.
func checkListed(words, list []string) error {
	last := -1
	for i, w := range words {
		switch at := slices.Index(list, w); {
		case at < 0:
			return fault.At(w, ErrReasons)
		case slices.Contains(words[:i], w):
			return fault.At(w, ErrReasonTwice)
		case at < last:
			return fault.At(w, ErrReasonOrder)
		default:
			last = at
		}
	}
	return nil
}

// Concentrated returns [ErrConcentrated] when k custodians belong to one office or keep their
// tokens in one place.
func (p *Policy) Concentrated() error {
	offices, places := map[int]int{}, map[int]int{}
	for _, c := range p.Custodians {
		offices[c.Office]++
		places[c.Place]++
		if offices[c.Office] >= p.Threshold || places[c.Place] >= p.Threshold {
			return fault.At(c.ID, ErrConcentrated)
		}
	}
	return nil
}
