//go:build cgo

package piv

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"
	"unsafe"

	pivgo "github.com/go-piv/piv-go/v2/piv"

	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv/pcsclib"
)

// Linked reports whether this build reaches smart cards.
const Linked = true

// yubikey is a [device] through piv-go.
type yubikey struct {
	yk    *pivgo.YubiKey
	lines map[int]bool  // its connections to the daemon
	most  time.Duration // what one call may take
}

// readerNames lists the readers. None is no error here.
func readerNames() (names []string, err error) {
	err = service(guard(func() error { names, err = pivgo.Cards(); return err }))
	return names, err
}

// openDevice takes the card in a reader. [token.ErrAbsent]: there is none; [token.ErrBusy];
// [ErrForeign]. Calls do not overlap.
//
// A reader that is taken is asked for again for a while: many programs look at a card and let go, and the
// daemon takes a moment to free the reader of a connection that openOnce cut.
//
// No call takes longer than most: see [bounded].
func openDevice(name string, most time.Duration) (device, error) {
	const tries, pause = 6, 50 * time.Millisecond
	for range tries {
		d, err := openOnce(name, most)
		if !errors.Is(err, token.ErrBusy) {
			return d, err
		}
		time.Sleep(pause)
	}
	return openOnce(name, most)
}

// openOnce opens the card in a reader. When the card has no PIV applet, piv-go forgets a connection that
// keeps the reader taken until the process ends, whatever card comes into it. So that connection is
// cut from below.
func openOnce(name string, most time.Duration) (device, error) {
	before := connections()
	var yk *pivgo.YubiKey
	lines := func() map[int]bool { return since(before) }
	err := bounded(most, lines, func() (err error) { yk, err = pivgo.Open(name); return err })
	if err == nil {
		return &yubikey{yk, lines(), most}, nil
	}
	cut(before, errors.Is(err, ErrReader) || gone(err))
	switch {
	case errors.Is(err, token.ErrRemoved):
		return nil, caused(token.ErrAbsent, err)
	case errors.Is(err, errNotFound), errors.Is(err, ErrRefused), errors.Is(err, ErrAnswer), errors.Is(err, errDenied),
		errors.Is(err, ErrUnlike), errors.Is(err, ErrRoom):
		return nil, caused(ErrForeign, err)
	}
	return nil, service(err)
}

// guard makes one call of piv-go and translates its error.
//
// The call has a goroutine of its own. With runtime/secret, as the release build has it, Go 1.26
// crashes when C is called within [secret.Do], where callers are; a new goroutine is outside. And
// piv-go panics on some short answers.
func guard(call func() error) error { return translate(<-begin(call)) }

func begin(call func() error) <-chan error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("%w (%v)", ErrAnswer, r)
			}
		}()
		if err := pcsclib.Load(); err != nil {
			done <- caused(ErrLibrary, err)
			return
		}
		done <- call()
	}()
	return done
}

// bounded is guard for a call that asks the card. piv-go asks a card that says there is more (61xx) for
// more, without an end, and keeps all of it. A call that takes longer than most is ended from below, by
// shutting down its connections to the daemon: [errEndless].
func bounded(most time.Duration, lines func() map[int]bool, call func() error) error {
	done := begin(call)
	select {
	case err := <-done:
		return translate(err)
	case <-time.After(most):
	}
	hangUp(lines())
	<-done
	return errEndless
}

func (y *yubikey) guard(call func() error) error {
	return bounded(y.most, func() map[int]bool { return y.lines }, call)
}

func (y *yubikey) close() error { return guard(y.yk.Close) }

func (y *yubikey) version() attestation.Version {
	v := y.yk.Version()
	return attestation.Version{Major: uint8(v.Major), Minor: uint8(v.Minor), Patch: uint8(v.Patch)}
}

func (y *yubikey) serial() (n uint32, err error) {
	err = y.guard(func() error { n, err = y.yk.Serial(); return err })
	return n, err
}

func (y *yubikey) formFactor() (attestation.FormFactor, error) {
	var f pivgo.Formfactor
	err := y.guard(func() (err error) { f, err = y.yk.FormFactor(); return err })
	return attestation.FormFactor(f), err
}

func (y *yubikey) attest(slot attestation.Slot) (der []byte, err error) {
	err = y.guard(func() error {
		cert, err := y.yk.Attest(slotOf(slot))
		if err == nil {
			der = cert.Raw
		}
		return err
	})
	return der, err
}

// lent lends a PIN or PUK to piv-go, whose API takes strings. The string is the secret's own locked
// memory, not a copy. Copies that stay on the Go heap until that memory is used again are those that
// piv-go makes of it, padded and in the command, outside of [secret.Do] as guard explains. So do the
// answer with the result of an ECDH, which is large enough to be given back to the kernel whole, and
// what libpcsclite and the daemon keep of commands that they passed on.
func lent(s *secret.Bytes) string {
	b := s.Expose()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// slotOf gives piv-go's name of a slot, with the object of its certificate. The device's own slot f9
// and those that are not of this package are not asked for.
func slotOf(slot attestation.Slot) pivgo.Slot {
	if s, ok := pivgo.RetiredKeyManagementSlot(uint32(slot)); ok {
		return s
	}
	return pivgo.Slot{Key: uint32(slot), Object: certificateObject(slot)}
}

// authenticate lets piv-go prove the key before a generation that it then refuses by itself: there
// is no call that only proves it.
func (y *yubikey) authenticate(management *secret.Bytes) error {
	return wrongKey(y.guard(func() error {
		_, err := y.yk.GenerateKey(management.Expose(), pivgo.SlotSignature, pivgo.Key{})
		if err != nil && err.Error() == "unsupported algorithm" {
			return nil
		}
		return err
	}))
}

// wrongKey says of a management key that it is not the right one.
func wrongKey(err error) error {
	if err != nil && (strings.Contains(err.Error(), "invalid management key length") || strings.Contains(err.Error(), "challenge failed")) {
		return caused(errDenied, err)
	}
	return err
}

func (y *yubikey) setManagement(old, new *secret.Bytes) error {
	return wrongKey(y.guard(func() error { return y.yk.SetManagementKey(old.Expose(), new.Expose()) }))
}

func (y *yubikey) setRetries(management, pin *secret.Bytes, pinTries, pukTries int) error {
	return y.triedPIN(func() error { return y.yk.SetRetries(management.Expose(), lent(pin), pinTries, pukTries) })
}

func (y *yubikey) generate(management *secret.Bytes, slot attestation.Slot, algorithm token.Algorithm) (key crypto.PublicKey, err error) {
	options := pivgo.Key{Algorithm: pivgo.AlgorithmEC256, PINPolicy: pivgo.PINPolicyOnce, TouchPolicy: pivgo.TouchPolicyAlways}
	if algorithm == token.Ed25519 {
		options.Algorithm = pivgo.AlgorithmEd25519
	}
	err = wrongKey(y.guard(func() error {
		key, err = y.yk.GenerateKey(management.Expose(), slotOf(slot), options)
		return err
	}))
	return key, err
}

func (y *yubikey) ecdh(slot attestation.Slot, key, peer *ecdh.PublicKey) (shared []byte, err error) {
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), key.Bytes())
	if err != nil {
		return nil, caused(token.ErrDamaged, err)
	}
	err = y.guard(func() error {
		private, err := y.private(slot, public)
		if err != nil {
			return err
		}
		shared, err = private.(*pivgo.ECDSAPrivateKey).ECDH(peer)
		return err
	})
	theirs := shared
	defer clear(theirs)
	return bytes.Clone(shared), y.untouched(err)
}

func (y *yubikey) sign(slot attestation.Slot, key token.SigningKey, message []byte) (signature []byte, err error) {
	options := crypto.Hash(0)
	if key.Algorithm() == token.ECDSAP256 {
		digest := sha256.Sum256(message)
		message, options = digest[:], crypto.SHA256
	}
	err = y.guard(func() error {
		private, err := y.private(slot, key.Public())
		if err != nil {
			return err
		}
		signature, err = private.(crypto.Signer).Sign(nil, message, options)
		return err
	})
	return signature, y.untouched(err)
}

// private is a key that piv-go uses without asking for the PIN first, which was verified before: under
// any other policy than this it would spend a command to ask the card, or the PIN itself.
func (y *yubikey) private(slot attestation.Slot, public crypto.PublicKey) (crypto.PrivateKey, error) {
	return y.yk.PrivateKey(slotOf(slot), public, pivgo.KeyAuth{PINPolicy: pivgo.PINPolicyNever})
}

// untouched tells a touch that was not given from a PIN that the card has forgotten: it says the same
// of both. A card forgets when it was reset, so that it is to be opened again.
func (y *yubikey) untouched(err error) error {
	if !errors.Is(err, errDenied) {
		return err
	}
	_, ask := y.raw(insVerify, 0, refPIN, nil)
	switch {
	case ask == nil:
		return caused(token.ErrTouch, err)
	case gone(ask):
		return ask
	}
	return caused(token.ErrRemoved, err)
}
