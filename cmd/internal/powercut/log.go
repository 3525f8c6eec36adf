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

// Request is one write to a disk, or a flush.
type Request struct {
	Disk   int
	Offset int64
	Data   []byte // nil for a flush
}

// Flush tells whether the request is a flush of its disk.
func (r *Request) Flush() bool { return r.Data == nil }

// Log is what was asked of all disks, in order. The zero value is empty.
type Log struct {
	mu       sync.Mutex
	requests []Request
}

// Len returns the number of requests so far: the instant now.
func (l *Log) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.requests)
}

// Requests returns the requests so far.
func (l *Log) Requests() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.requests)
}

func (l *Log) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests = append(l.requests, r)
}

// LastFlush returns how many of the requests up to an instant a disk must still have: those before
// its last flush.
func LastFlush(requests []Request, disk, at int) int {
	for i := at - 1; i >= 0; i-- {
		if requests[i].Disk == disk && requests[i].Flush() {
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

// Disk returns a disk that begins with those bytes, which it takes over, and logs what is asked of it.
func (l *Log) Disk(disk int, content []byte) Image {
	return &logged{log: l, disk: disk, content: content}
}

type logged struct {
	log     *Log
	disk    int
	mu      sync.RWMutex
	content []byte
}

func (r *logged) Size() int64 { return int64(len(r.content)) }

func (r *logged) ReadAt(p []byte, off int64) (int, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return copy(p, r.content[min(off, r.Size()):]), nil
}

func (r *logged) WriteAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > r.Size() {
		return 0, errNoSpace
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log.add(Request{Disk: r.disk, Offset: off, Data: slices.Clone(p)})
	return copy(r.content[off:], p), nil
}

func (r *logged) Flush() error {
	r.mu.Lock() // a write that a reader can see is before this flush
	defer r.mu.Unlock()
	r.log.add(Request{Disk: r.disk})
	return nil
}
