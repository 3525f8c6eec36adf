package token

import (
	"errors"
	"fmt"
)

// The ways in which a token can refuse or fail.
var (
	ErrPIN     = errors.New("token: wrong PIN")
	ErrLocked  = errors.New("token: the PIN is locked")
	ErrDamaged = errors.New("token: damaged, or its parts do not belong together")
	ErrBusy    = errors.New("token: in use by another process")
	ErrClosed  = errors.New("token: already closed")
	ErrPeer    = errors.New("token: the other key is missing or not on P-256")
	ErrRemoved = errors.New("token: pulled out during an operation")
	ErrAbsent  = errors.New("token: in none of the readers")
	ErrTouch   = errors.New("token: not touched in time")
)

// The ways in which a ledger head can be refused by a [HeadKeeper].
var (
	ErrBackwards = errors.New("token: the ledger is shorter than one this token has cosigned")
	ErrForked    = errors.New("token: another ledger of the same length was cosigned before")
	ErrHeads     = errors.New("token: remembers as many vaults as it can already")
)

// The ways in which a public key or an [Enrolment] can be refused.
var (
	ErrKey    = errors.New("token: not a public key of this kind")
	ErrTwin   = errors.New("token: sealing key and signing key are one and the same")
	ErrKind   = errors.New("token: unknown kind of token")
	ErrMode   = errors.New("token: this kind of token does not exist in this mode")
	ErrSerial = errors.New("token: not a serial number of this kind of token")
	ErrSlot   = errors.New("token: not a slot for a sealing key of this kind of token")
	ErrProof  = errors.New("token: the proof is not by the signing key")

	// ErrStatement: the error that wraps it names what the attestation says otherwise.
	ErrStatement  = errors.New("token: the attestation is of another device, slot or key")
	ErrUnattested = errors.New("token: no attestation shows where the keys were born")
)

// PINError is a wrong PIN, with the tries that are left. It is [ErrPIN], and also [ErrLocked]
// when no try is left.
type PINError struct{ Tries int }

func (e *PINError) Error() string { return fmt.Sprintf("%v, tries left: %d", ErrPIN, e.Tries) }

// Is makes errors.Is find [ErrPIN], and [ErrLocked] after the last try.
func (e *PINError) Is(target error) bool {
	return target == ErrPIN || target == ErrLocked && e.Tries == 0
}
