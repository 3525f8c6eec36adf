package vault

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"bailiff/custody/fault"
)

// zipEnd is what the end of a file says: where its directory stands and how many entries it has.
type zipEnd struct {
	count  int
	offset int64 // of the directory, and so the size of all local entries
	size   int64 // of the directory
}

// readEnd reads the end of a file of the given size and holds it against its only encoding.
func readEnd(r io.ReaderAt, size int64) (end zipEnd, err error) {
	if size > MaxVolume {
		return end, ErrZipTooLarge
	}
	tail := make([]byte, min(size, end64Size+locatorSize+endSize))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return end, err
	}
	if len(tail) < endSize {
		return end, ErrZipEnd
	}
	le := binary.LittleEndian
	short := tail[len(tail)-endSize:]
	if le.Uint32(short) != endSignature || le.Uint16(short[20:]) != 0 {
		return end, ErrZipEnd
	}
	end.count = int(le.Uint16(short[8:]))
	end.size = int64(le.Uint32(short[12:]))
	end.offset = int64(le.Uint32(short[16:]))
	long := len(tail) == end64Size+locatorSize+endSize && le.Uint32(tail[end64Size:]) == locatorSignature
	if end.count == manyEntries {
		count := le.Uint64(tail[min(24, len(tail)-8):])
		if !long || count < manyEntries || count > MaxVolume {
			return end, ErrZip64
		}
		end.count = int(count)
	}
	return end, end.check(tail, size, long)
}

// check holds the sums of sizes, then the bytes, against the only encoding.
func (end *zipEnd) check(tail []byte, size int64, long bool) error {
	if end.count == 0 {
		return ErrZipEmpty
	}
	if end.offset+end.size+endSizeOf(end.count) != size {
		if long && end.count < manyEntries {
			return ErrZip64
		}
		return ErrZipSize
	}
	n := int64(end.count)
	if end.size < n*(centralSize+1) || end.size > n*(centralSize+MaxName) || end.offset < n*(localSize+1) {
		return ErrZipCount
	}
	want := appendEnd(nil, end.count, end.offset, end.size)
	if bytes.Equal(want, tail[len(tail)-len(want):]) {
		return nil
	}
	if end.count >= manyEntries {
		return ErrZip64
	}
	return ErrZipEnd
}

// directory reads the headers of the central directory in order and checks each: its only
// encoding, its name and that of the one before, and that the entries adjoin.
type directory struct {
	src    source
	left   zipEnd // what is still to come: entries, bytes of the directory
	number int    // of entries read
	next   int64  // where the next local header must stand
	order  nameOrder
	header [centralSize]byte
	want   []byte
}

func newDirectory(src source, end zipEnd) *directory { return &directory{src: src, left: end} }

// entry returns the next entry, valid until the next call, or io.EOF after the last one when
// all of the directory has been read and the entries fill the file up to it.
func (d *directory) entry() (e zipEntry, err error) {
	if d.left.count == 0 {
		if d.left.size != 0 {
			return e, ErrZipCount
		}
		if d.next != d.left.offset {
			return e, ErrZipGap
		}
		return e, io.EOF
	}
	e, err = d.read()
	if err == nil {
		err = d.check(&e)
	}
	if err != nil {
		return e, fault.At(d.object(&e), err)
	}
	d.number++
	d.left.count--
	d.left.size -= int64(centralSize + len(e.name))
	d.next += e.span()
	return e, nil
}

// object names an entry by its name if that is one, else by its place.
func (d *directory) object(e *zipEntry) string {
	if checkName(e.name) == nil {
		return string(e.name)
	}
	return fmt.Sprintf("entry %d", d.number+1)
}

// read takes a header and its name and finds how it departs from the profile, if it does.
func (d *directory) read() (e zipEntry, err error) {
	if d.left.size < centralSize {
		return e, ErrZipCount
	}
	h, err := d.src.take(centralSize)
	if err != nil {
		return e, err
	}
	copy(d.header[:], h)
	le := binary.LittleEndian
	if le.Uint32(h) != centralSignature {
		return e, ErrZipHeader
	}
	n := int(le.Uint16(h[28:]))
	e.crc, e.size, e.offset = le.Uint32(h[16:]), le.Uint32(h[24:]), le.Uint32(h[42:])
	if n == 0 || n > MaxName {
		return e, ErrZipName
	}
	if int64(centralSize+n) > d.left.size {
		return e, ErrZipCount
	}
	if e.name, err = d.src.take(n); err != nil {
		return e, err
	}
	d.want = e.appendCentral(d.want[:0])
	if !bytes.Equal(d.want[:centralSize], d.header[:]) {
		return e, departure(d.header[:], d.want)
	}
	return e, nil
}

// departure names the first field that differs between two central headers.
func departure(got, want []byte) error {
	for _, f := range []struct {
		from, to int
		err      error
	}{
		{8, 10, ErrZipFlags}, {10, 12, ErrZipMethod}, {20, 28, ErrZipMethod}, {12, 16, ErrZipDate},
		{30, 32, ErrZipExtra}, {32, 34, ErrZipComment}, {4, 8, ErrZipVersion}, {34, 42, ErrZipAttributes},
	} {
		if !bytes.Equal(got[f.from:f.to], want[f.from:f.to]) {
			return f.err
		}
	}
	return ErrZipHeader
}

func (d *directory) check(e *zipEntry) error {
	if err := d.order.next(e.name); err != nil {
		return err
	}
	if int64(e.offset) != d.next {
		return ErrZipGap
	}
	if d.next+e.span() > d.left.offset {
		return ErrZipSize
	}
	return nil
}

// local reads an entry from src, which stands at its local header, and checks both header and
// content. The content is valid until src is read again.
func (e *zipEntry) local(src source, want []byte) (content, scratch []byte, err error) {
	want = e.appendLocal(want[:0])
	h, err := src.take(len(want))
	if err != nil {
		return nil, want, err
	}
	if !bytes.Equal(h, want) {
		return nil, want, ErrZipLocal
	}
	content, err = src.take(int(e.size))
	if err != nil {
		return nil, want, err
	}
	if crc32.ChecksumIEEE(content) != e.crc {
		return nil, want, ErrZipCRC
	}
	return content, want, nil
}

// walk reads every entry that dir lists from src, which stands at the start of the file.
func walk(src source, dir *directory, fn func(name, content []byte) error) error {
	var scratch []byte
	for {
		e, err := dir.entry()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var content []byte
		if content, scratch, err = e.local(src, scratch); err == nil {
			err = fn(e.name, content)
		}
		if err != nil {
			return fault.At(string(e.name), err)
		}
	}
}
