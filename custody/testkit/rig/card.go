package rig

import (
	"time"

	"bailiff/custody/testkit/virtual"
)

// CardOptions are those of a new card. The zero value is a YubiKey of firmware 5.7.1.
type CardOptions struct {
	Serial     uint32
	Firmware   string // as 5.7.1; empty: that
	FormFactor byte   // Yubico's number; zero: 1

	// Seed makes the keys that the card generates the same in each run, except for RSA keys; empty:
	// they are random.
	Seed string
	// Born, if not zero, is the time that the card believes it is, for ever.
	Born time.Time
	// File keeps the card's state, keys included, between runs: an existing file is taken up, and
	// then Serial, Firmware, FormFactor and Quirks are those of the file. Empty: the card ends with the rig.
	File string

	PINBlocked, PUKBlocked bool

	Quirks []virtual.Quirk // what is otherwise than on a YubiKey
}

// Card is a card of a rig.
type Card struct {
	rig    *Rig
	number int
}

// NewCard makes a card. It is in no reader.
func (r *Rig) NewCard(o CardOptions) (*Card, error) {
	said, err := r.do(order{Do: "new", New: o})
	if err != nil {
		return nil, err
	}
	return &Card{r, said.Card}, nil
}

// Card returns a card by its number, from 0, in the order in which the cards were made.
func (r *Rig) Card(n int) *Card { return &Card{r, n} }

func (c *Card) do(o order) (reply, error) {
	o.Card = c.number
	return c.rig.do(o)
}

// Insert puts the card into a reader, counted from 0, and returns when the daemon sees it. A reader
// that has a card refuses.
func (c *Card) Insert(reader int) error {
	_, err := c.do(order{Do: "insert", Reader: reader})
	return err
}

// Remove pulls the card out, also while it works, and returns when the daemon misses it.
func (c *Card) Remove() error {
	_, err := c.do(order{Do: "remove"})
	return err
}

// Arm makes a mishap happen once.
func (c *Card) Arm(f virtual.Failure) error {
	_, err := c.do(order{Do: "arm", Failure: f})
	return err
}

// Disarm forgets the mishaps that have not happened.
func (c *Card) Disarm() error {
	_, err := c.do(order{Do: "disarm"})
	return err
}

// Finger is what a person does when the card wants a touch.
type Finger string

// The ways of a finger.
const (
	TouchGrant  Finger = "grant"  // touches, after a while
	TouchRefuse Finger = "refuse" // does not; the card gives up after a while
	TouchAsk    Finger = "ask"    // touches when Press is called; the card gives up after a while
)

// Touch is how a card's person behaves. The zero value touches at once.
type Touch struct {
	Do    Finger
	After time.Duration // the while; for TouchAsk zero is [TouchTime]
}

// SetTouch sets how the card's person behaves from the next touch on.
func (c *Card) SetTouch(t Touch) error {
	_, err := c.do(order{Do: "touch", Touch: t})
	return err
}

// Press touches the card, and tells whether it was waiting for that.
func (c *Card) Press() (bool, error) {
	said, err := c.do(order{Do: "press"})
	return said.Yes, err
}

// Waiting tells whether the card waits for a touch.
func (c *Card) Waiting() (bool, error) {
	said, err := c.do(order{Do: "waiting"})
	return said.Yes, err
}

// BlockPIN uses up the tries of the PIN.
func (c *Card) BlockPIN() error {
	_, err := c.do(order{Do: "block"})
	return err
}

// Log returns the APDUs that came since the card was made or the log emptied.
func (c *Card) Log() ([]virtual.Exchange, error) {
	said, err := c.do(order{Do: "log"})
	return said.Log, err
}

// EmptyLog forgets them.
func (c *Card) EmptyLog() error {
	_, err := c.do(order{Do: "forget"})
	return err
}

// State returns all that the card keeps without power, as its file would: what two of them differ in, a command changed.
func (c *Card) State() ([]byte, error) {
	said, err := c.do(order{Do: "state"})
	return said.State, err
}

// Touches returns how often the card asked for a touch.
func (c *Card) Touches() (int, error) {
	said, err := c.do(order{Do: "log"})
	return said.Touches, err
}

// Worked returns how long the card has worked since it was made, waits for a touch included: from
// each APDU to its answer, without what the daemon and the library take.
func (c *Card) Worked() (time.Duration, error) {
	said, err := c.do(order{Do: "log"})
	return said.Worked, err
}
