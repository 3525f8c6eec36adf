package rig

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"sync"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/testkit/virtual"
)

// seated is a card as the inside has it, in a reader or not.
type seated struct {
	virtual *virtual.Card
	file    string // where its state is kept; empty: nowhere
	saved   []byte

	mu      sync.Mutex
	worked  time.Duration // with APDUs, waits for a touch included
	finger  Touch
	awaited chan struct{} // closed by a press; nil when no touch is awaited
}

// newSeated makes a card, or takes up one that its file has.
func newSeated(o CardOptions) (*seated, error) {
	c := &seated{file: o.File}
	v := virtual.Options{Serial: o.Serial, FormFactor: o.FormFactor, Quirks: o.Quirks, Touch: c.touched}
	if o.Firmware != "" {
		f, err := virtual.ParseFirmware(o.Firmware)
		if err != nil {
			return nil, err
		}
		v.Firmware = f
	}
	if o.Seed != "" {
		v.Random = virtual.Seeded(o.Seed)
	}
	if !o.Born.IsZero() {
		v.Now = func() time.Time { return o.Born }
	}
	var err error
	if c.virtual, err = c.load(v); err != nil {
		return nil, err
	}
	if o.PINBlocked {
		c.virtual.BlockPIN()
	}
	if o.PUKBlocked {
		c.virtual.BlockPUK()
	}
	return c, c.keep()
}

const maxSaved = 1 << 20

func (c *seated) load(v virtual.Options) (*virtual.Card, error) {
	if c.file == "" {
		return virtual.New(v)
	}
	b, err := new(durable.Disk).Read(c.file, maxSaved)
	if errors.Is(err, fs.ErrNotExist) {
		return virtual.New(v)
	}
	if err != nil {
		return nil, err
	}
	return virtual.Restore(b, v)
}

// keep writes the card's state to its file if it has changed.
func (c *seated) keep() error {
	if c.file == "" {
		return nil
	}
	b, err := c.virtual.Save()
	if err != nil || bytes.Equal(b, c.saved) {
		return err
	}
	if err := new(durable.Disk).Replace(c.file, b, 0o600); err != nil {
		return err
	}
	c.saved = b
	return nil
}

// TouchTime is how long a YubiKey waits for a touch.
const TouchTime = 15 * time.Second

// touched behaves as the person whose finger is wanted.
func (c *seated) touched(ctx context.Context, _ virtual.Operation) bool {
	c.mu.Lock()
	finger, pressed := c.finger, make(chan struct{})
	c.awaited = pressed
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.awaited = nil
		c.mu.Unlock()
	}()
	wait := finger.After
	if finger.Do == TouchAsk && wait == 0 {
		wait = TouchTime
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-pressed:
		return true
	case <-t.C:
		return finger.Do == TouchGrant || finger.Do == ""
	}
}

// press touches the card, and tells whether it was waiting for that.
func (c *seated) press() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.awaited == nil {
		return false
	}
	close(c.awaited)
	c.awaited = nil
	return true
}

// transmit gives the card an APDU, and notes how long it worked.
func (c *seated) transmit(ctx context.Context, apdu []byte) (answer []byte, removed bool) {
	start := time.Now()
	answer, removed = c.virtual.Transmit(ctx, apdu)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.worked += time.Since(start)
	return answer, removed
}

func (c *seated) hasWorked() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.worked
}

func (c *seated) waiting() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.awaited != nil
}

func (c *seated) behave(t Touch) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finger = t
}
