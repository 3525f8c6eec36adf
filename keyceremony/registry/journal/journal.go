// Package journal is the memory of a key pool outside its database: which keys were given, so that a
// database that was restored from a backup is seen to be older than that.
//
// A journal is a text file that only grows ([bailiff/custody/durable.Appended]):
//
//	bailiff-assignments/1 5f0c4a1b2c3d4e5f60718293a4b5c6d7
//	given 1 b20261121-7f3a9c 0f3c…a1 2026-12-01T08:00:00Z wJ2…Q 9be1…07
//	kept 1
//
// The first line has the journal's own random id, which its database keeps. `given` is an [Entry]: number,
// batch, fingerprint, time, the member sealed to the database ([Seal]) or `-` for nobody, and a hash that
// chains it to the entry before. It is durable before the database knows the assignment. `kept N` says that
// the database did know entry N, so that one without that entry was restored; it is a mark for telling a restored
// backup from a power cut, is outside the chain, and may be lost without harm. A line of any other form is what a
// crash left of one that was cut short, and is passed over.
//
// Were this package wrong, a restored pool would give the key of one member to another, and the release of one
// would open the other's messages. Who can write to the journal can withhold keys, not double them;
// who can take lines off its end and restore the database as well defeats it.
package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// The ways in which a journal can be refused. The error that wraps one names the file.
var (
	ErrNotJournal = errors.New("journal: the file is no journal of assignments")
	ErrDiffers    = errors.New("journal: it does not continue what the database knows of it")
)

// File is where a journal is, or is to be.
type File struct {
	Disk *durable.Disk
	Path string
}

// Create makes a journal without entries. Nothing is overwritten.
func (f *File) Create(id string) error {
	return f.Disk.Create(f.Path, []byte(first(id)), 0o600)
}

func first(id string) string { return Format + " " + id + "\n" }

// Journal is a journal that is open; nobody else has it open meanwhile.
type Journal struct {
	ID   string
	file *durable.Appended
	path string
	size int64 // when it was looked at last
}

// Open opens the journal and locks it: [durable.ErrLocked] when another program has it,
// [fs.ErrNotExist], [ErrNotJournal].
func (f *File) Open() (*Journal, error) {
	file, err := f.Disk.OpenAppend(f.Path)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: file, path: f.Path}
	if err := j.begin(); err != nil {
		return nil, errors.Join(fault.At(f.Path, err), file.Close())
	}
	return j, nil
}

// begin reads the first line.
func (j *Journal) begin() (err error) {
	if j.size, err = j.file.Size(); err != nil {
		return err
	}
	line := make([]byte, len(first(strings.Repeat("0", 32))))
	if n, err := j.file.ReadAt(line, 0); err != nil && !errors.Is(err, io.EOF) || n < len(line) {
		return errors.Join(ErrNotJournal, err)
	}
	id := string(line[len(Format)+1 : len(line)-1])
	if string(line) != first(id) || keyvalue.CheckVaultID(id) != nil {
		return ErrNotJournal
	}
	j.ID = id
	return nil
}

// Close lets others have the journal.
func (j *Journal) Close() error { return j.file.Close() }

// Start is the place behind the first line.
func (j *Journal) Start() Head {
	line := first(j.ID)
	return Head{Hash: sha256.Sum256([]byte(strings.TrimSuffix(line, "\n"))), Size: int64(len(line))}
}

// Since checks that the journal holds what the database knew last, and returns the entries behind that, and
// how many of all entries were kept. [ErrDiffers] when the journal is another, ends before h, or is damaged
// behind it. It reads no more than a line before h.
func (j *Journal) Since(h Head) (later []*Entry, keptUpTo int64, err error) {
	if err := j.holds(h); err != nil {
		return nil, 0, fault.At(j.path, err)
	}
	r := reader{head: h, generous: false}
	if err := j.read(h.Size, &r); err != nil {
		return nil, 0, fault.At(j.path, err)
	}
	return r.entries, r.kept, nil
}

// holds checks that h is a place in this journal.
func (j *Journal) holds(h Head) error {
	if h.Entries == 0 {
		if h != j.Start() {
			return ErrDiffers
		}
		return nil
	}
	if h.Size > j.size || h.Size < j.Start().Size {
		return ErrDiffers
	}
	before := make([]byte, min(maxLine, h.Size))
	if _, err := j.file.ReadAt(before, h.Size-int64(len(before))); err != nil {
		return err
	}
	line := before[bytes.LastIndexByte(before[:len(before)-1], '\n')+1:]
	if e, err := ParseEntry(closed(line)); err != nil || e.Number != h.Entries || e.Hash != h.Hash {
		return ErrDiffers
	}
	return nil
}

// All returns every entry that can be read, wherever it stands, and whether they are those that were written, in
// order and without a gap: then head is behind the last.
func (j *Journal) All() (entries []*Entry, head Head, whole bool, err error) {
	r := reader{head: j.Start(), generous: true}
	if err := j.read(r.head.Size, &r); err != nil {
		return nil, Head{}, false, fault.At(j.path, err)
	}
	return r.entries, r.head, !r.broken, nil
}

// Append writes entries behind h, numbered and chained, and makes them durable. It returns the place behind them.
// After an error the journal may hold some of them.
func (j *Journal) Append(h Head, entries ...*Entry) (Head, error) {
	text, err := j.ended()
	if err != nil {
		return Head{}, err
	}
	h.Size = j.size
	lines, h := join(text, h, entries)
	if err := j.file.Append(lines); err != nil {
		return Head{}, err
	}
	return h, j.file.Sync()
}

// join numbers and chains entries behind h, and writes them behind text.
func join(text []byte, h Head, entries []*Entry) ([]byte, Head) {
	h.Size += int64(len(text))
	for _, e := range entries {
		h.Entries++
		e.Number = h.Entries
		h.Hash = chain(h.Hash, e.text())
		e.Hash = h.Hash
		line, _ := e.Format()
		h.Size += int64(len(line))
		text = append(text, line...)
	}
	return text, h
}

// ended is the end of a line that was cut short, if the last one was.
func (j *Journal) ended() (end []byte, err error) {
	if j.size, err = j.file.Size(); err != nil {
		return nil, err
	}
	last := make([]byte, 1)
	if _, err := j.file.ReadAt(last, j.size-1); err != nil {
		return nil, err
	}
	if last[0] == '\n' {
		return nil, nil
	}
	return []byte("\n"), nil
}

// Sync makes durable what the journal holds.
func (j *Journal) Sync() error { return j.file.Sync() }

// Keep notes that the database has all entries up to h. It does not wait for the disk.
func (j *Journal) Keep(h Head) error {
	text, err := j.ended()
	if err != nil {
		return err
	}
	return j.file.Append(append(text, kept+" "+strconv.FormatInt(h.Entries, 10)+"\n"...))
}

// Renew puts a journal with these entries in the place of what is there, of which a copy is made beside it
// (its name, and a number that is free). What is there may be no journal. The journal must not be open.
func (f *File) Renew(id string, entries []*Entry) (Head, error) {
	if err := f.preserve(); err != nil {
		return Head{}, err
	}
	j := Journal{ID: id}
	text, head := join([]byte(first(id)), Head{Hash: j.Start().Hash}, entries)
	return head, f.Disk.Replace(f.Path, text, 0o600)
}

// preserve copies what has the journal's name.
func (f *File) preserve() error {
	old, err := f.Disk.Open(f.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer old.Close()
	for n := 1; ; n++ {
		_, err := f.Disk.CreateFrom(f.Path+".old-"+strconv.Itoa(n), 0o600, func(w io.Writer) error {
			_, err := io.Copy(w, old)
			return err
		})
		if !errors.Is(err, durable.ErrExists) {
			return err
		}
	}
}

// Given is an entry that is still to be numbered.
func Given(batch, fingerprint, member string, at time.Time) *Entry {
	return &Entry{Batch: batch, Fingerprint: fingerprint, Member: member, Time: at}
}
