package strictzip

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"bailiff/custody/fault"
)

// End is what the end of a file says: where its directory stands and how many entries it has.
type End struct {
	Count  int
	Offset int64 // of the directory, and so the size of all local entries
	Size   int64 // of the directory
}

// ReadEnd reads the end of a file of the given size and compares it with its only encoding.
func ReadEnd(r io.ReaderAt, size int64) (end End, err error) {
	if size > MaxSize {
		return end, ErrTooLarge
	}
	tail := make([]byte, min(size, end64Size+locatorSize+endSize))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return end, err
	}
	if len(tail) < endSize {
		return end, ErrEnd
	}
	le := binary.LittleEndian
	short := tail[len(tail)-endSize:]
	if le.Uint32(short) != endSignature || le.Uint16(short[20:]) != 0 {
		return end, ErrEnd
	}
	end.Count = int(le.Uint16(short[8:]))
	end.Size = int64(le.Uint32(short[12:]))
	end.Offset = int64(le.Uint32(short[16:]))
	long := len(tail) == end64Size+locatorSize+endSize && le.Uint32(tail[end64Size:]) == locatorSignature
	if end.Count == manyEntries {
		count := le.Uint64(tail[min(24, len(tail)-8):])
		if !long || count < manyEntries || count > MaxSize {
			return end, Err64
		}
		end.Count = int(count)
	}
	return end, end.check(tail, size, long)
}

// check compares the sums of sizes, then the bytes, with the only encoding.
func (end *End) check(tail []byte, size int64, long bool) error {
	if end.Count == 0 {
		return ErrEmpty
	}
	if end.Offset+end.Size+endSizeOf(end.Count) != size {
		if long && end.Count < manyEntries {
			return Err64
		}
		return ErrSize
	}
	n := int64(end.Count)
	if end.Size < n*(CentralSize+1) || end.Size > n*(CentralSize+MaxName) || end.Offset < n*(localSize+1) {
		return ErrCount
	}
	want := appendEnd(nil, end.Count, end.Offset, end.Size)
	if bytes.Equal(want, tail[len(tail)-len(want):]) {
		return nil
	}
	if end.Count >= manyEntries {
		return Err64
	}
	return ErrEnd
}

// Directory reads the headers of the central directory in order and checks each: its only
// encoding, its name and that of the one before, and that the entries adjoin.
type Directory struct {
	src    Source
	left   End   // what is still to come: entries, bytes of the directory
	number int   // of entries read
	next   int64 // where the next local header must stand
	order  nameOrder
	header [CentralSize]byte
	want   []byte
}

// NewDirectory reads the headers from src, which stands at the first of them. Those of the whole file are as many as end says.
func NewDirectory(src Source, end End) *Directory { return &Directory{src: src, left: end} }

// PartOf reads so many headers in a row, all that headers holds, of a file with that end. The first of them says where its entry
// stands; what comes before it is not held against it.
func PartOf(headers []byte, entries int, end End) *Directory {
	src := piece(headers)
	d := NewDirectory(&src, End{Count: entries, Offset: end.Offset, Size: int64(len(headers))})
	if len(headers) >= CentralSize {
		d.next = int64(binary.LittleEndian.Uint32(headers[42:]))
	}
	return d
}

// More reports whether entries are still to come.
func (d *Directory) More() bool { return d.left.Count > 0 }

// Next returns the next entry, valid until the next call, or io.EOF after the last one when
// all of the directory has been read and the entries fill the file up to it.
func (d *Directory) Next() (e Entry, err error) {
	if d.left.Count == 0 {
		if d.left.Size != 0 {
			return e, ErrCount
		}
		if d.next != d.left.Offset {
			return e, ErrGap
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
	d.left.Count--
	d.left.Size -= int64(CentralSize + len(e.Name))
	d.next += e.span()
	return e, nil
}

// object names an entry by its name if that is one, else by its place.
func (d *Directory) object(e *Entry) string {
	if checkName(e.Name) == nil {
		return string(e.Name)
	}
	return fmt.Sprintf("entry %d", d.number+1)
}

// read takes a header and its name and finds how it departs from the profile, if it does.
func (d *Directory) read() (e Entry, err error) {
	if d.left.Size < CentralSize {
		return e, ErrCount
	}
	h, err := d.src.Next(CentralSize)
	if err != nil {
		return e, err
	}
	copy(d.header[:], h)
	le := binary.LittleEndian
	if le.Uint32(h) != centralSignature {
		return e, ErrHeader
	}
	n := int(le.Uint16(h[28:]))
	e.crc, e.Size, e.offset = le.Uint32(h[16:]), le.Uint32(h[24:]), le.Uint32(h[42:])
	if n == 0 || n > MaxName {
		return e, ErrName
	}
	if int64(CentralSize+n) > d.left.Size {
		return e, ErrCount
	}
	if e.Name, err = d.src.Next(n); err != nil {
		return e, err
	}
	d.want = e.appendCentral(d.want[:0])
	if !bytes.Equal(d.want[:CentralSize], d.header[:]) {
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
		{8, 10, ErrFlags}, {10, 12, ErrMethod}, {20, 28, ErrMethod}, {12, 16, ErrDate},
		{30, 32, ErrExtra}, {32, 34, ErrComment}, {4, 8, ErrVersion}, {34, 42, ErrAttributes},
	} {
		if !bytes.Equal(got[f.from:f.to], want[f.from:f.to]) {
			return f.err
		}
	}
	return ErrHeader
}

func (d *Directory) check(e *Entry) error {
	if err := d.order.next(e.Name); err != nil {
		return err
	}
	if int64(e.offset) != d.next {
		return ErrGap
	}
	if d.next+e.span() > d.left.Offset {
		return ErrSize
	}
	return nil
}

// Local reads an entry from src, which stands at its local header, and checks both header and
// content. The content is valid until src is read again.
func (e *Entry) Local(src Source, want []byte) (content, scratch []byte, err error) {
	want = e.appendLocal(want[:0])
	h, err := src.Next(len(want))
	if err != nil {
		return nil, want, err
	}
	if !bytes.Equal(h, want) {
		return nil, want, ErrLocal
	}
	content, err = src.Next(int(e.Size))
	if err != nil {
		return nil, want, err
	}
	if crc32.ChecksumIEEE(content) != e.crc {
		return nil, want, ErrCRC
	}
	return content, want, nil
}

// walk reads every entry that dir lists from src, which stands at the start of the file.
func walk(src Source, dir *Directory, fn func(name, content []byte) error) error {
	var scratch []byte
	for {
		e, err := dir.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var content []byte
		if content, scratch, err = e.Local(src, scratch); err == nil {
			err = fn(e.Name, content)
		}
		if err != nil {
			return fault.At(string(e.Name), err)
		}
	}
}
