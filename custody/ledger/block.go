package ledger

import (
	"crypto/sha256"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
)

// readEntry is what [Open] keeps of an entry that it has read.
type readEntry struct {
	leaf   tlog.Hash
	time   time.Time
	vault  string
	number int64
	row    int
	first  bool // policy number 0
	erased bool
	err    error
}

// readBlock reads the entries of one folder and checks their personal parts, on all processors:
// most of the time goes into opening files.
func (l *Log) readBlock(numbers, personal []int64) ([]readEntry, error) {
	out := make([]readEntry, len(numbers))
	workers := min(runtime.GOMAXPROCS(0), len(numbers))
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(numbers); i += workers {
				_, present := slices.BinarySearch(personal, numbers[i])
				out[i] = l.readEntry(numbers[i], present)
			}
		})
	}
	wg.Wait()
	for i := range out {
		if out[i].err != nil {
			return nil, out[i].err
		}
	}
	return out, nil
}

// readEntry reads one entry and compares its personal part, if that is present, with it.
func (l *Log) readEntry(n int64, present bool) readEntry {
	name := entryName(n)
	data, err := l.read(name, maxEntry)
	if err != nil {
		return readEntry{err: err}
	}
	e, err := ParseEntry(data)
	if err == nil && e.Number != n {
		err = ErrNumber
	}
	if err != nil {
		return readEntry{err: fault.At(name, err)}
	}
	if present {
		err = l.checkPart(e)
	}
	read := summary(e, LeafHash(data))
	read.erased = e.Personal != nil && !present
	read.err = err
	return read
}

// checkPart compares a personal part that is there with the entry.
func (l *Log) checkPart(e *Entry) error {
	if e.Personal == nil {
		return fault.At(personalName(e.Number), ErrUnexpected)
	}
	_, err := l.readPart(e)
	return err
}

// readPart reads the personal part that the entry names.
func (l *Log) readPart(e *Entry) ([]byte, error) {
	data, err := l.read(personalName(e.Number), maxPersonal)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(data) != *e.Personal {
		return nil, fault.At(personalName(e.Number), ErrPersonal)
	}
	return data, nil
}

// summary returns what is kept of an entry.
func summary(e *Entry, leaf tlog.Hash) readEntry {
	row, _ := e.Kind.row()
	return readEntry{
		leaf: leaf, time: e.Time, vault: e.Vault, number: e.Number, row: row,
		first: e.Kind == Policy && e.Get("policy-number") == "0",
	}
}

// fits tells whether an entry can be the next one of the log.
func (l *Log) fits(e *readEntry) error {
	switch {
	case e.vault != l.vault:
		return ErrVault
	case e.number != l.Size():
		return ErrNumber
	case e.first != (l.Size() == 0):
		return ErrFirst
	case e.time.Before(l.last):
		return ErrTime
	}
	return nil
}

// accept makes an entry the next one of the log if it fits.
func (l *Log) accept(e *readEntry) error {
	if err := l.fits(e); err != nil {
		return err
	}
	l.tree.Add(e.leaf)
	l.kinds = append(l.kinds, uint8(e.row))
	l.last = e.time
	if kinds[e.row].name == Policy {
		l.policies = append(l.policies, e.number)
	}
	if e.erased {
		l.erased = append(l.erased, e.number)
	}
	return nil
}
