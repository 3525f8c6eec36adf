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
	first  bool // policy number 0 is adopted
}

// blockRead is what a folder of entries held, with its personal parts.
type blockRead struct {
	number    int64
	numbers   []int64 // of the entries; nil when they could not be listed
	personal  []int64 // of the personal parts
	leftovers []string
	entries   []readEntry
	err       error
}

// readAhead is how many folders are read at once for each processor: while one waits for the disk,
// another goes on.
const readAhead = 4

// readBlocks reads folders on all processors, and takes them into the log one after the other. No more
// than readAhead for each processor are read ahead, so that memory holds no more of them.
func (l *Log) readBlocks(blocks []int64) error {
	workers := readAhead * runtime.GOMAXPROCS(0)
	ahead := make(chan chan *blockRead, workers)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(stop)
	wg.Go(func() {
		defer close(ahead)
		for _, b := range blocks {
			one := make(chan *blockRead, 1)
			select {
			case ahead <- one:
				wg.Go(func() { one <- l.readBlock(b) })
			case <-stop:
				return
			}
		}
	})
	for one := range ahead {
		if err := l.acceptBlock(<-one); err != nil {
			return err
		}
	}
	return nil
}

// readBlock reads the entries of one folder with their personal parts; those first, so that what
// another program adds meanwhile does not look like a personal part without an entry.
func (l *Log) readBlock(b int64) *blockRead {
	r := &blockRead{number: b}
	var left []string
	if r.personal, r.leftovers, r.err = l.personalParts(b); r.err != nil {
		return r
	}
	if r.numbers, left, r.err = l.files(blockName(entriesDir, b*block)); r.err != nil {
		return r
	}
	r.leftovers = append(r.leftovers, left...)
	if r.err = checkNumbers(b, r.numbers); r.err != nil {
		r.numbers = nil
		return r
	}
	r.err = l.readEntries(r)
	return r
}

// readEntries reads the files that were listed.
func (l *Log) readEntries(r *blockRead) error {
	if len(r.numbers) == 0 {
		return nil
	}
	folder, err := l.disk.Folder(l.path(blockName(entriesDir, r.number*block)))
	if err != nil {
		return err
	}
	defer folder.Close()
	space := make([]byte, 4<<10)
	r.entries = make([]readEntry, 0, len(r.numbers))
	for _, n := range r.numbers {
		data, err := folder.Read(fileName(n), maxEntry, space)
		if err != nil {
			return err
		}
		_, present := slices.BinarySearch(r.personal, n)
		read, err := l.readEntry(n, data, present)
		if err != nil {
			return err
		}
		r.entries = append(r.entries, read)
	}
	return nil
}

// readEntry reads one entry and compares its personal part, if that is present, with it.
func (l *Log) readEntry(n int64, data []byte, present bool) (read readEntry, err error) {
	e, err := ParseEntry(data)
	if err == nil && e.Number != n {
		err = ErrNumber
	}
	if err != nil {
		return read, fault.At(entryName(n), err)
	}
	if present {
		err = l.checkPart(e)
	}
	read = summary(e, LeafHash(data))
	if e.Vault == l.vault {
		read.vault = l.vault // does not keep the file's text
	}
	return read, err
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
	adopted, policy := e.Act.(*PolicyAdopted)
	return readEntry{
		leaf: leaf, time: e.Time, vault: e.Vault, number: e.Number, first: policy && adopted.Number == 0,
	}
}

// fits reports whether an entry can be the next one of the log.
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
	l.last = e.time
	return nil
}
