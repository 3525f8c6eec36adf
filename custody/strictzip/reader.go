package strictzip

import (
	"bytes"
	"encoding/binary"
	"io"
	"sort"

	"bailiff/custody/fault"
)

// Reader reads a ZIP file in the strict profile, of which nothing else is accepted. It keeps
// the central directory and four bytes for each entry.
type Reader struct {
	r         io.ReaderAt
	end       End
	directory []byte
	headers   []uint32 // where each entry's header stands in directory
}

// Open reads the directory of a file of size bytes, at most [MaxSize], and checks all of it:
// the end record, every field of every header, the names and their order, and that the entries
// adjoin from the first byte of the file to the directory. It reads no entry.
func Open(r io.ReaderAt, size int64) (*Reader, error) {
	end, err := ReadEnd(r, size)
	if err != nil {
		return nil, err
	}
	z := &Reader{r: r, end: end, directory: make([]byte, end.Size), headers: make([]uint32, end.Count)}
	if err := ReadAt(r, z.directory, end.Offset); err != nil {
		return nil, err
	}
	dir := NewDirectory(Buffered(bytes.NewReader(z.directory)), end)
	for i := range z.headers {
		z.headers[i] = uint32(end.Size - dir.left.Size)
		if _, err := dir.Next(); err != nil {
			return nil, err
		}
	}
	if _, err := dir.Next(); err != io.EOF {
		return nil, err
	}
	return z, nil
}

// ReadAt fills p from offset on.
func ReadAt(r io.ReaderAt, p []byte, offset int64) error {
	n, err := r.ReadAt(p, offset)
	if n == len(p) {
		return nil
	}
	return unexpected(err)
}

// Len is the number of entries.
func (z *Reader) Len() int { return len(z.headers) }

// at returns entry i, whose name is part of the directory.
func (z *Reader) at(i int) Entry { return parseCentral(z.directory[z.headers[i]:]) }

// parseCentral reads a header that is known to be of the profile's form.
func parseCentral(h []byte) Entry {
	le := binary.LittleEndian
	return Entry{
		Name:   h[CentralSize : CentralSize+int(le.Uint16(h[28:]))],
		crc:    le.Uint32(h[16:]),
		Size:   le.Uint32(h[24:]),
		offset: le.Uint32(h[42:]),
	}
}

// Entry returns the name of entry i, 0 to Len()-1, and its size in bytes.
func (z *Reader) Entry(i int) (name string, size int64) {
	e := z.at(i)
	return string(e.Name), int64(e.Size)
}

// Find returns the place of the entry with that name.
func (z *Reader) Find(name string) (i int, ok bool) {
	return sort.Find(len(z.headers), func(i int) int { return bytes.Compare([]byte(name), z.at(i).Name) })
}

// Read returns the content of entry i after a check of its local header and its CRC-32. It fails
// with [ErrEntrySize] when that is longer than max bytes.
func (z *Reader) Read(i int, max int64) ([]byte, error) {
	e := z.at(i)
	content, err := e.Read(z.r, max)
	return content, fault.At(string(e.Name), err)
}

// Read fetches one entry of a file and checks its header and its CRC-32. It fails with [ErrEntrySize] when its content is longer than
// max bytes.
func (e *Entry) Read(r io.ReaderAt, max int64) ([]byte, error) {
	if int64(e.Size) > max {
		return nil, ErrEntrySize
	}
	b := make([]byte, e.span())
	if err := ReadAt(r, b, int64(e.offset)); err != nil {
		return nil, err
	}
	whole := piece(b)
	content, _, err := e.Local(&whole, nil)
	return content, err
}

// piece is a source of bytes in memory.
type piece []byte

func (p *piece) Next(n int) ([]byte, error) {
	if n > len(*p) {
		return nil, io.ErrUnexpectedEOF
	}
	head := (*p)[:n:n]
	*p = (*p)[n:]
	return head, nil
}

// Walk reads the file's entries from first to last and calls fn with each, once it is checked.
// Together with what [Open] checked that is every byte of the file. The content is valid
// during the call only. An error names the entry; one of fn ends the walk.
func (z *Reader) Walk(fn func(name string, content []byte) error) error {
	src := NewStream(io.NewSectionReader(z.r, 0, z.end.Offset), false)
	defer src.Stop()
	dir := NewDirectory(Buffered(bytes.NewReader(z.directory)), z.end)
	return walk(src, dir, func(name, content []byte) error { return fn(string(name), content) })
}
