package virtual

import (
	"context"
	"time"
)

// Mishap is what can go wrong with a card.
type Mishap string

// The mishaps. "Instead" means that the command is not run.
const (
	RemoveBefore  Mishap = "remove before"  // pulled; the command is not run
	RemoveAfter   Mishap = "remove after"   // the command is run, its answer does not come
	AnswerInstead Mishap = "answer instead" // answered with Status, not run
	AnswerAfter   Mishap = "answer after"   // run, then answered with Status
	Garbage       Mishap = "garbage"        // run, then answered with bytes that mean nothing, and 9000
	Truncate      Mishap = "truncate"       // run, then answered with half of the answer, and 9000
	LockPIN       Mishap = "lock PIN"       // the PIN is blocked, then the command is run
	Wait          Mishap = "wait"           // run after Delay
	Endless       Mishap = "endless"        // answered with 255 bytes and 61ff, not run; and so are all that follow
)

// Failure is a mishap to come.
type Failure struct {
	At     int // which APDU from now: 1 is the next. Every APDU counts, chained ones and GET RESPONSE too.
	Do     Mishap
	Status uint16        // for AnswerInstead and AnswerAfter
	Delay  time.Duration // for Wait
}

// Arm makes a mishap happen once. Several can be armed; the first that is due happens.
func (c *Card) Arm(f Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures = append(c.failures, f)
}

// Disarm forgets the mishaps that have not happened.
func (c *Card) Disarm() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures = nil
}

// due counts one APDU and returns the mishap that happens with it, if any.
func (c *Card) due() Failure {
	c.mu.Lock()
	defer c.mu.Unlock()
	var happens Failure
	var left []Failure
	for _, f := range c.failures {
		f.At--
		if f.At <= 0 && happens.Do == "" {
			happens = f
			if f.Do != Endless {
				continue
			}
		}
		left = append(left, f)
	}
	c.failures = left
	return happens
}

// before does what happens before the command is run, and tells whether the card is gone.
func (f Failure) before(ctx context.Context, c *Card) bool {
	switch f.Do {
	case RemoveBefore:
		c.session = session{}
		return true
	case LockPIN:
		c.state.PIN.Left, c.session.verified, c.session.fresh = 0, false, false
	case Wait:
		t := time.NewTimer(f.Delay)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
		}
	}
	return false
}

// after changes the answer, or takes the card away.
func (f Failure) after(answer []byte) (changed []byte, removed bool) {
	switch f.Do {
	case RemoveAfter:
		return nil, true
	case AnswerAfter:
		return status(f.Status).append(nil), false
	case Garbage:
		return ok.append([]byte{0x7c, 0xff, 0x53, 0x84, 0x00, 0xde, 0xad}), false
	case Truncate:
		return ok.append(append([]byte(nil), answer[:(len(answer)-2)/2]...)), false
	}
	return answer, false
}

// Exchange is one APDU as the log has it: never a body, never an answer's bytes.
type Exchange struct {
	CLA, INS, P1, P2 byte
	Status           uint16 // 0: no answer came
}

const maxLog = 100_000

func (c *Card) note(apdu []byte, st uint16) {
	head := make([]byte, 4)
	copy(head, apdu)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.log) < maxLog {
		c.log = append(c.log, Exchange{head[0], head[1], head[2], head[3], st})
	}
}

// Log returns the exchanges since the card was made or its log emptied, at most 100,000.
func (c *Card) Log() []Exchange {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Exchange(nil), c.log...)
}

// EmptyLog forgets the exchanges.
func (c *Card) EmptyLog() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.log = nil
}
