package virtual

import "context"

const (
	maxChain    = 4096 // bytes of a chained command
	claChain    = 0x10
	insResponse = 0xc0
)

// Transmit gives the card a command APDU and returns the answer with its status word. When a failure
// pulls the card, removed is true and there is no answer. The context ends when the card is pulled
// by other means: it ends the wait for a touch.
func (c *Card) Transmit(ctx context.Context, apdu []byte) (answer []byte, removed bool) {
	c.busy.Lock()
	defer c.busy.Unlock()
	failure := c.due()
	if failure.before(ctx, c) {
		c.note(apdu, 0)
		return nil, true
	}
	switch failure.Do {
	case AnswerInstead:
		answer = status(failure.Status).append(nil)
	case Endless:
		answer = (moreBytes | 0xff).append(make([]byte, 0xff))
	default:
		answer = c.run(ctx, apdu)
	}
	answer, removed = failure.after(answer)
	c.note(apdu, statusOf(answer))
	return answer, removed
}

// run executes one APDU: chaining, the command itself, and cutting long answers into pieces.
func (c *Card) run(ctx context.Context, apdu []byte) []byte {
	cmd, err := parseCommand(apdu)
	if err != nil {
		return wrongLength.append(nil)
	}
	if cmd.cla&^claChain != 0 {
		return unknownClass.append(nil)
	}
	s := &c.session
	if cmd.ins == insResponse {
		return c.piece(cmd)
	}
	s.rest = nil
	if !c.gather(&cmd) {
		return wrongLength.append(nil)
	}
	if cmd.cla&claChain != 0 {
		return ok.append(nil)
	}
	fresh := s.fresh
	body, st := c.dispatch(ctx, cmd)
	if fresh {
		s.fresh = false // the PIN counted for the command right after it
	}
	if st != ok {
		return st.append(nil)
	}
	s.rest = body
	return c.piece(cmd)
}

// gather adds a command to its chain, and gives the last one the body of all.
func (c *Card) gather(cmd *command) bool {
	s := &c.session
	head := command{ins: cmd.ins, p1: cmd.p1, p2: cmd.p2}
	if head.ins != s.chained.ins || head.p1 != s.chained.p1 || head.p2 != s.chained.p2 {
		s.chain = nil
	}
	if len(s.chain)+len(cmd.body) > maxChain {
		s.chain, s.chained = nil, command{}
		return false
	}
	s.chain = append(s.chain, cmd.body...)
	if cmd.cla&claChain != 0 {
		s.chained = head
		return true
	}
	cmd.body, s.chain, s.chained = s.chain, nil, command{}
	return true
}

// piece returns as much of the answer as the command may take, and how much is left.
func (c *Card) piece(cmd command) []byte {
	most := cmd.le
	if most == 0 || most > maxShort && !cmd.extended {
		most = maxShort
		if cmd.extended {
			most = maxExtended
		}
	}
	out := c.session.rest
	if len(out) <= most {
		c.session.rest = nil
		return ok.append(append([]byte(nil), out...))
	}
	c.session.rest = out[most:]
	left := len(c.session.rest)
	if left > 0xff {
		left = 0
	}
	return (moreBytes | status(left)).append(append([]byte(nil), out[:most]...))
}

func statusOf(answer []byte) uint16 {
	if len(answer) < 2 {
		return 0
	}
	return uint16(answer[len(answer)-2])<<8 | uint16(answer[len(answer)-1])
}
