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

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"bailiff/custody/fault"
)

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

// The folders and the one other file of a ledger.
const (
	entriesDir     = "entries"
	personalDir    = "personal"
	checkpointsDir = "checkpoints"
	lockFile       = "lock"
)

const (
	block   = 1000 // numbers in a folder of entries or personal parts
	ext     = ".txt"
	partExt = ".part" // what package durable leaves after a power cut
	perm    = 0o644
	dirPerm = 0o755

	personalPerm    = 0o600
	personalDirPerm = 0o700
)

// The names of files within a ledger, with slashes, as errors state them.

func blockName(dir string, n int64) string { return fmt.Sprintf("%s/%06d", dir, n/block) }

func entryName(n int64) string { return numbered(blockName(entriesDir, n), n) }

func personalName(n int64) string { return numbered(blockName(personalDir, n), n) }

func checkpointName(size int64) string { return numbered(checkpointsDir, size) }

func numbered(dir string, n int64) string { return fmt.Sprintf("%s/%012d%s", dir, n, ext) }

// path returns where the file of that name is.
func (l *Log) path(name string) string { return filepath.Join(l.dir, filepath.FromSlash(name)) }

// Sync makes durable what lies in the ledger. A run that was killed may have given an entry or a
// checkpoint its name and not synced the folder, so that a power cut can still take it away; whoever
// lets an act stand on it calls Sync first.
func (l *Log) Sync() error {
	folders := []string{".", entriesDir, personalDir, checkpointsDir}
	for _, dir := range []string{entriesDir, personalDir} {
		name := blockName(dir, max(0, l.Size()-1))
		found, err := l.exists(name)
		if err != nil {
			return err
		}
		if found {
			folders = append(folders, name)
		}
	}
	for _, name := range folders {
		if err := l.disk.SyncDir(l.path(name)); err != nil {
			return err
		}
	}
	return nil
}

// read reads a file of the ledger; errors name its path.
func (l *Log) read(name string, max int64) ([]byte, error) { return l.disk.Read(l.path(name), max) }

// exists reports whether there is anything of that name.
func (l *Log) exists(name string) (bool, error) {
	_, err := os.Lstat(l.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// files returns the numbers of the files of a folder, ascending, and the names of what was left
// over: the ".part" files and, if it is a block, the folder when it holds no file: it may have been
// made without having been made durable. Anything else there is [ErrUnexpected].
func (l *Log) files(dir string) (numbers []int64, leftovers []string, err error) {
	items, err := os.ReadDir(l.path(dir))
	if err != nil {
		return nil, nil, err
	}
	numbers = make([]int64, 0, len(items))
	for _, item := range items {
		name, part := strings.CutSuffix(item.Name(), partExt)
		digits, ok := strings.CutSuffix(name, ext)
		n, isNumber := parseName(digits, 12)
		if !ok || !isNumber || !item.Type().IsRegular() {
			return nil, nil, fault.At(dir+"/"+item.Name(), ErrUnexpected)
		}
		if part {
			leftovers = append(leftovers, dir+"/"+item.Name())
			continue
		}
		numbers = append(numbers, n)
	}
	if len(numbers) == 0 && dir != checkpointsDir {
		leftovers = append(leftovers, dir)
	}
	return numbers, leftovers, nil
}

// fileName is the name of a file of entries or personal parts within its block.
func fileName(n int64) string {
	digits := [12 + len(ext)]byte{}
	copy(digits[12:], ext)
	for i := 11; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return string(digits[:])
}

// blocks returns the numbers of the folders of a folder, ascending. Anything else there is
// [ErrUnexpected].
func (l *Log) blocks(dir string) ([]int64, error) {
	items, err := os.ReadDir(l.path(dir))
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, 0, len(items))
	for _, item := range items {
		n, ok := parseName(item.Name(), 6)
		if !ok || !item.IsDir() {
			return nil, fault.At(dir+"/"+item.Name(), ErrUnexpected)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// parseName reads a name of exactly width decimal digits.
func parseName(s string, width int) (int64, bool) {
	if len(s) != width || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}
