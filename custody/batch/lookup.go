package batch

import (
	"bufio"
	"bytes"
	"io"
	"math"
	"sort"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

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
