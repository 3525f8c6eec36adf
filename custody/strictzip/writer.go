package strictzip

import (
	"bufio"
	"encoding/binary"
	"hash/crc32"
	"io"

	"bailiff/custody/fault"
)

// directoryChunk is the size of the pieces in which a writer keeps the central directory.
const directoryChunk = 1 << 20

// Writer writes a ZIP file in the strict profile to a stream. Of an entry it keeps what the
// central directory will need and no more: ten bytes, and the part of the name in which it
// differs from the one before.
type Writer struct {
	w         *bufio.Writer
	order     nameOrder
	chunks    [][]byte // what is kept, in pieces, so that it is never copied to grow
	last      []byte   // name
	count     int
	offset    int64 // of the next local header
	directory int64 // bytes that the directory will have
	header    []byte
	err       error
}

// NewWriter returns a writer of a ZIP file to w, which nobody else writes to.
func NewWriter(w io.Writer) *Writer {
	return &Writer{w: bufio.NewWriterSize(w, 256<<10)}
}

// Add writes an entry. Names come in ascending order. Once a call has failed, all that follow
// return its error: the file is then worthless.
func (z *Writer) Add(name string, data []byte) error {
	if z.err == nil {
		z.err = fault.At(name, z.add(name, data))
	}
	return z.err
}

func (z *Writer) add(name string, data []byte) error {
	if z.SizeWith(1, int64(len(name)), int64(len(data))) > MaxSize {
		return ErrTooLarge
	}
	if err := z.order.next([]byte(name)); err != nil {
		return err
	}
	e := Entry{[]byte(name), crc32.ChecksumIEEE(data), uint32(len(data)), uint32(z.offset)}
	z.header = e.appendLocal(z.header[:0])
	if _, err := z.w.Write(z.header); err != nil {
		return err
	}
	if _, err := z.w.Write(data); err != nil {
		return err
	}
	z.keep(&e)
	z.count++
	z.offset += e.span()
	z.directory += int64(CentralSize + len(name))
	return nil
}

// keep appends to chunks: the length of what the name has in common with the last one, the length
// of the rest, the rest, CRC-32, size.
func (z *Writer) keep(e *Entry) {
	common := commonPrefix(z.last, e.Name)
	rest := e.Name[common:]
	z.last = append(z.last[:0], e.Name...)
	i := len(z.chunks) - 1
	if i < 0 || len(z.chunks[i])+10+len(rest) > directoryChunk {
		z.chunks = append(z.chunks, make([]byte, 0, directoryChunk))
		i++
	}
	c := append(append(z.chunks[i], byte(common), byte(len(rest))), rest...)
	c = binary.LittleEndian.AppendUint32(c, e.crc)
	z.chunks[i] = binary.LittleEndian.AppendUint32(c, e.Size)
}

// writeDirectory writes the headers of all entries from what was kept of them.
func (z *Writer) writeDirectory() error {
	var e Entry
	offset := int64(0)
	for _, c := range z.chunks {
		for len(c) > 0 {
			common, rest := int(c[0]), int(c[1])
			e.Name = append(e.Name[:common], c[2:2+rest]...)
			c = c[2+rest:]
			e.crc, e.Size, e.offset = binary.LittleEndian.Uint32(c), binary.LittleEndian.Uint32(c[4:]), uint32(offset)
			c = c[8:]
			offset += e.span()
			z.header = e.appendCentral(z.header[:0])
			if _, err := z.w.Write(z.header); err != nil {
				return err
			}
		}
	}
	return nil
}

// Size is the size in bytes that the file has if it is closed now.
func (z *Writer) Size() int64 { return z.SizeWith(0, 0, 0) }

// SizeWith is the size in bytes that the file has if it is closed after so many more entries,
// with so many bytes in their names and in their contents.
func (z *Writer) SizeWith(entries int, names, contents int64) int64 {
	return z.offset + z.directory + int64(entries)*(localSize+CentralSize) + 2*names + contents +
		endSizeOf(z.count+entries)
}

// Close writes the directory and the end record. It does not close the underlying stream.
func (z *Writer) Close() error {
	if z.err != nil {
		return z.err
	}
	z.err = ErrClosed
	if z.count == 0 {
		return ErrEmpty
	}
	if err := z.writeDirectory(); err != nil {
		return err
	}
	if _, err := z.w.Write(appendEnd(nil, z.count, z.offset, z.directory)); err != nil {
		return err
	}
	z.chunks = nil
	return z.w.Flush()
}
