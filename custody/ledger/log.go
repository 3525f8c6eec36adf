package ledger

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
)

// Log is an open ledger. It keeps the hashes of the tree in memory;
// what it hands out it reads again from the disk and compares with them. Its methods may be
// called at once by many, except [Log.Append] and [Log.AddCheckpoint], which want it alone.
type Log struct {
	disk        *durable.Disk
	dir         string
	vault       string
	tree        Tree
	last        time.Time // of the last entry
	checkpoints []int64   // sizes, ascending
	leftovers   []string
	failed      bool // a write failed: what is on the disk is not known
}

// Create makes an empty ledger: the folder dir and those in it, in place at once or not at all.
// It wraps [durable.ErrExists] when there is something of that name.
func Create(d *durable.Disk, dir, vault string) (*Log, error) {
	if err := keyvalue.CheckVaultID(vault); err != nil {
		return nil, fault.At("vault", err)
	}
	fresh := dir + partExt
	if err := d.RemoveAll(fresh); err != nil {
		return nil, err
	}
	if err := d.Mkdir(fresh, dirPerm); err != nil {
		return nil, err
	}
	for name, perm := range map[string]fs.FileMode{entriesDir: dirPerm, personalDir: personalDirPerm, checkpointsDir: dirPerm} {
		if err := d.Mkdir(filepath.Join(fresh, name), perm); err != nil {
			return nil, err
		}
	}
	if err := d.RenameDir(fresh, dir); err != nil {
		return nil, err
	}
	return Open(d, dir, vault)
}

// Vault returns the id of the vault whose ledger this is.
func (l *Log) Vault() string { return l.vault }

// Size returns the number of entries.
func (l *Log) Size() int64 { return l.tree.Size() }

// Root returns the root over all entries.
func (l *Log) Root() tlog.Hash { return l.tree.Root() }

// RootAt returns the root over the first size entries, or [ErrNone] when there are fewer.
func (l *Log) RootAt(size int64) (tlog.Hash, error) { return l.tree.RootAt(size) }

// Prove returns the proof that entry index stands among the first size entries.
func (l *Log) Prove(index, size int64) (*Proof, error) { return l.tree.ProveAt(index, size) }

// Leftovers returns the names, within the ledger's folder, of what an interrupted write left:
// ".part" files, empty folders, the personal part of an entry that never came. [Open] ignores them;
// the next [Log.Append] or [Log.AddCheckpoint] removes them.
func (l *Log) Leftovers() []string { return slices.Clone(l.leftovers) }

// Entry reads an entry, and its file's bytes, which have the hash that they had when the ledger
// was opened ([ErrChanged] if not). [ErrNone] when there is no such entry.
func (l *Log) Entry(n int64) (*Entry, []byte, error) {
	leaf, err := l.tree.Leaf(n)
	if err != nil {
		return nil, nil, err
	}
	data, err := l.read(entryName(n), maxEntry)
	if err != nil {
		return nil, nil, err
	}
	if LeafHash(data) != leaf {
		return nil, nil, fault.At(entryName(n), ErrChanged)
	}
	e, err := ParseEntry(data)
	if err != nil {
		return nil, nil, fault.At(entryName(n), err)
	}
	return e, data, nil
}

// Personal reads the personal part of an entry and compares it with the entry ([ErrPersonal]).
// [ErrErased] when the entry names one that is not there, [ErrNone] when it names none.
func (l *Log) Personal(n int64) ([]byte, error) {
	e, _, err := l.Entry(n)
	if err != nil {
		return nil, err
	}
	if e.Personal == nil {
		return nil, fault.At(personalName(n), ErrNone)
	}
	data, err := l.readPart(e)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.At(personalName(n), ErrErased)
	}
	return data, err
}

// Entries reads all entries in order. It ends after the first error.
func (l *Log) Entries() iter.Seq2[*Entry, error] { return l.Range(0, l.Size()) }

// Tail reads the entries that no checkpoint covers yet.
func (l *Log) Tail() iter.Seq2[*Entry, error] { return l.Range(l.covered(), l.Size()) }

// Range reads the entries from number from up to, and without, number to. It ends after the
// first error.
func (l *Log) Range(from, to int64) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		for n := from; n < to; n++ {
			e, _, err := l.Entry(n)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// CheckHead compares a head that somebody kept (a token, the minutes) with this ledger. It
// returns [ErrStale] when the ledger is shorter, and [ErrFork] when the ledger had another root
// at that size.
func (l *Log) CheckHead(h token.Head) error {
	at := fmt.Sprintf("size %d", h.Size)
	if h.Size > l.Size() {
		return fault.At(at, ErrStale)
	}
	root, err := l.RootAt(h.Size)
	if err != nil {
		return err
	}
	if root != tlog.Hash(h.Root) {
		return fault.At(at, ErrFork)
	}
	return nil
}

// Append records an act: the next entry, at that time (cut to
// seconds). When it returns, the entry is durable, and so was the personal part before it; nil
// stands for none. The caller lets the act take effect only then.
//
// Nothing is written when the entry could not be read back (the errors of [ParseEntry] and
// [ParsePersonal]), when the first entry is not policy number 0 or a later one is ([ErrFirst]),
// when now is before the last entry ([ErrClock]), or when another program holds the ledger
// ([durable.ErrLocked]) or has added to it ([ErrMoved]). When a write fails the entry may or may
// not be there: the log refuses further writes with [ErrReopen], and opening it anew tells.
func (l *Log) Append(act Act, now time.Time, personal []byte) (*Entry, error) {
	e := &Entry{Vault: l.vault, Number: l.Size(), Time: now.UTC().Truncate(time.Second), Act: act}
	data, err := l.draft(e, personal)
	if err != nil {
		return nil, err
	}
	lock, err := l.begin()
	if err != nil {
		return nil, err
	}
	defer func() { _ = lock.Unlock() }() // it ends with the process at the latest
	if err := l.store(e.Number, data, personal); err != nil {
		l.failed = true
		return nil, err
	}
	read := summary(e, LeafHash(data))
	if err := l.accept(&read); err != nil {
		return nil, err
	}
	return e, nil
}

// draft completes the entry and checks all that can be checked before anything is written.
func (l *Log) draft(e *Entry, personal []byte) ([]byte, error) {
	switch {
	case e.Number == MaxSize:
		return nil, ErrFull
	case e.Time.Before(l.last):
		return nil, fault.At(keyvalue.FormatTime(e.Time), ErrClock)
	}
	if personal != nil {
		if err := checkPersonal(e.Act.Kind(), personal); err != nil {
			return nil, err
		}
		digest := sha256.Sum256(personal)
		e.Personal = &digest
	}
	data, err := e.Format()
	if err != nil {
		return nil, err
	}
	read := summary(e, LeafHash(data))
	return data, l.fits(&read)
}

// begin takes the lock and makes sure that this log is still what is on the disk.
func (l *Log) begin() (*durable.Lock, error) {
	if l.failed {
		return nil, ErrReopen
	}
	lock, err := l.disk.Lock(l.path(lockFile))
	if err != nil {
		return nil, err
	}
	if err := l.prepare(); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return lock, nil
}

// prepare removes what interrupted writes left, unless another program has gone on from here.
func (l *Log) prepare() error {
	moved, err := l.exists(entryName(l.Size()))
	if err != nil {
		return err
	}
	if moved {
		return fault.At(entryName(l.Size()), ErrMoved)
	}
	for len(l.leftovers) > 0 {
		err := l.disk.Remove(l.path(l.leftovers[0]))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.failed = true
			return err
		}
		l.leftovers = l.leftovers[1:]
	}
	return nil
}

// store writes the personal part, then the entry.
func (l *Log) store(n int64, data, personal []byte) error {
	if personal != nil {
		if err := l.makeBlock(blockName(personalDir, n), personalDirPerm); err != nil {
			return err
		}
		if err := l.disk.Create(l.path(personalName(n)), personal, personalPerm); err != nil {
			return err
		}
	}
	if err := l.makeBlock(blockName(entriesDir, n), dirPerm); err != nil {
		return err
	}
	return l.disk.Create(l.path(entryName(n)), data, perm)
}

// makeBlock makes a folder of a thousand numbers unless it is there.
func (l *Log) makeBlock(name string, perm fs.FileMode) error {
	found, err := l.exists(name)
	if err != nil || found {
		return err
	}
	return l.disk.Mkdir(l.path(name), perm)
}
