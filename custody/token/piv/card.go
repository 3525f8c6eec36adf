package piv

import (
	"crypto"
	"crypto/ecdh"
	"errors"
	"runtime/debug"
	"sync"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Operation is what a touch is for.
type Operation string

// The operations that wait for a touch.
const (
	Opening Operation = "opening" // one ECDH with a sealing key
	Signing Operation = "signing" // one signature in 9c
)

// Touch tells that a card waits for a touch, and then that it no longer does. It is called from the
// goroutine that uses the card, which may not be used from within the call.
type Touch struct {
	Serial    string
	Operation Operation
	Done      bool          // false: touch now; true: the wait is over
	Err       error         // when Done: what came of it, nil or an error such as [token.ErrTouch]
	Took      time.Duration // when Done: how long it took
}

// Card is a card that this process has taken for itself: every other one finds the reader busy until
// [Card.Close]. It is safe for concurrent use and does one thing at a time.
type Card struct {
	readers  *Readers
	reader   string
	number   uint32
	firmware attestation.Version
	shape    attestation.FormFactor // 0: it does not tell
	touch    func(Touch)

	mu   sync.Mutex
	dev  device // nil once closed
	lost error  // why, when not by Close
}

// oldest is the first firmware with AES management keys; 5.3 brought metadata.
func oldest() attestation.Version { return attestation.Version{Major: 5, Minor: 4} }

// Serial returns the number of the device, decimal.
func (c *Card) Serial() string { return formatSerial(c.number) }

// Reader returns the name of the reader that the card was found in.
func (c *Card) Reader() string { return c.reader }

// Firmware returns the version that the device says it has; attestation proves it.
func (c *Card) Firmware() attestation.Version { return c.firmware }

// Close lets go of the card, which then forgets that its PIN was verified. It waits for an operation
// that is under way, also for a touch. It may be called again.
func (c *Card) Close() error {
	c.mu.Lock()
	c.release()
	c.mu.Unlock()
	erase()
	c.readers.mu.Lock()
	defer c.readers.mu.Unlock()
	c.readers.forget(c)
	return nil
}

// erase clears what operations left on the heap. Large buffers of piv-go, in which results of ECDH came,
// go back to the kernel, which clears them.
func erase() {
	if secret.Erasing {
		secret.Erase()
		debug.FreeOSMemory()
	}
}

// release ends the connection. What fails then is of no consequence: the daemon ends it with the
// process.
func (c *Card) release() {
	if c.dev == nil {
		return
	}
	_, _ = c.dev.formFactor() // the card forgets the PIN
	_ = c.dev.close()
	c.dev = nil
}

// use lends the connection to f. One that broke is given up: its reader would stay taken.
func (c *Card) use(f func(device) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fault.At(c.Serial(), c.lend(f))
}

// lend is use for one who holds the mutex.
func (c *Card) lend(f func(device) error) (err error) {
	if c.dev == nil && c.lost != nil {
		return c.lost
	}
	if c.dev == nil {
		return token.ErrClosed
	}
	secret.Do(func() { err = f(c.dev) })
	if err = told(c.doubt(err)); gone(err) {
		_ = c.dev.close()
		c.dev, c.lost = nil, sentinel(err)
	}
	return err
}

// doubt tells a card that was pulled out from one that answered wrongly: readers may say "no answer"
// for a while before they notice. A card that does not even tell its number again is taken for gone.
func (c *Card) doubt(err error) error {
	if gone(err) || !errors.Is(err, ErrReader) && !errors.Is(err, ErrAnswer) {
		return err
	}
	n, again := c.dev.serial()
	switch {
	case gone(again):
		return again
	case again != nil || n != c.number:
		return caused(token.ErrRemoved, err)
	}
	return err
}

// sentinel strips err of the story of one operation.
func sentinel(err error) error {
	for _, is := range []error{ErrDaemon, errEndless} {
		if errors.Is(err, is) {
			return is
		}
	}
	return token.ErrRemoved
}

// usable closes a card that is too old to tell about itself.
func (c *Card) usable() error {
	if c.firmware.Less(oldest()) {
		_ = c.Close()
		return fault.At(c.Serial(), ErrFirmware)
	}
	return nil
}

// there reports whether the card, and no other one, still answers; one in the middle of an operation does. One
// that answers anything else is given up like one that was pulled out.
func (c *Card) there() bool {
	if !c.mu.TryLock() {
		return true
	}
	defer c.mu.Unlock()
	err := c.lend(func(d device) error {
		n, err := d.serial()
		if err == nil && n != c.number {
			err = token.ErrRemoved
		}
		return err
	})
	if err != nil && c.dev != nil {
		c.release()
		c.lost = token.ErrRemoved
	}
	return err == nil
}

// introduce asks the device who it is. A shape that it does not tell is left 0.
func (c *Card) introduce() (err error) {
	if c.shape, err = c.dev.formFactor(); gone(err) {
		return err
	}
	c.number, err = c.dev.serial()
	return err
}

// device is an exclusive connection to one card, as this package uses piv-go. Its errors are
// sentinels: [token.ErrRemoved], [ErrDaemon], [token.ErrLocked], *[token.PINError], *[PUKError],
// [errNotFound], [errDenied], [ErrUnlike], [ErrRoom], [ErrRefused], [ErrAnswer], [errEndless].
//
// The slices of secrets that it takes are lent for the call.
type device interface {
	close() error
	version() attestation.Version
	serial() (uint32, error)
	// formFactor reads the form factor from another applet. On the way the card forgets that the
	// PIN was verified and the management key proved.
	formFactor() (attestation.FormFactor, error)

	// metadata asks for what is public about a key, the PIN (80), PUK (81) or management key (9b).
	metadata(reference byte) ([]byte, error)
	// object reads a data object, put writes one, after authenticate.
	object(id uint32) ([]byte, error)
	put(id uint32, content []byte) error
	attest(slot attestation.Slot) ([]byte, error)

	verifyPIN(pin *secret.Bytes) error
	// setPIN, setPUK and unblock: [ErrCode] (object: PIN or PUK) where the card has rules for new codes.
	setPIN(old, new *secret.Bytes) error
	setPUK(old, new *secret.Bytes) error
	unblock(puk, newPIN *secret.Bytes) error
	// setRetries also sets PIN and PUK to their defaults.
	setRetries(management, pin *secret.Bytes, pinTries, pukTries int) error

	// authenticate proves the management key; a wrong one is [errDenied] and costs nothing.
	authenticate(management *secret.Bytes) error
	setManagement(old, new *secret.Bytes) error
	// generate makes a key under PIN once and touch always.
	generate(management *secret.Bytes, slot attestation.Slot, algorithm token.Algorithm) (crypto.PublicKey, error)

	// ecdh and sign wait for a touch.
	ecdh(slot attestation.Slot, key, peer *ecdh.PublicKey) ([]byte, error)
	sign(slot attestation.Slot, key token.SigningKey, message []byte) ([]byte, error)
}
