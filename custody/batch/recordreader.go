package batch

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"os"

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

// isRecordOf tells whether a block begins as that of key n does.
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

// checkRecord tells whether a record has the shares that the manifest says, of its profile.
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
// of records.txt and holds its digest against the manifest's. The caller has compared
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
