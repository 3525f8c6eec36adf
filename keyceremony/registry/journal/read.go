package journal

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
)

// reader goes from entry to entry.
type reader struct {
	head     Head // behind the last entry that continued the chain
	kept     int64
	entries  []*Entry
	generous bool // keeps entries that do not continue the chain, too
	broken   bool // there was one
}

// read reads every line from a place on.
func (j *Journal) read(from int64, r *reader) error {
	return r.read(io.NewSectionReader(j.file, from, math.MaxInt64-from), from)
}

func (r *reader) read(lines io.Reader, at int64) error {
	in := bufio.NewReaderSize(lines, 64<<10)
	for {
		line, err := in.ReadSlice('\n')
		at += int64(len(line))
		long := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !long && !errors.Is(err, io.EOF) {
			return err
		}
		if !long && !r.line(line, at) {
			return ErrDiffers
		}
		if errors.Is(err, io.EOF) {
			return r.end()
		}
	}
}

// closed ends a line that a crash left whole but for its end.
func closed(line []byte) []byte {
	if bytes.HasSuffix(line, []byte("\n")) {
		return line
	}
	return append(bytes.Clone(line), '\n')
}

// line reads a line that ends at a place, and reports whether reading can go on.
func (r *reader) line(line []byte, at int64) bool {
	e, err := ParseEntry(closed(line))
	if err != nil {
		if n, ok := parseKept(strings.TrimSuffix(string(line), "\n")); ok {
			r.kept = max(r.kept, n)
		}
		return true
	}
	sound := e.Number == r.head.Entries+1 && e.Hash == chain(r.head.Hash, e.text())
	if sound {
		r.head = Head{Entries: e.Number, Hash: e.Hash, Size: at}
		e.Behind = r.head
	}
	r.broken = r.broken || !sound
	r.entries = append(r.entries, e)
	return sound || r.generous
}

// end checks that no entry is missing that the database had.
func (r *reader) end() error {
	if r.kept <= r.head.Entries {
		return nil
	}
	r.broken = true
	if r.generous {
		return nil
	}
	return ErrDiffers
}
