package piv

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

// Readers are the card readers of this machine. The zero value works. It is safe for concurrent
// use; a process has one, since it must tell its own cards from those that others hold.
type Readers struct {
	// Rand, if not nil, is where management keys come from instead of crypto/rand.
	Rand io.Reader

	most time.Duration // what one call may take that asks a card; zero: callTime

	mu   sync.Mutex // one reader is opened at a time
	open []*Card    // not closed yet
}

// callTime is twice what a YubiKey waits for a touch; nothing else takes it seconds.
const callTime = 30 * time.Second

// State is what [Readers.List] finds in a reader.
type State string

// The states of a reader.
const (
	Usable  State = "usable"  // a YubiKey with PIV, which nobody holds
	Held    State = "held"    // the same, and this process has it open
	Busy    State = "busy"    // another process holds it
	Empty   State = "empty"   // no card
	Foreign State = "foreign" // a card, but no YubiKey with PIV
	Failed  State = "failed"  // an error: Reader.Err
)

// Reader is a card reader and what is in it. A YubiKey on USB is a reader with its card inside.
type Reader struct {
	Name       string // as PC/SC gives it: changes with the port, tells nothing about the token; escape it
	State      State
	Serial     string // of the device, decimal; only where Usable or Held, as the next two
	Firmware   attestation.Version
	FormFactor attestation.FormFactor
	Holders    []string // processes that use smart cards, when Busy: `name (pid)`; nil when not known
	Err        error    // when Failed, or Foreign with the reason
}

// List looks into every reader, in the order of their names. It needs no PIN and changes nothing;
// each card is taken for some milliseconds, and what another process holds is left alone. Errors
// are about all readers at once: [ErrBuild], [ErrLibrary], [ErrDaemon], [ErrPermission], [ErrNoReader], the
// context's.
func (r *Readers) List(ctx context.Context) ([]Reader, error) {
	names, err := r.names(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Reader, 0, len(names))
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		one, card := r.look(name)
		if card != nil {
			_ = card.Close() // it was only looked at
		}
		list = append(list, one)
	}
	return list, nil
}

// Open takes the card with that serial number for this process alone, until [Card.Close]. touch, if
// not nil, is called before and after each wait for a touch.
//
// Errors: those of [Readers.List]; [token.ErrAbsent] when it is in no reader; [token.ErrBusy] when
// it is open already, or another process holds a reader in which it may be (the objects name
// reader and processes); [ErrFirmware]; [ErrNoSerial] of the number 0.
func (r *Readers) Open(ctx context.Context, serial string, touch func(Touch)) (*Card, error) {
	if serial == formatSerial(0) {
		return nil, fault.At(serial, ErrNoSerial)
	}
	if err := token.CheckSerial(token.KindPIV, serial); err != nil {
		return nil, fault.At(serial, err)
	}
	names, err := r.names(ctx)
	if err != nil {
		return nil, err
	}
	var busy error
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		one, card := r.look(name)
		switch {
		case card != nil && one.Serial == serial:
			card.touch = touch
			if err := card.usable(); err != nil {
				return nil, err
			}
			return card, nil
		case card != nil:
			_ = card.Close() // another one
		case one.State == Held && one.Serial == serial:
			return nil, fault.At(serial, token.ErrBusy)
		case one.State == Busy && busy == nil:
			busy = fault.At(name, HeldBy(one.Holders))
		}
	}
	if busy != nil {
		return nil, busy
	}
	return nil, fault.At(serial, token.ErrAbsent)
}

// HeldBy is [token.ErrBusy] of a reader, with the processes that may hold it as its object where they are known.
func HeldBy(holders []string) error {
	if len(holders) == 0 {
		return token.ErrBusy
	}
	return fault.At(strings.Join(holders, ", "), token.ErrBusy)
}

// names returns the names of the readers in order.
func (r *Readers) names(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	names, err := readerNames()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, ErrNoReader
	}
	slices.Sort(names)
	return names, nil
}

// look looks what is in a reader, and returns its card, open, when it is a YubiKey that nobody held.
func (r *Readers) look(name string) (Reader, *Card) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.held(name); c != nil {
		return Reader{Name: name, State: Held, Serial: c.Serial(), Firmware: c.firmware, FormFactor: c.shape}, nil
	}
	dev, err := openDevice(name, cmp.Or(r.most, callTime))
	if err != nil {
		return unusable(name, err), nil
	}
	c := &Card{readers: r, reader: name, firmware: dev.version(), dev: dev}
	if err := c.introduce(); err != nil {
		_ = dev.close()
		return unusable(name, err), nil
	}
	r.open = append(r.open, c)
	return Reader{Name: name, State: Usable, Serial: c.Serial(), Firmware: c.firmware, FormFactor: c.shape}, c
}

// held returns the card that this process has open in a reader. One that was pulled meanwhile is
// let go of: its reader would stay taken.
func (r *Readers) held(name string) *Card {
	for _, c := range slices.Clone(r.open) {
		if c.reader != name {
			continue
		}
		if c.there() {
			return c
		}
		r.forget(c)
	}
	return nil
}

// forget takes a closed card off the list. The caller holds the mutex.
func (r *Readers) forget(c *Card) {
	r.open = slices.DeleteFunc(r.open, func(o *Card) bool { return o == c })
}

// unusable says of a reader why there is no usable card in it.
func unusable(name string, err error) Reader {
	one := Reader{Name: name, State: Failed, Err: err}
	switch {
	case errors.Is(err, token.ErrAbsent):
		one.State, one.Err = Empty, nil
	case errors.Is(err, token.ErrBusy):
		one.State, one.Err, one.Holders = Busy, nil, holders()
	case errors.Is(err, ErrForeign):
		one.State = Foreign
	}
	return one
}

func formatSerial(serial uint32) string { return strconv.FormatUint(uint64(serial), 10) }
