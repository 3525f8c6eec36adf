package checkup

import (
	"context"
	"errors"
	"slices"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
)

// Seen is a reader and what its card told.
type Seen struct {
	piv.Reader
	Contents *piv.Contents // nil where the card could not be asked
	Fitness  piv.Fitness   // where Contents is not nil
	Err      error         // why the card could not be asked

	Custodian string        // who holds the token in the vault; empty: nobody, or no vault
	Enrolled  *policy.Token // as the policy has it; nil as before
	Defects   []error       // why it is not the enrolled token any more: [piv.Card.Check]
}

// Look looks into every reader and asks each free card what it tells without a PIN. It changes nothing
// and costs no touch. p, if not nil, is the policy of the vault whose tokens are looked for. The
// errors are those of [piv.Readers.List].
func Look(ctx context.Context, readers *piv.Readers, p *policy.Policy, at time.Time) ([]Seen, error) {
	list, err := readers.List(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Seen, 0, len(list))
	for _, r := range list {
		s := Seen{Reader: r, Err: r.Err}
		if r.State == piv.Usable {
			s.ask(ctx, readers, p, at)
		}
		all = append(all, s)
	}
	return all, nil
}

// ask asks one card.
func (s *Seen) ask(ctx context.Context, readers *piv.Readers, p *policy.Policy, at time.Time) {
	card, err := readers.Open(ctx, s.Serial, nil)
	if err == nil {
		s.Contents, err = card.Inspect()
		err = errors.Join(err, card.Close())
	}
	if err != nil {
		s.Contents, s.Err = nil, err
		return
	}
	s.Fitness = s.Contents.Fitness(at)
	if p == nil {
		return
	}
	c, t, ok := p.Holder(token.KindPIV, s.Serial)
	if !ok {
		return
	}
	s.Custodian, s.Enrolled = c.ID, t
	s.Defects = Want(t, p.Mode).Defects(s.Contents, at)
}

// Wanted is what a token was enrolled as.
type Wanted struct {
	Mode     string // keyvalue.Rehearsal or keyvalue.Production
	Serial   string
	Keys     piv.Enrolled
	Attested bool // the enrolment has an attestation
}

// Want is what a policy says of a token.
func Want(t *policy.Token, mode string) Wanted {
	keys := piv.Enrolled{Slot: attestation.Slot(t.Slot), Sealing: t.SealingKey, Signing: t.SigningKey}
	return Wanted{Mode: mode, Serial: t.Serial, Keys: keys, Attested: t.Attestation != nil}
}

// WantEnrolment is what an enrolment says of a token.
func WantEnrolment(e *token.Enrolment) Wanted {
	keys := piv.Enrolled{Slot: attestation.Slot(e.Slot), Sealing: e.SealingKey, Signing: e.SigningKey}
	return Wanted{Mode: e.Mode, Serial: e.Serial, Keys: keys, Attested: e.Attestation != nil}
}

// Defects is all that is amiss with a card that should be the wanted one: those of
// [piv.Contents.Defects], and in production those of [attestation.Statements.CheckProduction]. In a
// rehearsal a token without attestation is accepted, as its enrolment was.
func (w Wanted) Defects(c *piv.Contents, at time.Time) []error {
	if w.Mode != keyvalue.Production {
		var roots *attestation.Roots
		if w.Attested {
			roots = attestation.Rehearsal()
		}
		return c.Defects(w.Keys, roots, at)
	}
	roots := attestation.Yubico()
	defects := c.Defects(w.Keys, roots, at)
	if s, err := roots.Verify(c.Chain(w.Keys.Slot), at); err == nil {
		if err := s.CheckProduction(); err != nil {
			defects = append(defects, fault.At(c.Serial, fault.At("attestation", err)))
		}
	}
	return slices.Clip(defects)
}
