package virtual

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"maps"
	"sync"
	"time"
)

// The values of a new or reset YubiKey.
const (
	DefaultPIN = "123456"
	DefaultPUK = "12345678"
)

// DefaultManagementKey is the management key of a new or reset YubiKey, for 3DES and for AES-192.
func DefaultManagementKey() []byte {
	return bytes.Repeat([]byte{1, 2, 3, 4, 5, 6, 7, 8}, 3)
}

// ATR is the answer to reset of a YubiKey 5: it offers T=1 and says YubiKey in its historical bytes.
func ATR() []byte {
	return []byte("\x3b\xfd\x13\x00\x00\x81\x31\xfe\x15\x80\x73\xc0\x21\xc0\x57YubiKey\x40")
}

// Options make a card. The zero value is a YubiKey 5.7.1 with the serial number 0.
type Options struct {
	Serial     uint32
	Firmware   Firmware // zero: 5.7.1
	FormFactor byte     // Yubico's number; zero: 1, USB-A keychain

	Quirks []Quirk // what is otherwise than on a YubiKey

	Issuer *Issuer // signs the device's attestation certificate; nil: the published test root

	// Touch is asked when an operation needs the person's finger; it may wait, and gives up when
	// the context ends (the card was pulled). It answers false when no touch came. nil: touched at once.
	Touch func(context.Context, Operation) bool

	Random io.Reader        // of keys and challenges; nil: crypto/rand
	Now    func() time.Time // nil: time.Now
}

// Operation is what a touch would allow.
type Operation struct {
	Slot byte // 9b: the management key
}

// Card is a software PIV card. It is safe for use by several goroutines.
type Card struct {
	issuer *Issuer
	touch  func(context.Context, Operation) bool
	random io.Reader
	now    func() time.Time

	busy    sync.Mutex // held while a command runs, also while it waits for a touch
	state   state
	session session

	mu       sync.Mutex // guards what follows, for a moment
	log      []Exchange
	failures []Failure
	touches  int
}

// session is what a card forgets without power, and most of it when an application is selected.
type session struct {
	application application
	verified    bool // PIN
	fresh       bool // PIN verified by the command just before
	managed     bool // management key
	challenge   []byte
	witness     []byte
	touched     time.Time // last touch that a cached policy may use
	chain       []byte    // body of a chained command, so far
	chained     command
	rest        []byte // of an answer, for GET RESPONSE
}

// New makes a card as it leaves the factory.
func New(o Options) (*Card, error) {
	c := empty(o)
	if o.Firmware == (Firmware{}) {
		o.Firmware = Firmware{5, 7, 1}
	}
	if _, err := ParseFirmware(o.Firmware.String()); err != nil {
		return nil, err
	}
	if err := checkQuirks(o.Quirks); err != nil {
		return nil, err
	}
	if o.FormFactor == 0 {
		o.FormFactor = 1
	}
	c.state = state{Mark: stateMark, Serial: o.Serial, Firmware: o.Firmware, FormFactor: o.FormFactor, Quirks: o.Quirks}
	if err := c.certify(); err != nil {
		return nil, err
	}
	c.state.blank()
	return c, c.spoil()
}

// empty makes a card without a state.
func empty(o Options) *Card {
	c := &Card{issuer: o.Issuer, touch: o.Touch, random: o.Random, now: o.Now}
	if c.touch == nil {
		c.touch = func(context.Context, Operation) bool { return true }
	}
	if c.random == nil {
		c.random = rand.Reader
	}
	if c.now == nil {
		c.now = time.Now
	}
	return c
}

// blank is the factory state, except for the attestation key and its certificate, which stay.
func (s *state) blank() {
	s.PIN = reference{Value: pad(DefaultPIN), Left: 3, Most: 3}
	s.PUK = reference{Value: pad(DefaultPUK), Left: 3, Most: 3}
	s.Management = management{Algorithm: tripleDES, Key: DefaultManagementKey(), Touch: touchNever}
	if s.Firmware.defaultsAES() {
		s.Management.Algorithm = aes192
	}
	maps.DeleteFunc(s.Keys, func(slot byte, _ key) bool { return slot != slotAttestation })
	maps.DeleteFunc(s.Objects, func(id uint32, _ []byte) bool { return id != objectAttestation })
}

// Serial returns the serial number.
func (c *Card) Serial() uint32 { return c.state.Serial }

// PowerOff makes the card forget what it forgets without power: who was authenticated, chains, the
// selected application. Powering on again needs no call.
func (c *Card) PowerOff() {
	c.busy.Lock()
	defer c.busy.Unlock()
	c.session = session{}
}

// BlockPIN uses up the tries of the PIN, BlockPUK those of the PUK.
func (c *Card) BlockPIN() { c.block(&c.state.PIN) }

// BlockPUK uses up the tries of the PUK.
func (c *Card) BlockPUK() { c.block(&c.state.PUK) }

func (c *Card) block(r *reference) {
	c.busy.Lock()
	defer c.busy.Unlock()
	r.Left, c.session.verified, c.session.fresh = 0, false, false
}

// Touches returns how often the card asked for a touch.
func (c *Card) Touches() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.touches
}
