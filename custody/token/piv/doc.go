// Package piv is the token that is a YubiKey: the PIV applet (NIST SP 800-73-4 and Yubico's
// extensions) through PC/SC and go-piv/piv-go.
//
// What a token that bailiff prepared holds:
//
//	9c      signing key: Ed25519, or P-256 in rehearsals with firmware before 5.7; PIN once, touch always
//	82-95   one sealing key for each vault: P-256; PIN once, touch always
//	        and beside each of these keys a certificate, a label for other tools that proves nothing
//	5fc109  management key (AES-192, random), readable with the PIN only: as ykman keeps it
//	5fff00  note for ykman that it does so
//	5f4241, 5f4242  data object of bailiff, in turn: what is being prepared, and the last ledger
//	        head of each vault (docs/formats.md, "Data object of a card")
//
// The way of a card: [Readers.List] shows the readers, [Readers.Open] takes one card for this
// process alone, [Card.Unlock] tries the PIN and gives the [Token]. Ask for the PIN before Open:
// Windows resets a card that was idle for ten seconds. Each ECDH and each signature is one touch,
// announced to the caller ([Touch]) before the wait, which cannot be interrupted: Close waits for
// it, at most the 15 seconds after which the device gives up by itself.
//
// What is pulled out, reset (suspend) or cut off from its daemon fails with [token.ErrRemoved] or
// [ErrDaemon], and [Token.Reopen] with the PIN goes on. No PIN is ever tried twice by this package,
// and none that cannot be one. A process that holds the reader is named where the kernel tells.
//
// The PC/SC library is loaded by the first call that wants a card (package pcsclib): [ErrLibrary] where
// there is none. Without cgo there is no PC/SC: the same calls fail with [ErrBuild].
//
// Were this package wrong, a custodian's PIN could be burnt by a program that repeats itself, a key
// of somebody else's overwritten, or a key used that is not the one in the policy.
package piv

import (
	"errors"
	"fmt"

	"bailiff/custody/fault"
	"bailiff/custody/token"
)

// The ways in which the machine can be at fault. Beside them: [token.ErrBusy] for a reader that
// another process holds, with its name as the object where it is known.
var (
	ErrBuild      = errors.New("piv: this build cannot use smart cards")
	ErrLibrary    = errors.New("piv: the smart card library cannot be loaded")
	ErrDaemon     = errors.New("piv: the smart card daemon is not running")
	ErrPermission = errors.New("piv: no permission to use the smart card daemon")
	ErrNoReader   = errors.New("piv: no card reader")
	ErrReader     = errors.New("piv: the reader cannot talk to its card")
)

// The ways in which a card can be at fault. Beside them: [token.ErrAbsent], [token.ErrRemoved],
// [token.ErrTouch], [token.ErrLocked] and *[token.PINError].
var (
	ErrForeign   = errors.New("piv: not a YubiKey with PIV")
	ErrFirmware  = errors.New("piv: firmware older than 5.4")
	ErrAnswer    = errors.New("piv: the card does not answer as a YubiKey does")
	ErrRefused   = errors.New("piv: the card refuses")
	ErrEmptySlot = errors.New("piv: no key in this slot")
	ErrOtherKey  = errors.New("piv: another key than the enrolled one in this slot")
	ErrOrigin    = errors.New("piv: the key was not made in the device under PIN once and touch always")
	ErrOtherCard = errors.New("piv: another device than the enrolled one")
	ErrDefault   = errors.New("piv: PIN, PUK or management key is still the default")
	ErrUnlike    = errors.New("piv: the card does not keep or answer what a YubiKey does")
	ErrRoom      = errors.New("piv: the card has no room left")
	ErrNoDevice  = errors.New("piv: there is no certificate of the device in slot f9")
	ErrNoSerial  = errors.New("piv: the card tells no serial number")
	ErrCurve     = errors.New("piv: the signing key is on P-256, which production refuses")
	ErrObject    = errors.New("piv: the data object of bailiff is damaged")
)

// The ways in which preparing a card, or what a caller asks for, can be refused.
var (
	ErrInUse      = errors.New("piv: the token is in use already")
	ErrSerial     = errors.New("piv: not the serial number of this token")
	ErrOccupied   = errors.New("piv: the slot holds a key that bailiff did not make")
	ErrFull       = errors.New("piv: no retired slot is free")
	ErrManagement = errors.New("piv: the management key is needed and not known")
	ErrAlgorithm  = errors.New("piv: the firmware has no such signing key")
	ErrMessage    = errors.New("piv: too long to be signed by a card")
	ErrPINForm    = errors.New("piv: a PIN has 6 to 8 printable ASCII characters without blanks")
	ErrPUKForm    = errors.New("piv: a PUK has 8 printable ASCII characters without blanks")
	ErrCode       = errors.New("piv: the card does not accept this code as a new one")
	ErrWeak       = errors.New("piv: a default, or too easy to guess")
	ErrPUK        = errors.New("piv: wrong PUK")
	ErrPUKLocked  = errors.New("piv: the PUK is locked")
)

// What this package knows of an answer, for itself.
var (
	errNotFound   = errors.New("piv: nothing there")
	errDenied     = errors.New("piv: the card wants PIN, touch or management key first")
	errContent    = fmt.Errorf("%w: what the command says", ErrRefused)
	errConditions = fmt.Errorf("%w: now, or under its rules", ErrRefused)
	errEndless    = fmt.Errorf("%w: it does not come to an end", ErrAnswer)
)

// PUKError is a wrong PUK, with the tries that are left. It is [ErrPUK], and also [ErrPUKLocked]
// when no try is left.
type PUKError struct{ Tries int }

func (e *PUKError) Error() string { return fmt.Sprintf("%v, tries left: %d", ErrPUK, e.Tries) }

// Is makes errors.Is find [ErrPUK], and [ErrPUKLocked] after the last try.
func (e *PUKError) Is(target error) bool {
	return target == ErrPUK || target == ErrPUKLocked && e.Tries == 0
}

// caused says what went wrong in words of this package, and keeps the words of the layer below.
func caused(sentinel, cause error) error { return fmt.Errorf("%w (%v)", sentinel, cause) }

// unlike names what the card does not keep, or has no room for.
func unlike(object string, err error) error {
	if errors.Is(err, ErrUnlike) || errors.Is(err, ErrRoom) {
		return fault.At(object, err)
	}
	return err
}

// told says in words that leave this package what it would otherwise tell itself only: nothing where every
// YubiKey has something, or a refusal that nobody expected.
func told(err error) error {
	switch {
	case errors.Is(err, errNotFound):
		return caused(ErrUnlike, err)
	case errors.Is(err, errDenied):
		return caused(ErrRefused, err)
	}
	return err
}

// gone reports whether the connection to the card is of no more use.
func gone(err error) bool {
	return errors.Is(err, token.ErrRemoved) || errors.Is(err, ErrDaemon) || errors.Is(err, errEndless)
}
