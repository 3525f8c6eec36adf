// Package ledger keeps the register of a vault: what was done, when, in which order, and who
// vouched for it.
//
// It is a folder in which no file ever changes:
//
//	entries/000000/000000000000.txt    an act (bailiff-entry/1), numbered without gaps
//	personal/000000/000000000000.txt   its personal part (bailiff-personal/1), erasable by law
//	checkpoints/000000000001.txt       size and root of the log, cosigned by custodians
//	lock                               held while something is added
//
// The entries are the leaves of the Merkle tree of RFC 9162 §2.1.1. A leaf hash by hand:
//
//	(printf '\0'; cat entries/000000/000000000000.txt) | sha256sum
//
// A checkpoint is a C2SP signed note with cosignatures of type 0x04 (c2sp.org/signed-note,
// c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature). An inclusion proof (bailiff-proof/1)
// shows that an entry stands below the root of a checkpoint. All the formats are in
// docs/formats.md, "Ledger"; each has one encoding, and a reader refuses every other.
//
// An entry is durable before its act takes effect, and its personal part before the entry, so
// that a power cut leaves at worst a ".part" file, an empty folder or a personal part without an
// entry. [Open] passes over them, [Log.Leftovers] names them, the next [Log.Append] removes them.
//
// Were this package wrong, whoever holds the disk could take back, reorder or invent acts: use
// an order twice, hide a release, show two parties two histories. What it cannot see by itself
// is a ledger that was cut short together with its checkpoints; the head that each custodian
// keeps shows that ([Log.CheckHead]).
package ledger

import "errors"

// MaxSize is the largest number of entries in a ledger and of leaves in a [Tree]. It is bound
// by the six digits of the names of folders.
const MaxSize = 1_000_000_000

// Largest files that are read, in bytes.
const (
	maxEntry      = 160 << 10
	maxPersonal   = 1 << 20
	maxCheckpoint = 16 << 10
	maxProof      = 16 << 10
)

// What can be wrong with an entry and with the files of a ledger.
var (
	ErrKind       = errors.New("ledger: unknown kind of entry")
	ErrFirst      = errors.New("ledger: the first entry is not policy number 0, or that policy comes again")
	ErrVault      = errors.New("ledger: belongs to another vault")
	ErrNumber     = errors.New("ledger: the entry's number is not that of its file")
	ErrGap        = errors.New("ledger: an entry is missing before this one")
	ErrTime       = errors.New("ledger: the entry is older than the one before it")
	ErrUnexpected = errors.New("ledger: a file or folder that does not belong here")
	ErrFolder     = errors.New("ledger: a folder of the ledger is missing")
	ErrPersonal   = errors.New("ledger: the personal part is not the one that the entry names")
	ErrErased     = errors.New("ledger: the personal part is not there any more")
	ErrChanged    = errors.New("ledger: the file changed since the ledger was opened")
	ErrNone       = errors.New("ledger: there is no such entry, checkpoint or personal part")
)

// What can be wrong when something is added.
var (
	ErrClock  = errors.New("ledger: the clock is before the time of the last entry")
	ErrMoved  = errors.New("ledger: another program has added to it; open it again")
	ErrReopen = errors.New("ledger: an earlier write failed; open it again to see what is there")
	ErrOld    = errors.New("ledger: a checkpoint of this size or a larger one is there already")
	ErrFull   = errors.New("ledger: the largest number of entries is reached")
)

// What can be wrong with a history: these two mean that disks must be kept as evidence.
var (
	ErrStale = errors.New("ledger: entries are missing at the end; this copy is older than what was signed")
	ErrFork  = errors.New("ledger: another history was signed; two ledgers exist")
)
