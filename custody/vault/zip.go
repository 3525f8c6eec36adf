package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// MaxVolume is the largest size of a volume in bytes: 2 GiB less 1 MiB, what FAT32 and every
// tool with signed 32-bit sizes can hold.
const MaxVolume = 2<<30 - 1<<20

// MaxName is the length of the longest entry name in bytes.
const MaxName = 200

// Sizes of the structures of PKWARE APPNOTE 6.3.10 §4.3, names not counted.
const (
	localSize   = 30 // §4.3.7 local file header
	centralSize = 46 // §4.3.12 central directory header
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
	ErrZipEnd        = errors.New("zip: the file does not end in the profile's end record: cut short, comment or trailing bytes")
	ErrZip64         = errors.New("zip: the ZIP64 end record is missing, needless or not the profile's")
	ErrZipCount      = errors.New("zip: the directory does not hold as many entries as the end record says")
	ErrZipSize       = errors.New("zip: sizes or offsets do not add up to the size of the file")
	ErrZipTooLarge   = errors.New("zip: larger than 2 GiB - 1 MiB")
	ErrZipEmpty      = errors.New("zip: no entries")
	ErrZipHeader     = errors.New("zip: a directory header is missing or cut short")
	ErrZipVersion    = errors.New("zip: made by or needs another version than the profile's")
	ErrZipFlags      = errors.New("zip: flags are set: encrypted, data descriptor or UTF-8 mark")
	ErrZipMethod     = errors.New("zip: the entry is not stored as it is")
	ErrZipDate       = errors.New("zip: dated otherwise than 1980-01-01 00:00:00")
	ErrZipExtra      = errors.New("zip: an extra field")
	ErrZipComment    = errors.New("zip: a comment")
	ErrZipAttributes = errors.New("zip: other attributes than those of a read-only regular file")
	ErrZipName       = errors.New("zip: the name is not of the form a-z 0-9 . - / or not a safe relative path")
	ErrZipOrder      = errors.New("zip: names are not in ascending order")
	ErrZipDuplicate  = errors.New("zip: the name stands twice")
	ErrZipCollision  = errors.New("zip: the name is a file and a folder at once")
	ErrZipGap        = errors.New("zip: entries do not adjoin: gap, overlap or bytes before the first")
	ErrZipLocal      = errors.New("zip: the local header differs from the directory")
	ErrZipCRC        = errors.New("zip: the content does not match its CRC-32")
	ErrZipEntrySize  = errors.New("zip: the entry is larger than its reader allows")
	ErrZipClosed     = errors.New("zip: the writer is closed")
)

// zipEntry is all that varies between the headers of two entries.
type zipEntry struct {
	name   []byte
	crc    uint32
	size   uint32
	offset uint32 // of the local header
}

// appendLocal appends the entry's local file header and its name.
func (e *zipEntry) appendLocal(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, localSignature)
	b = e.appendCommon(b)
	b = le.AppendUint16(b, 0) // extra field
	return append(b, e.name...)
}

// appendCentral appends the entry's header in the central directory and its name.
func (e *zipEntry) appendCentral(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, centralSignature)
	b = le.AppendUint16(b, madeBy)
	b = e.appendCommon(b)
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0) // extra field, comment, disk, internal attributes
	b = le.AppendUint32(b, attributes)
	b = le.AppendUint32(b, e.offset)
	return append(b, e.name...)
}

// appendCommon appends what both headers share: version needed to length of the name.
func (e *zipEntry) appendCommon(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(b, versionNeeded)
	b = append(b, 0, 0, 0, 0, 0, 0) // flags, method, time
	b = le.AppendUint16(b, firstDate)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, e.size) // compressed
	b = le.AppendUint32(b, e.size) // uncompressed
	return le.AppendUint16(b, uint16(len(e.name)))
}

// span is the number of bytes of the local header, the name and the content.
func (e *zipEntry) span() int64 { return localSize + int64(len(e.name)) + int64(e.size) }

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

// checkName tells whether name is 1 to MaxName bytes of a–z, 0–9, full stop, hyphen and slash
// that make a relative path to a file, without empty parts and parts that end in a full stop
// (and so without `.` and `..`), which no file system of ours can hold.
func checkName(name []byte) error {
	if len(name) == 0 || len(name) > MaxName {
		return ErrZipName
	}
	last := byte('/')
	for _, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.':
		case c == '/' && last != '/' && last != '.':
		default:
			return ErrZipName
		}
		last = c
	}
	if last == '/' || last == '.' {
		return ErrZipName
	}
	return nil
}

// nameOrder checks a sequence of names: each of the profile's form, ascending by byte, none
// twice, none a file and a folder at once. Its memory is that of one name.
type nameOrder struct {
	last  []byte
	begun []int // lengths at which an earlier name ends that begins the last one, ascending
}

func (o *nameOrder) next(name []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	switch c := bytes.Compare(o.last, name); {
	case c == 0:
		return ErrZipDuplicate
	case c > 0:
		return ErrZipOrder
	}
	common := 0
	for common < len(o.last) && common < len(name) && o.last[common] == name[common] {
		common++
	}
	// Whatever sorts between a name and one that it begins is begun by it as well, so begun
	// tells every earlier name that could be a folder of this one.
	for n := len(o.begun); n > 0 && o.begun[n-1] > common; n-- {
		o.begun = o.begun[:n-1]
	}
	for _, n := range o.begun {
		if name[n] == '/' {
			return ErrZipCollision
		}
	}
	o.last = append(o.last[:0], name...)
	o.begun = append(o.begun, len(name))
	return nil
}
