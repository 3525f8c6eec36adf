package rig

import (
	"context"
	"errors"
	"net"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody/testkit/virtual"
)

// slot is a reader as the inside sees it: a port of the driver, and perhaps a card.
type slot struct {
	name string // as pcscd calls it
	port int

	mu   sync.Mutex
	card *seated   // nil: empty
	pull func()    // ends the card's connection
	left time.Time // when the last card went
	gone chan struct{}
}

var errEmpty = errors.New("the card is in no reader")

// put connects a card to the driver and serves it until it is pulled.
func (s *slot) put(c *seated) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.card != nil {
		return ErrTaken
	}
	conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.card, s.gone = c, make(chan struct{})
	s.pull = func() { cancel(); conn.Close() }
	go func(gone chan struct{}) {
		serve(ctx, conn.(*net.TCPConn), c)
		cancel()
		conn.Close()
		c.virtual.PowerOff()
		s.mu.Lock()
		s.card, s.left = nil, time.Now()
		s.mu.Unlock()
		close(gone)
	}(s.gone)
	return nil
}

func (s *slot) taken() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.card != nil
}

// seenEmpty waits until the daemon must have looked into the empty reader. What a program does with a card that
// is gone makes the daemon say that there is none before it has looked; it would not see the next
// card, for which it waits only once it has missed the last one by itself.
func (s *slot) seenEmpty() {
	s.mu.Lock()
	wait := time.Until(s.left.Add(look))
	s.mu.Unlock()
	time.Sleep(wait)
}

// take pulls the card out and returns when it is.
func (s *slot) take() {
	s.mu.Lock()
	if s.card == nil {
		s.mu.Unlock()
		return
	}
	s.pull()
	gone := s.gone
	s.mu.Unlock()
	<-gone
}

// serve answers the driver until the connection ends or a failure pulls the card.
func serve(ctx context.Context, conn *net.TCPConn, c *seated) {
	for {
		quick(conn)
		m, err := readMessage(conn)
		if err != nil {
			return
		}
		answer, stays := c.answer(ctx, m)
		if !stays {
			return
		}
		if answer == nil {
			continue
		}
		out, err := message(answer)
		if err != nil {
			return
		}
		if _, err := conn.Write(out); err != nil {
			return
		}
	}
}

// answer is what a card says to one message of the driver; nothing to most control messages.
func (c *seated) answer(ctx context.Context, m []byte) (answer []byte, stays bool) {
	if len(m) > 1 {
		answer, removed := c.transmit(ctx, m)
		if removed || ctx.Err() != nil || c.keep() != nil {
			return nil, false
		}
		return answer, true
	}
	switch m[0] {
	case controlATR:
		return virtual.ATR(), true
	case controlOff, controlReset:
		c.virtual.PowerOff()
	}
	return nil, true
}

// quick asks the kernel to acknowledge at once what the driver sends: it writes the length and the
// message apart, and would wait 40 ms between the two. The kernel forgets it: it is asked each time.
func quick(conn *net.TCPConn) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return
	}
	// What cannot be set only costs time.
	_ = raw.Control(func(fd uintptr) {
		_ = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_QUICKACK, 1)
	})
}

// pause waits a moment between two looks at the daemon.
func pause() { time.Sleep(10 * time.Millisecond) }
