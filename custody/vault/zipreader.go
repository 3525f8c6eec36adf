package vault

import (
	"bytes"
	"encoding/binary"
	"io"
	"sort"

	"bailiff/custody/fault"
)

// ZipReader reads a ZIP file in the strict profile, of which nothing else is accepted. It keeps
// the central directory and four bytes for each entry.
type ZipReader struct {
	r         io.ReaderAt
	end       zipEnd
	directory []byte
	headers   []uint32 // where each entry's header stands in directory
}

// OpenZip reads the directory of a file of size bytes, at most [MaxVolume], and checks all of it:
// the end record, every field of every header, the names and their order, and that the entries
// adjoin from the first byte of the file to the directory. It reads no entry.
func OpenZip(r io.ReaderAt, size int64) (*ZipReader, error) {
	end, err := readEnd(r, size)
	if err != nil {
		return nil, err
	}
	z := &ZipReader{r: r, end: end, directory: make([]byte, end.size), headers: make([]uint32, end.count)}
	if err := readAt(r, z.directory, end.offset); err != nil {
		return nil, err
	}
	dir := newDirectory(newBuffered(bytes.NewReader(z.directory)), end)
	for i := range z.headers {
		z.headers[i] = uint32(end.size - dir.left.size)
		if _, err := dir.entry(); err != nil {
			return nil, err
		}
	}
	if _, err := dir.entry(); err != io.EOF {
		return nil, err
	}
	return z, nil
}

// readAt fills p from offset on.
func readAt(r io.ReaderAt, p []byte, offset int64) error {
	n, err := r.ReadAt(p, offset)
	if n == len(p) {
		return nil
	}
	return unexpected(err)
}

// Len is the number of entries.
func (z *ZipReader) Len() int { return len(z.headers) }

// at returns entry i, whose name is part of the directory.
func (z *ZipReader) at(i int) zipEntry { return parseCentral(z.directory[z.headers[i]:]) }

// parseCentral reads a header that is known to be of the profile's form.
func parseCentral(h []byte) zipEntry {
	le := binary.LittleEndian
	return zipEntry{
		name:   h[centralSize : centralSize+int(le.Uint16(h[28:]))],
		crc:    le.Uint32(h[16:]),
		size:   le.Uint32(h[24:]),
		offset: le.Uint32(h[42:]),
	}
}

// Entry returns the name of entry i, 0 to Len()-1, and its size in bytes.
func (z *ZipReader) Entry(i int) (name string, size int64) {
	e := z.at(i)
	return string(e.name), int64(e.size)
}

// Find returns the place of the entry with that name.
func (z *ZipReader) Find(name string) (i int, ok bool) {
	return sort.Find(len(z.headers), func(i int) int { return bytes.Compare([]byte(name), z.at(i).name) })
}

// Read returns the content of entry i after a check of its local header and its CRC-32. It fails
// with [ErrZipEntrySize] when that is longer than max bytes.
func (z *ZipReader) Read(i int, max int64) ([]byte, error) {
	e := z.at(i)
	content, err := e.read(z.r, max)
	return content, fault.At(string(e.name), err)
}

// read fetches and checks one entry of a file.
func (e *zipEntry) read(r io.ReaderAt, max int64) ([]byte, error) {
	if int64(e.size) > max {
		return nil, ErrZipEntrySize
	}
	b := make([]byte, e.span())
	if err := readAt(r, b, int64(e.offset)); err != nil {
		return nil, err
	}
	whole := piece(b)
	content, _, err := e.local(&whole, nil)
	return content, err
}

// piece is a source of bytes in memory.
type piece []byte

func (p *piece) take(n int) ([]byte, error) {
	if n > len(*p) {
		return nil, io.ErrUnexpectedEOF
	}
	head := (*p)[:n:n]
	*p = (*p)[n:]
	return head, nil
}

// Walk reads the file's entries from first to last and calls fn with each, once it is checked.
// Together with what [OpenZip] checked that is every byte of the file. The content is valid
// during the call only. An error names the entry; one of fn ends the walk.
func (z *ZipReader) Walk(fn func(name string, content []byte) error) error {
	src := newStream(io.NewSectionReader(z.r, 0, z.end.offset), false)
	defer src.stop()
	dir := newDirectory(newBuffered(bytes.NewReader(z.directory)), z.end)
	return walk(src, dir, func(name, content []byte) error { return fn(string(name), content) })
}
