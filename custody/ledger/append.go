package ledger

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

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
