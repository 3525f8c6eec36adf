package custody

import (
	"slices"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/token"
)

// Present is a custodian who is present, with one unlocked token.
type Present struct {
	Custodian string
	Index     int // of the token
	Token     token.Token
	Heads     token.HeadKeeper // what the custodian remembers of the ledger
}

// Quorum is who acts together, in the order of the custodians' ids, each once: those who sit at a table
// (bailiff/custody/table), and those whose tokens are files. Whether they are enough, [Quorum.Need] says.
type Quorum []Present

// Seat finds the custodian of each token. It refuses a token that the policy does not know, or
// whose keys are not those enrolled, and a second token of the same custodian.
func (v *Vault) Seat(tokens []token.Token) (Quorum, error) { return seat(v.Policy, tokens) }

func seat(p *policy.Policy, tokens []token.Token) (Quorum, error) {
	var present Quorum
	for _, t := range tokens {
		id := t.Identity()
		if id.Rehearsal && p.Mode == keyvalue.Production {
			return nil, fault.At(id.Serial, policy.ErrSoftToken)
		}
		c, enrolled, ok := p.Holder(id.Kind, id.Serial)
		if !ok || !t.SealingKey().Equal(enrolled.SealingKey) || t.SigningKey() != enrolled.SigningKey {
			return nil, fault.At(id.Serial, ErrStranger)
		}
		if present.find(c.ID) != nil {
			return nil, fault.At(c.ID, ErrTwice)
		}
		heads, _ := t.(token.HeadKeeper)
		present = append(present, Present{Custodian: c.ID, Index: enrolled.Index, Token: t, Heads: heads})
	}
	slices.SortFunc(present, func(a, b Present) int { return strings.Compare(a.Custodian, b.Custodian) })
	return present, nil
}

func (q Quorum) find(custodian string) *Present {
	for i := range q {
		if q[i].Custodian == custodian {
			return &q[i]
		}
	}
	return nil
}

// IDs returns the ids of those present.
func (q Quorum) IDs() []string {
	out := make([]string, len(q))
	for i, p := range q {
		out[i] = p.Custodian
	}
	return out
}

// turns returns who is asked first, since their token could answer at once, and who then: with fewer readers
// than tokens, as few as can be change places.
func (q Quorum) turns() (here, away Quorum) {
	for _, p := range q {
		if c, ok := p.Token.(token.Presence); ok && !c.Present() {
			away = append(away, p)
		} else {
			here = append(here, p)
		}
	}
	return here, away
}

// Need reports with [ErrQuorum] that fewer than n custodians are present.
func (q Quorum) Need(n int) error {
	if len(q) < n {
		return fault.At(strings.Join(q.IDs(), " "), ErrQuorum)
	}
	return nil
}

// cosigners returns who may sign a checkpoint of that size and how many must: all of the
// custodians the first, k of them every other.
func cosigners(p *policy.Policy, size int64) ([]ledger.Cosigner, int) {
	var out []ledger.Cosigner
	for _, s := range p.Signers() {
		out = append(out, ledger.Cosigner{Custodian: s.Custodian, Index: s.Index, Key: s.Key})
	}
	if size == 1 {
		return out, len(p.Custodians)
	}
	return out, p.Threshold
}

// CheckHeads compares the ledger with what each custodian present remembers of it: a ledger
// that is shorter is a stale disk, one with another root is a fork.
func (v *Vault) CheckHeads(q Quorum) error {
	for _, p := range q {
		if p.Heads == nil {
			continue
		}
		head, err := p.Heads.Head(v.Policy.Vault)
		if err == nil {
			err = v.Log.CheckHead(head)
		}
		if err != nil {
			return fault.At(p.Custodian, err)
		}
	}
	return nil
}
