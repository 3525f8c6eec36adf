package piv

import (
	"context"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Order is what [Card.Init] is asked for.
type Order struct {
	// Mode is keyvalue.Rehearsal or keyvalue.Production, for the enrolment.
	Mode string
	// PIN is that which the custodian chose, or on a card that has one, that one.
	PIN *secret.Bytes
	// PUK is that which the custodian chose, of 8 characters. It is not needed where bailiff has
	// prepared the card before, nor on a card in use by something else.
	PUK *secret.Bytes
	// InUse is the serial number, typed, of a card that is in use by something else.
	InUse string
	// Management is the management key of such a card, unless it is the default or can be read with
	// the PIN. It is then kept in the card, readable with the PIN.
	Management *secret.Bytes
	// Signing is the algorithm of the signing key where there is none yet: token.Ed25519, or for
	// rehearsals with firmware before 5.7 token.ECDSAP256.
	Signing token.Algorithm
	// Now dates the enrolment.
	Now time.Time
	// Step, if not nil, is called before each step.
	Step func(Step)
}

// Step is a step of [Card.Init].
type Step string

// The steps in their order. Those that are done already are left out.
const (
	StepBegin      Step = "begin"      // writes the data object
	StepRetries    Step = "retries"    // 3 and 3 tries, PIN and PUK at their defaults
	StepManagement Step = "management" // random management key, readable with the PIN
	StepPUK        Step = "puk"
	StepPIN        Step = "pin"
	StepSigning    Step = "signing" // makes the key in 9c, then its label
	StepSealing    Step = "sealing" // makes the key in the first free retired slot, then its label
	StepProof      Step = "proof"   // one signature, one ECDH: two touches
	StepEnd        Step = "end"     // the data object says that nothing is being prepared
)

// Init prepares the card for one vault more and returns its enrolment. What it does follows from
// what [Card.Inspect] sees; no key is ever overwritten, and no applet reset.
//
//	fresh     sets 3 and 3 tries, a random management key, PUK and PIN, makes both keys
//	prepared  makes a further sealing key; PIN, PUK, management key and signing key stay
//	in use    only when Order.InUse names the serial number: makes both keys in free slots (9c must be
//	          free); PIN and PUK stay; a default management key is replaced, a given one is kept
//	          in the card
//	started   goes on
//
// Before each step the data object says which slot is being made, and whether PIN and PUK are
// bailiff's to set. So a card that was pulled out at any moment is in one of these states, and Init goes on
// from each, with the same PIN once that is set:
//
//	object written                 tries, PIN and PUK as before: goes on
//	tries set, or PUK set,         PUK of unknown value: sets the tries again (which resets PIN and PUK
//	or PIN set                     to their defaults), then PUK and PIN
//	management key stored          the stored one is not in force: stores another
//	management key in force        reads it with the PIN
//	key made, no label             takes the key over, if it is of the right sort
//	label written, not proved      proves it
//	object closed                  done: [Card.Enrol] gives the enrolment again
//
// Errors: [ErrInUse], [ErrSerial], [ErrAlgorithm], [ErrFull], those of [Contents.Fitness] (in production what it
// says of rehearsals too) and the forms of PIN and PUK come before anything is written, [ErrUnlike] and
// [ErrRoom] of the data object with the first write, before PIN, PUK or any key is another, [ErrManagement] before any key is made;
// [ErrCode] (object: PIN or PUK) of a code that the card refuses: with another one Init
// goes on; then those of [Card.Unlock] and [token.Enrol]. The card stays open.
func (c *Card) Init(ctx context.Context, o Order) (*token.Enrolment, error) {
	defer erase()
	contents, err := c.Inspect()
	if err != nil {
		return nil, err
	}
	p := &preparation{card: c, order: o, contents: contents}
	defer p.wipe()
	if err := p.check(); err != nil {
		return nil, fault.At(c.Serial(), err)
	}
	for _, step := range p.steps() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if step.name != "" {
			p.say(step.name)
		}
		if err := c.use(step.do); err != nil {
			return nil, err
		}
	}
	return p.prove()
}

// preparation is one run of [Card.Init].
type preparation struct {
	card     *Card
	order    Order
	contents *Contents
	object   *dataObject
	slot     attestation.Slot // of the sealing key
	pin      *secret.Bytes    // in force, of which we hold a copy
	key      *secret.Bytes    // management key in force
}

func (p *preparation) wipe() {
	p.pin.Wipe()
	p.key.Wipe()
}

// step is one thing to do; one without a name is part of the next.
type step struct {
	name Step
	do   func(device) error
}

// check refuses what cannot be done before anything is written.
func (p *preparation) check() error {
	c, o := p.contents, p.order
	if err := keyvalue.CheckMode(o.Mode); err != nil {
		return err
	}
	if c.Preparation == InUse && o.InUse == "" {
		return ErrInUse
	}
	if c.Preparation == InUse && o.InUse != c.Serial {
		return ErrSerial
	}
	if err := p.checkFitness(); err != nil {
		return err
	}
	if err := p.checkSecrets(); err != nil {
		return err
	}
	if c.Signing.Empty {
		if err := p.checkAlgorithm(); err != nil {
			return err
		}
	}
	var err error
	p.slot, err = c.Next()
	return err
}

// checkFitness refuses the card that could not be enrolled once it is prepared.
func (p *preparation) checkFitness() error {
	fit := p.contents.Fitness(p.order.Now)
	if len(fit.Unfit) > 0 {
		return fit.Unfit[0]
	}
	if p.order.Mode == keyvalue.Production && len(fit.Rehearsal) > 0 {
		return fit.Rehearsal[0]
	}
	return nil
}

func (p *preparation) checkSecrets() error {
	if !p.contents.Chooses() {
		return CheckPINForm(p.order.PIN)
	}
	if err := CheckNewPIN(p.order.PIN); err != nil {
		return err
	}
	return CheckNewPUK(p.order.PUK, p.order.PIN)
}

func (p *preparation) checkAlgorithm() error {
	switch p.order.Signing {
	case token.ECDSAP256:
		return nil
	case token.Ed25519:
		if !p.contents.Firmware.Less(attestation.Version{Major: 5, Minor: 7}) {
			return nil
		}
	}
	return ErrAlgorithm
}

// steps are what is left to do, up to the proof.
func (p *preparation) steps() []step {
	all := []step{{do: p.enter}, {StepBegin, p.begin}}
	if p.contents.Chooses() {
		all = append(all, step{StepRetries, p.retries}, step{StepManagement, p.management},
			step{StepPUK, p.puk}, step{StepPIN, p.newPIN})
	} else {
		all = append(all, step{StepManagement, p.management})
	}
	return append(all, step{StepSigning, p.signing}, step{StepSealing, p.sealing})
}

// prove asks for one signature and one ECDH, and closes the data object.
func (p *preparation) prove() (*token.Enrolment, error) {
	p.say(StepProof)
	e, err := p.card.Enrol(p.pin, Enrolled{Slot: p.slot}, p.order.Mode, p.order.Now)
	if err != nil {
		return nil, err
	}
	p.say(StepEnd)
	p.object.making = 0
	if err := p.card.use(func(d device) error { return p.object.write(d, p.key) }); err != nil {
		return nil, err
	}
	return e, nil
}

func (p *preparation) say(s Step) {
	if p.order.Step != nil {
		p.order.Step(s)
	}
}
