// Package powercut takes the power from a disk at any instant, to show what a vault is worth then.
//
// It serves disk images from memory through FUSE ([Serve]): a loop device on such an image, and so
// a real file system of the kernel on that loop device, or a FUSE file system that opens the image
// itself, writes to it. A [Log] keeps each write (disk, offset, bytes) and each flush in the order
// in which they came. From it a [Replay] builds what the disks may hold after a power cut: all that
// was written before a disk's last flush, and of the writes after it a prefix, any subset, or parts
// of them, cut at the boundaries of sectors of 512 bytes. Each such state is served as an image of
// its own, to be mounted and looked at.
//
// It is for tests only. If it is wrong, the promise that a power cut leaves the state before or the
// state after was tested against disks that are kinder than real ones. So its tests also run acts
// whose syncs do nothing, which must be seen to break the promise.
package powercut

import (
	"slices"
	"sync"
)

// Sector is the size, in bytes, of what a disk writes whole or not at all.
const Sector = 512

// Record is one write to a disk, or a flush.
type Record struct {
	Disk   int
	Offset int64
	Data   []byte // nil for a flush
}

// Flush tells whether the record is a flush of its disk.
func (r *Record) Flush() bool { return r.Data == nil }

// Log is what was asked of all disks, in order. The zero value is empty.
type Log struct {
	mu      sync.Mutex
	records []Record
}

// Len returns the number of records so far: the instant now.
func (l *Log) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.records)
}

// Records returns the records so far.
func (l *Log) Records() []Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.records)
}

func (l *Log) add(r Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = append(l.records, r)
}

// LastFlush returns how many of the records up to an instant a disk must still have: those before
// its last flush.
func LastFlush(records []Record, disk, at int) int {
	for i := at - 1; i >= 0; i-- {
		if records[i].Disk == disk && records[i].Flush() {
			return i
		}
	}
	return 0
}

// Image is what a served file holds. It is safe for concurrent use, and so are its implementations.
type Image interface {
	ReadAt(p []byte, off int64) (int, error)
	WriteAt(p []byte, off int64) (int, error)
	Flush() error
	Size() int64
}

// Recorded returns a disk that begins with those bytes, which it takes over, and logs what is asked of it.
func (l *Log) Recorded(disk int, content []byte) Image {
	return &recorded{log: l, disk: disk, content: content}
}

type recorded struct {
	log     *Log
	disk    int
	mu      sync.RWMutex
	content []byte
}

func (r *recorded) Size() int64 { return int64(len(r.content)) }

func (r *recorded) ReadAt(p []byte, off int64) (int, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return copy(p, r.content[min(off, r.Size()):]), nil
}

func (r *recorded) WriteAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > r.Size() {
		return 0, errNoSpace
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log.add(Record{Disk: r.disk, Offset: off, Data: slices.Clone(p)})
	return copy(r.content[off:], p), nil
}

func (r *recorded) Flush() error {
	r.mu.Lock() // a write that a reader can see is before this flush
	defer r.mu.Unlock()
	r.log.add(Record{Disk: r.disk})
	return nil
}
