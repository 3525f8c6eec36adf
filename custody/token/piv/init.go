package piv

import (
	"context"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
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
