// Package soft is a token that is a file, for rehearsals, training and tests.
//
// `NAME.token` is written once and holds the public keys and, under the PIN, the private ones:
//
//	bailiff-soft-token/1
//	mode: rehearsal
//	serial: 40271836
//	sealing: p256:03…
//	signing: ed25519:…
//	secrets: <base64 of an age file in passphrase mode: P-256 scalar, Ed25519 seed>
//
// `sed -n 's/^secrets: //p' NAME.token | base64 -d | age -d` shows the 64 secret bytes.
// `NAME.state` beside it counts the tries of the PIN and keeps the last ledger head of each vault;
// it is the only file that is replaced. `NAME.lock` keeps two processes from changing it at once.
//
//	bailiff-soft-state/1
//	serial: 40271836
//	tries: 3
//	head: 5f0c… 112 8d3a…
//
// A try is taken off durably before the PIN is tried, and given back when it was right, so a
// power cut never gives a try away. A state file that is missing, damaged or another token's is
// refused, never made anew. Docs/formats.md, "Software token", is the whole definition.
//
// None of this stops a thief of the files, who can restore the state file and try PINs at 2^16
// rounds of scrypt each: that is why such a token says rehearsal in all that it signs up for, and
// production refuses it. If this package is wrong, a rehearsal proves less than it seems to, and a
// key pair could be used that is not the one in the policy.
package soft

import (
	"crypto/ecdh"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/token"
)

const (
	tokenSuffix = ".token"
	stateSuffix = ".state"
	lockSuffix  = ".lock"

	maxFile  = 4096 // bytes of either file, checked before they are parsed
	maxTries = 3    // of the PIN
)

// The ways in which this package alone can refuse.
var (
	ErrName    = errors.New("soft: the name of a token file ends in .token")
	ErrPINForm = errors.New("soft: a PIN is 4 to 64 printable ASCII characters without blanks")
	ErrRandom  = errors.New("soft: the source of randomness repeats itself")

	errLocked = fmt.Errorf("%w; a software token cannot be unlocked: create a new one and rehearse its enrolment", token.ErrLocked)
)

// File is a token's file: its public part, and the way to the private one. It is safe for
// concurrent use.
type File struct {
	disk *durable.Disk
	path string
	contents
	mu sync.Mutex // of the state file, within this process
}

// Open reads the public part of the token at path, which ends in .token ([ErrName]), and
// checks that its state file is whole. Errors: fs.ErrNotExist when there is no such token,
// [token.ErrDamaged] when one of the two files is not as [Create] and [File.Unlock] leave them, or
// the state file is missing.
func Open(d *durable.Disk, path string) (*File, error) {
	if !strings.HasSuffix(path, tokenSuffix) {
		return nil, fault.At(path, ErrName)
	}
	data, err := read(d, path)
	if err != nil {
		return nil, err
	}
	c, err := parseContents(data)
	if err != nil {
		return nil, fault.At(path, damaged(err))
	}
	f := &File{disk: d, path: path, contents: *c}
	if _, err := f.state(); err != nil {
		return nil, err
	}
	return f, nil
}

// Identity says which token this is: always one for rehearsals.
func (f *File) Identity() token.Identity {
	return token.Identity{Kind: token.KindSoft, Serial: f.serial, Rehearsal: true}
}

// SealingKey returns the P-256 public key as the file states it; [File.Unlock] proves it.
func (f *File) SealingKey() *ecdh.PublicKey { return f.sealing }

// SigningKey returns the Ed25519 public key as the file states it; [File.Unlock] proves it.
func (f *File) SigningKey() token.SigningKey { return f.signing }

// Tries returns how many times a PIN may still be tried, 0 to 3; 0 for ever.
func (f *File) Tries() (int, error) {
	s, err := f.state()
	return s.tries, err
}

// Used reports whether the token has cosigned in any vault.
func (f *File) Used() (bool, error) {
	s, err := f.state()
	return len(s.heads) > 0, err
}

// state reads the state file and checks that it is this token's.
func (f *File) state() (state, error) {
	path := sibling(f.path, stateSuffix)
	s, err := readState(f.disk, path)
	if errors.Is(err, fs.ErrNotExist) {
		return state{}, fault.At(f.path, damaged(err))
	}
	if err != nil {
		return state{}, err
	}
	if s.serial != f.serial {
		return state{}, fault.At(path, token.ErrDamaged)
	}
	return s, nil
}

// update lets change alter the state, and stores the result before it returns. Nobody else changes
// the state meanwhile. When change fails nothing is stored.
func (f *File) update(change func(*state) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock, err := lock(f.disk, f.path)
	if err != nil {
		return err
	}
	defer unlock()
	return f.change(change)
}

// change is update for a caller that holds both locks. It stores the state even if change left it
// as it was, since the one on disk may not be durable yet.
func (f *File) change(change func(*state) error) error {
	s, err := f.state()
	if err != nil {
		return err
	}
	if err := change(&s); err != nil {
		return fault.At(f.path, err)
	}
	data, err := s.format()
	if err != nil {
		return fault.At(f.path, err)
	}
	return f.disk.Replace(sibling(f.path, stateSuffix), data, statePerm)
}

// lock keeps other processes from the token at path until the function that it returns is called.
func lock(d *durable.Disk, path string) (unlock func(), err error) {
	held, err := d.Lock(sibling(path, lockSuffix))
	if errors.Is(err, durable.ErrLocked) {
		return nil, fault.At(path, token.ErrBusy)
	}
	if err != nil {
		return nil, err
	}
	return func() { _ = held.Unlock() }, nil // nothing is lost: the lock ends with the process
}

// read returns the content of a file of ours; what cannot be one is [token.ErrDamaged].
func read(d *durable.Disk, path string) ([]byte, error) {
	data, err := d.Read(path, maxFile)
	if errors.Is(err, durable.ErrNotRegular) || errors.Is(err, durable.ErrTooLarge) {
		return nil, damaged(err)
	}
	return data, err
}

// sibling returns the path of a token's other file.
func sibling(path, suffix string) string { return strings.TrimSuffix(path, tokenSuffix) + suffix }

// damaged says of what should have been whole that it is not, and keeps the cause.
func damaged(cause error) error { return fmt.Errorf("%w: %w", token.ErrDamaged, cause) }
