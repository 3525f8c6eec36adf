package rig

import (
	"encoding/json"
	"errors"
	"net"
	"slices"
	"time"

	"bailiff/custody/testkit/virtual"
)

// order is a request on the control socket: one JSON object; the answer is a [reply]; then the
// connection ends.
type order struct {
	Do      string
	Card    int         // its number, from 0
	Reader  int         // from 0
	New     CardOptions // "new"
	Failure virtual.Failure
	Touch   Touch
}

// reply answers an order.
type reply struct {
	Error string `json:",omitempty"`
	Taken bool   // the error is ErrTaken
	// Forbidden: the kernel refuses what the inside of a namespace may do elsewhere.
	Forbidden bool
	Card      int
	Cards     []CardState
	Readers   []string
	Log       []virtual.Exchange
	State     []byte
	Touches   int
	Worked    time.Duration
	Yes       bool
}

// CardState is what the rig knows of a card.
type CardState struct {
	Serial  uint32
	Reader  int // -1: in none
	Waiting bool
}

var (
	errOrder  = errors.New("rig: no such order")
	errNoCard = errors.New("there is no such card")
	errNoSlot = errors.New("there is no such reader")
)

func (b *board) listen(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			var o order
			if json.NewDecoder(conn).Decode(&o) != nil {
				return
			}
			r, err := b.obey(o)
			if err != nil {
				r = reply{Error: err.Error(), Taken: errors.Is(err, ErrTaken)}
			}
			_ = json.NewEncoder(conn).Encode(r)
		}()
	}
}

// obey carries out one order.
func (b *board) obey(o order) (reply, error) {
	switch o.Do {
	case "new":
		return b.add(o.New)
	case "list":
		return b.list(), nil
	}
	c, err := b.card(o.Card)
	if err != nil {
		return reply{}, err
	}
	switch o.Do {
	case "insert":
		return reply{}, b.insert(c, o.Reader)
	case "remove":
		return reply{}, b.remove(c)
	case "arm":
		c.virtual.Arm(o.Failure)
	case "disarm":
		c.virtual.Disarm()
	case "touch":
		c.behave(o.Touch)
	case "press":
		return reply{Yes: c.press()}, nil
	case "waiting":
		return reply{Yes: c.waiting()}, nil
	case "block":
		c.virtual.BlockPIN()
		return reply{}, c.keep()
	case "log":
		return reply{Log: c.virtual.Log(), Touches: c.virtual.Touches(), Worked: c.hasWorked()}, nil
	case "state":
		state, err := c.virtual.Save()
		return reply{State: state}, err
	case "forget":
		c.virtual.EmptyLog()
	default:
		return reply{}, errOrder
	}
	return reply{}, nil
}

func (b *board) add(o CardOptions) (reply, error) {
	c, err := newSeated(o)
	if err != nil {
		return reply{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cards = append(b.cards, c)
	return reply{Card: len(b.cards) - 1}, nil
}

func (b *board) card(n int) (*seated, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n < 0 || n >= len(b.cards) {
		return nil, errNoCard
	}
	return b.cards[n], nil
}

func (b *board) list() reply {
	b.mu.Lock()
	defer b.mu.Unlock()
	var r reply
	for _, s := range b.slots {
		r.Readers = append(r.Readers, s.name)
	}
	for _, c := range b.cards {
		r.Cards = append(r.Cards, CardState{c.virtual.Serial(), b.where(c), c.waiting()})
	}
	return r
}

// where returns the reader that has the card, -1 if none has.
func (b *board) where(c *seated) int {
	return slices.IndexFunc(b.slots, func(s *slot) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.card == c
	})
}

// insert puts a card into a reader, and returns when the daemon has seen it.
func (b *board) insert(c *seated, reader int) error {
	if reader < 0 || reader >= len(b.slots) {
		return errNoSlot
	}
	if b.where(c) >= 0 {
		return ErrTaken
	}
	s := b.slots[reader]
	if s.taken() {
		return ErrTaken
	}
	// A card that a failure pulled must have been missed before the next one comes.
	if err := b.awaitState(s.name, patience, func(r readerState) bool { return r.absent }); err != nil {
		return err
	}
	s.seenEmpty()
	return b.seat(s, c)
}

// seat puts the card in. When the daemon does not see it, which took the moment without a card for
// none at all, the card comes out again for longer: as a person does when nothing happens.
func (b *board) seat(s *slot, c *seated) (err error) {
	for range attempts {
		if err := s.put(c); err != nil {
			return err
		}
		if err = b.awaitState(s.name, patience/attempts, func(r readerState) bool { return r.present }); !errors.Is(err, errSlow) {
			return err
		}
		s.take()
		time.Sleep(2 * look)
	}
	return err
}

// remove pulls a card out, and returns when the daemon has missed it.
func (b *board) remove(c *seated) error {
	at := b.where(c)
	if at < 0 {
		return errEmpty
	}
	b.slots[at].take()
	return b.awaitState(b.slots[at].name, patience, func(r readerState) bool { return r.absent })
}
