// Package strictzip is the ZIP profile of sealed and public batches: the same contents have one encoding, every other file is refused,
// and stock tools read it. Entries are stored as they are, in ascending order of their names, with fixed dates and attributes, and adjoin;
// docs/formats.md, "ZIP profile", is the definition.
//
// [Writer] and [Reader] are for whole files. [Stream], [Directory] and [Entry] are for who reads a file once, from its
// first byte to its last, and compares each entry with what it knows of it.
//
// Were this package lax, two tools could be shown two contents of one file.
package strictzip

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// MaxSize is the largest size of a file in bytes: 2 GiB less 1 MiB, what FAT32 and every
// tool with signed 32-bit sizes can hold.
const MaxSize = 2<<30 - 1<<20

// MaxName is the length of the longest entry name in bytes.
const MaxName = 200

// Sizes of the structures of PKWARE APPNOTE 6.3.10 §4.3, names not counted.
const (
	localSize   = 30 // §4.3.7 local file header
	CentralSize = 46 // §4.3.12 central directory header
	end64Size   = 56 // §4.3.14 ZIP64 end of central directory record
	locatorSize = 20 // §4.3.15 ZIP64 end of central directory locator
	endSize     = 22 // §4.3.16 end of central directory record
)

// The constant fields of the profile.
const (
	localSignature   = 0x04034b50
	centralSignature = 0x02014b50
	end64Signature   = 0x06064b50
	locatorSignature = 0x07064b50
	endSignature     = 0x06054b50
	madeBy           = 0x031e         // Unix, specification 3.0
	versionNeeded    = 10             // stored entries
	versionNeeded64  = 45             // in the ZIP64 end record
	firstDate        = 0x0021         // 1980-01-01 as MS-DOS writes it; the time is 0
	attributes       = 0o100444 << 16 // a regular file that all may read
	manyEntries      = 0xffff         // from this count on a ZIP64 end record stands before the end record
)

// The ways in which a file departs from the strict profile. An error that wraps one names the
// entry.
var (
	ErrEnd        = errors.New("strictzip: the file does not end in the profile's end record: cut short, comment or trailing bytes")
	Err64         = errors.New("strictzip: the ZIP64 end record is missing, needless or not the profile's")
	ErrCount      = errors.New("strictzip: the directory does not hold as many entries as the end record says")
	ErrSize       = errors.New("strictzip: sizes or offsets do not add up to the size of the file")
	ErrTooLarge   = errors.New("strictzip: larger than 2 GiB - 1 MiB")
	ErrEmpty      = errors.New("strictzip: no entries")
	ErrHeader     = errors.New("strictzip: a directory header is missing or cut short")
	ErrVersion    = errors.New("strictzip: made by or needs another version than the profile's")
	ErrFlags      = errors.New("strictzip: flags are set: encrypted, data descriptor or UTF-8 mark")
	ErrMethod     = errors.New("strictzip: the entry is not stored as it is")
	ErrDate       = errors.New("strictzip: dated otherwise than 1980-01-01 00:00:00")
	ErrExtra      = errors.New("strictzip: an extra field")
	ErrComment    = errors.New("strictzip: a comment")
	ErrAttributes = errors.New("strictzip: other attributes than those of a read-only regular file")
	ErrName       = errors.New("strictzip: the name is not of the form a-z 0-9 . - / or not a safe relative path")
	ErrOrder      = errors.New("strictzip: names are not in ascending order")
	ErrDuplicate  = errors.New("strictzip: the name stands twice")
	ErrCollision  = errors.New("strictzip: the name is a file and a folder at once")
	ErrGap        = errors.New("strictzip: entries do not adjoin: gap, overlap or bytes before the first")
	ErrLocal      = errors.New("strictzip: the local header differs from the directory")
	ErrCRC        = errors.New("strictzip: the content does not match its CRC-32")
	ErrEntrySize  = errors.New("strictzip: the entry is larger than its reader allows")
	ErrClosed     = errors.New("strictzip: the writer is closed")
)

// Entry is all that varies between the headers of two entries.
type Entry struct {
	Name   []byte
	crc    uint32
	Size   uint32 // of the content, in bytes
	offset uint32 // of the local header
}

// appendLocal appends the entry's local file header and its name.
func (e *Entry) appendLocal(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, localSignature)
	b = e.appendCommon(b)
	b = le.AppendUint16(b, 0) // extra field
	return append(b, e.Name...)
}

// appendCentral appends the entry's header in the central directory and its name.
func (e *Entry) appendCentral(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, centralSignature)
	b = le.AppendUint16(b, madeBy)
	b = e.appendCommon(b)
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0) // extra field, comment, disk, internal attributes
	b = le.AppendUint32(b, attributes)
	b = le.AppendUint32(b, e.offset)
	return append(b, e.Name...)
}

// appendCommon appends what both headers share: version needed to length of the name.
func (e *Entry) appendCommon(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(b, versionNeeded)
	b = append(b, 0, 0, 0, 0, 0, 0) // flags, method, time
	b = le.AppendUint16(b, firstDate)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, e.Size) // compressed
	b = le.AppendUint32(b, e.Size) // uncompressed
	return le.AppendUint16(b, uint16(len(e.Name)))
}

// span is the number of bytes of the local header, the name and the content.
func (e *Entry) span() int64 { return localSize + int64(len(e.Name)) + int64(e.Size) }

// appendEnd appends the end of the file, given the count of entries and where the directory
// stands: the ZIP64 record and locator if there are many entries, and the end record. As APPNOTE
// §4.4.1.4 has it, only the fields that are too small (the two counts) refer to ZIP64.
func appendEnd(b []byte, count int, offset, size int64) []byte {
	le := binary.LittleEndian
	if count >= manyEntries {
		b = le.AppendUint32(b, end64Signature)
		b = le.AppendUint64(b, end64Size-12)
		b = le.AppendUint16(b, madeBy)
		b = le.AppendUint16(b, versionNeeded64)
		b = append(b, 0, 0, 0, 0, 0, 0, 0, 0) // this disk, the directory's disk
		b = le.AppendUint64(b, uint64(count))
		b = le.AppendUint64(b, uint64(count))
		b = le.AppendUint64(b, uint64(size))
		b = le.AppendUint64(b, uint64(offset))
		b = le.AppendUint32(b, locatorSignature)
		b = le.AppendUint32(b, 0) // its disk
		b = le.AppendUint64(b, uint64(offset+size))
		b = le.AppendUint32(b, 1) // number of disks
	}
	short := uint16(min(count, manyEntries))
	b = le.AppendUint32(b, endSignature)
	b = append(b, 0, 0, 0, 0) // this disk, the directory's disk
	b = le.AppendUint16(b, short)
	b = le.AppendUint16(b, short)
	b = le.AppendUint32(b, uint32(size))
	b = le.AppendUint32(b, uint32(offset))
	return append(b, 0, 0) // comment
}

// endSizeOf is the number of bytes that appendEnd appends.
func endSizeOf(count int) int64 {
	if count >= manyEntries {
		return end64Size + locatorSize + endSize
	}
	return endSize
}

// checkName reports whether name is 1 to MaxName bytes of a–z, 0–9, full stop, hyphen and slash
// that make a relative path to a file, without empty parts and parts that end in a full stop
// (and so without `.` and `..`), which no file system of ours can hold.
func checkName(name []byte) error {
	if len(name) == 0 || len(name) > MaxName {
		return ErrName
	}
	last := byte('/')
	for _, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.':
		case c == '/' && last != '/' && last != '.':
		default:
			return ErrName
		}
		last = c
	}
	if last == '/' || last == '.' {
		return ErrName
	}
	return nil
}

// nameOrder checks a sequence of names: each of the profile's form, ascending by byte, none
// twice, none a file and a folder at once. Its memory is that of one name.
type nameOrder struct {
	last  []byte
	begun []int // lengths at which an earlier name ends that begins the last one, ascending
}

// commonPrefix is how many bytes two names begin with alike.
func commonPrefix(a, b []byte) (n int) {
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

func (o *nameOrder) next(name []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	switch c := bytes.Compare(o.last, name); {
	case c == 0:
		return ErrDuplicate
	case c > 0:
		return ErrOrder
	}
	common := commonPrefix(o.last, name)
	// Whatever sorts between a name and one that it begins is begun by it as well, so begun
	// tells every earlier name that could be a folder of this one.
	for n := len(o.begun); n > 0 && o.begun[n-1] > common; n-- {
		o.begun = o.begun[:n-1]
	}
	for _, n := range o.begun {
		if name[n] == '/' {
			return ErrCollision
		}
	}
	o.last = append(o.last[:0], name...)
	o.begun = append(o.begun, len(name))
	return nil
}
