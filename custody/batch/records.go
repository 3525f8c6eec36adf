package batch

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"math"
	"os"
	"sort"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
)

// The ways in which a batch's files can contradict each other. The error that wraps one names
// the file and the entry.
var (
	ErrDigest  = errors.New("batch: the content does not match its digest")
	ErrSize    = errors.New("batch: the file is not as large as the manifest says")
	ErrKeys    = errors.New("batch: not the keys 000001 and so on up to the manifest's count")
	ErrMissing = errors.New("batch: an entry is missing or not where it must be")
	ErrStray   = errors.New("batch: a file that is not part of the batch")
	ErrRoot    = errors.New("batch: the keys' Merkle root is not the manifest's")
)

// recordReader reads the blocks of records.txt in order and hashes the file as it goes.
type recordReader struct {
	stream *strictzip.Stream
	blocks *bufio.Scanner
	m      *Manifest
	count  int
}

// newRecordReader reads f from its start. The caller stops the reader.
func newRecordReader(f *os.File, m *Manifest) *recordReader {
	s := strictzip.NewStream(io.NewSectionReader(f, 0, int64(m.Keys)*maxRecord), true)
	r := &recordReader{stream: s, blocks: bufio.NewScanner(s), m: m}
	r.blocks.Buffer(make([]byte, 64<<10), 64<<10)
	r.blocks.Split(splitRecords)
	return r
}

// splitRecords cuts before each line that begins a block.
func splitRecords(data []byte, atEOF bool) (int, []byte, error) {
	if i := bytes.Index(data, []byte("\nkey: ")); i >= 0 {
		return i + 1, data[:i+1], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// next returns the next block, whose key number it has checked, or nil after the last one. It is
// valid until the next call.
func (r *recordReader) next() ([]byte, error) {
	if !r.blocks.Scan() {
		if err := r.blocks.Err(); err != nil && !errors.Is(err, bufio.ErrTooLong) {
			return nil, fault.At(recordsFile, err)
		} else if err != nil {
			return nil, fault.At(recordsFile, ErrRecord)
		}
		if r.count != r.m.Keys {
			return nil, fault.At(recordsFile, ErrKeys)
		}
		return nil, nil
	}
	r.count++
	block := r.blocks.Bytes()
	if r.count > r.m.Keys || !isRecordOf(block, r.count) {
		return nil, fault.At(recordsFile, ErrKeys)
	}
	return block, nil
}

// isRecordOf reports whether a block begins as that of key n does.
func isRecordOf(block []byte, n int) bool {
	c := cursor{rest: block}
	c.text("key: ")
	got, err := keyvalue.KeyNumber(string(c.cut(6)))
	return !c.bad && err == nil && got == n
}

// finish reads what is left and compares the file's digest with the manifest's.
func (r *recordReader) finish() error {
	sum, err := r.stream.Digest()
	if err == nil && sum != r.m.Records {
		err = ErrDigest
	}
	return fault.At(recordsFile, err)
}

// checkRecord reports whether a record has the shares that the manifest says, of its profile.
func (m *Manifest) checkRecord(r *Record) error {
	if len(r.Shares) != m.Custodians || len(r.Fingerprint) != fingerprintSize(m.Profile) {
		return ErrRecord
	}
	return nil
}

// Records returns the records of all keys in order, read as a stream. A caller must not act on
// any before the loop has ended without an error: whether they are those of the manifest is known
// at the end of the file, and told by a last pair with an error. After an error nothing follows.
func (b *Batch) Records() iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		r := newRecordReader(b.records, b.manifest)
		defer r.stream.Stop()
		for {
			block, err := r.next()
			if err == nil && block == nil {
				err = r.finish()
				if err == nil {
					return
				}
			}
			var rec *Record
			if err == nil {
				rec, err = b.parse(block, r.count)
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// parse reads a block that belongs to key n.
func (b *Batch) parse(block []byte, n int) (*Record, error) {
	rec, err := ParseRecord(block)
	if err == nil {
		err = b.manifest.checkRecord(rec)
	}
	if err != nil {
		return nil, fault.At(recordsFile, fault.At(keyvalue.FormatKeyNumber(n), err))
	}
	return rec, nil
}

// Select returns the records of those keys, in the order asked for, authenticated: it reads all
// of records.txt and compares its digest with the manifest's. The caller has compared
// [Batch.Digest] with the ledger.
func (b *Batch) Select(numbers ...int) ([]*Record, error) {
	found := make(map[int]*Record, len(numbers))
	for _, n := range numbers {
		if n < 1 || n > b.manifest.Keys {
			return nil, fault.At(keyvalue.FormatKeyNumber(n), ErrKeys)
		}
		found[n] = nil
	}
	r := newRecordReader(b.records, b.manifest)
	defer r.stream.Stop()
	for {
		block, err := r.next()
		if err != nil {
			return nil, err
		}
		if block == nil {
			break
		}
		if _, wanted := found[r.count]; wanted {
			if found[r.count], err = b.parse(block, r.count); err != nil {
				return nil, err
			}
		}
	}
	if err := r.finish(); err != nil {
		return nil, err
	}
	out := make([]*Record, len(numbers))
	for i, n := range numbers {
		out[i] = found[n]
	}
	return out, nil
}

// Record returns the record of one key, authenticated by the path that leads from it through
// tree.bin to the manifest's root, in a few reads and without the rest of records.txt. The caller
// has compared [Batch.Digest] with the ledger. The tree vouches for the number, the digests and
// the shares; for the fingerprint the public key alone does, whose digest is authentic: the caller
// compares them. Damage elsewhere in records.txt or in tree.bin does no harm.
func (b *Batch) Record(number int) (*Record, error) {
	r, err := b.lookup(number)
	if err == nil {
		err = b.prove(r)
	}
	if err == nil {
		return r, nil
	}
	if number >= 1 && number <= b.manifest.Keys {
		if r := b.search(number); r != nil {
			return r, nil
		}
	}
	return nil, err
}

// search goes through all of records.txt, where a block that was damaged misled the bisection, for
// one that is proved to be the record of that key.
func (b *Batch) search(number int) *Record {
	blocks := bufio.NewScanner(io.NewSectionReader(b.records, 0, int64(b.manifest.Keys)*maxRecord))
	blocks.Buffer(make([]byte, 64<<10), 64<<10)
	blocks.Split(splitRecords)
	for blocks.Scan() {
		if !isRecordOf(blocks.Bytes(), number) {
			continue
		}
		if r, err := b.parse(blocks.Bytes(), number); err == nil && b.prove(r) == nil {
			return r
		}
	}
	return nil
}

// lookup finds the record of one key by bisection of records.txt, in a few reads. What it returns
// is NOT authenticated; whoever can write to the disk can have put it there. [Batch.Record] proves it.
func (b *Batch) lookup(number int) (*Record, error) {
	if number < 1 || number > b.manifest.Keys {
		return nil, fault.At(keyvalue.FormatKeyNumber(number), ErrKeys)
	}
	info, err := b.records.Stat()
	if err != nil {
		return nil, err
	}
	pages := int(min(info.Size(), MaxKeys*maxRecord)/maxRecord) + 1
	// The block begins in the last page that has a number in it or before it up to the one asked for.
	page := sort.Search(pages, func(i int) bool {
		n, e := b.firstNumber(i)
		if e != nil {
			err = e
		}
		return n > number
	}) - 1
	if err != nil {
		return nil, err
	}
	window, err := b.window(max(page, 0))
	if err != nil {
		return nil, err
	}
	head := []byte("\nkey: " + keyvalue.FormatKeyNumber(number) + " ")
	i := bytes.Index(window, head)
	if i < 0 {
		return nil, fault.At(recordsFile, fault.At(keyvalue.FormatKeyNumber(number), ErrMissing))
	}
	_, block, err := splitRecords(window[i+1:], true)
	if err != nil {
		return nil, err
	}
	return b.parse(block, number)
}

// window returns a page of records.txt, the LF before it, and as much after it as a block that
// begins in it can have. The first page has an LF put before it.
func (b *Batch) window(page int) ([]byte, error) {
	w := make([]byte, 1+2*maxRecord)
	from := int64(page) * maxRecord
	var n int
	var err error
	if page == 0 {
		w[0] = '\n'
		n, err = b.records.ReadAt(w[1:], 0)
		n++
	} else {
		n, err = b.records.ReadAt(w, from-1)
	}
	if err != nil && err != io.EOF {
		return nil, fault.At(recordsFile, err)
	}
	return w[:n], nil
}

// firstNumber is the number of the first key whose block begins in or after a page, as far as
// a window shows; past the last key it is larger than any.
func (b *Batch) firstNumber(page int) (int, error) {
	w, err := b.window(page)
	if err != nil {
		return 0, err
	}
	const mark = "\nkey: "
	i := bytes.Index(w, []byte(mark))
	if i < 0 || len(w) < i+len(mark)+6 {
		return math.MaxInt, nil
	}
	n, err := keyvalue.KeyNumber(string(w[i+len(mark) : i+len(mark)+6]))
	if err != nil {
		return 0, fault.At(recordsFile, ErrRecord)
	}
	return n, nil
}
