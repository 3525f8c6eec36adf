// Package custody is the life of a vault: it is made under a policy, batches are deposited and
// proved, one key is opened under a cosigned entry of the ledger, everything can be verified.
//
// A vault is a folder:
//
//	policies/    the policy, the officers' certificates, the tokens' enrolments
//	ledger/      entries, personal parts, checkpoints (package ledger)
//	batches/     sealed batches, immutable once closed (package batch)
//	trust.anchor what a platform pins
//	vault.lock   held by whoever writes
//
// The rules that all operations keep (docs/threat-model.md): the ledger comes first, so an act
// is recorded, durable and, where it opens a key, cosigned by at least k custodians before its
// effect; a key is opened by [Vault.OpenKey] only, which demands that entry; nothing is modified
// in place. Whoever gets past this package opens keys without leaving a trace.
package custody

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/machine"
	"bailiff/custody/policy"
	"bailiff/custody/token/attestation"
)

// The ways in which an operation on a vault can be refused.
var (
	ErrNoVault     = errors.New("custody: no vault here")
	ErrDamaged     = errors.New("custody: a file of the vault does not match its ledger")
	ErrNotMade     = errors.New("custody: what lies on the disk is not what was made")
	ErrUnknownFile = errors.New("custody: a file that does not belong into a vault")
	ErrStranger    = errors.New("custody: this token belongs to no custodian of the vault")
	ErrTwice       = errors.New("custody: two tokens of one custodian; a custodian counts once")
	ErrQuorum      = errors.New("custody: fewer custodians are present than the act needs")
	ErrHistory     = errors.New("custody: the ledger does not allow this act now")
	ErrNotCosigned = errors.New("custody: the entry that would allow this is not cosigned")
	ErrUnfinished  = errors.New("custody: an earlier ceremony is unfinished")
	ErrAbandoned   = errors.New("custody: the batch was abandoned")
	ErrNoBatch     = errors.New("custody: no such batch in this vault")
	ErrUnsealed    = errors.New("custody: the batch was begun and is not sealed")
	ErrNoKey       = errors.New("custody: no such key in this batch")
	ErrPublished   = errors.New("custody: the batch is not proved, so nothing of it may be published")
	ErrBurnt       = errors.New("custody: the key was opened as a sample and is burnt")
	ErrReserved    = errors.New("custody: the key is a reserve and was never published")
)

// Host is what an operation takes from its surroundings.
type Host struct {
	Disk     *durable.Disk
	Now      func() time.Time
	Rand     io.Reader   // cryptographically secure
	Software [32]byte    // SHA-256 of the running program
	Notice   func(Event) // told of each token operation before it begins; may be nil
	// Roots are those under which attestations of tokens verify. The programs leave it nil, which means
	// attestation.Yubico in production and attestation.Rehearsal in rehearsals.
	Roots *attestation.Roots
	// Machine looks at the machine and this process. Where it is nil nothing is known, and production refuses.
	Machine func() (machine.State, error)
}

// Event says that a token is about to be asked for one operation, which may wait for a touch.
type Event struct {
	Custodian, Serial string
	Act               Act
}

// Act is a token operation.
type Act string

// The two operations of a token.
const (
	ActSign Act = "sign" // cosign a checkpoint of the ledger
	ActOpen Act = "open" // open one share of one key
)

func (h Host) notice(e Event) {
	if h.Notice != nil {
		h.Notice(e)
	}
}

// Machine looks at the machine. In production it refuses one that is not fit to hold secrets in the clear:
// the errors of [machine.State.Check]. What opens or makes keys asks before it begins.
func (v *Vault) Machine() (machine.State, error) {
	state := machine.Unknown()
	if v.Host.Machine != nil {
		var err error
		if state, err = v.Host.Machine(); err != nil {
			return state, err
		}
	}
	if v.Policy.Mode == keyvalue.Production {
		return state, state.Check()
	}
	return state, nil
}

// Vault is an open vault. It is not safe for concurrent use.
type Vault struct {
	Host   Host
	Path   string
	Policy *policy.Policy
	Roster []byte // the officers' binary certificates, concatenated
	Log    *ledger.Log
	State  *State

	lock    *durable.Lock
	writes  bool                    // opened for writing
	fresh   int64                   // the first entry of this run; those before it lay on the disk
	proved  map[string]bool         // batches whose sample this run has opened
	batches map[string]*batch.Batch // open ones
}

// mayWrite refuses an act on a vault that was opened for reading, which another program may be
// changing.
func (v *Vault) mayWrite() error {
	if !v.writes {
		return fault.At(lockFile, fs.ErrPermission)
	}
	return nil
}

// Close closes the batches that were read, and releases the lock of a vault that was opened for
// writing.
func (v *Vault) Close() error {
	var errs []error
	for _, b := range v.batches {
		errs = append(errs, b.Close())
	}
	v.batches, v.writes = nil, false
	if v.lock != nil {
		errs = append(errs, v.lock.Unlock())
		v.lock = nil
	}
	return errors.Join(errs...)
}

// Paths within a vault.
const (
	policyFile   = "policies/000000.policy"
	rosterFile   = "policies/000000-officers.pgp"
	anchorFile   = "trust.anchor"
	lockFile     = "vault.lock"
	ledgerFolder = "ledger"
	batchFolder  = "batches"
)

func enrolmentFile(custodian string, index int) string {
	return "policies/000000-" + custodian + "-" + string(rune('0'+index)) + ".enrolment"
}

func (v *Vault) file(name string) string { return filepath.Join(v.Path, filepath.FromSlash(name)) }

// BatchPath returns the folder of a batch.
func (v *Vault) BatchPath(batch string) string { return filepath.Join(v.Path, batchFolder, batch) }

// batch opens a batch whose root is in the ledger, and checks its manifest against it.
func (v *Vault) batch(id string) (*batch.Batch, *BatchState, error) {
	st, err := v.sealed(id)
	if err != nil {
		return nil, nil, err
	}
	if b := v.batches[id]; b != nil {
		return b, st, nil
	}
	b, err := batch.Open(v.Host.Disk, v.BatchPath(id))
	if err != nil {
		return nil, nil, fault.At(id, err)
	}
	if err := v.checkManifest(b, st); err != nil {
		return nil, nil, errors.Join(err, b.Close())
	}
	if v.batches == nil {
		v.batches = map[string]*batch.Batch{}
	}
	v.batches[id] = b
	return b, st, nil
}
