package secret

import (
	"fmt"
	"math/bits"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	smallest  = 64       // bytes of the smallest room
	largest   = 64 << 10 // bytes of the largest room in a shared chunk; greater ones get a mapping each
	classes   = 11       // rooms of 64, 128, … 65,536 bytes
	chunkSize = 64 << 10 // bytes of a chunk of small rooms
	perChunk  = 4        // at least so many rooms a chunk
)

// guard is the number of bytes on either side of a secret that nobody may write to; the room
// behind the secret up to the room's end is guarded too.
const guard = 16

// canary fills the guards. It finds bugs; it is not meant to stop anyone.
const canary = 0xa5

// pages is the arena of the process; see the package comment.
var pages arena

// arena hands out rooms of locked memory. Rooms of one size class come from chunks that are mapped
// once and used again, never unmapped.
type arena struct {
	mu       sync.Mutex
	free     [classes][][]byte
	unlocked map[*byte][]byte // mappings that the kernel refused to lock
	refusal  error            // its last reason
	dumped   error            // why the kernel may put secrets into a core dump; nil: it leaves them out
}

// alloc returns a cleared room of at least size bytes.
func (a *arena) alloc(size int) []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	class := classOf(size)
	if class == classes {
		return a.mapped(size)
	}
	if len(a.free[class]) == 0 {
		a.grow(class)
	}
	last := len(a.free[class]) - 1
	room := a.free[class][last]
	a.free[class] = a.free[class][:last]
	clear(room)
	return room
}

// release gives a room, which was cleared, back to the arena.
func (a *arena) release(room []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if class := classOf(len(room)); class < classes {
		a.free[class] = append(a.free[class], room)
		return
	}
	delete(a.unlocked, unsafe.SliceData(room))
	_ = unix.Munmap(room) // it was cleared: what the kernel does not take back harms nobody
}

// grow maps one more chunk for rooms of a class.
func (a *arena) grow(class int) {
	size := smallest << class
	chunk := a.mapped(max(chunkSize, perChunk*size))
	for len(chunk) > 0 {
		a.free[class] = append(a.free[class], chunk[:size:size])
		chunk = chunk[size:]
	}
}

// mapped returns fresh zeroed pages of size bytes, rounded up to whole pages: locked, and left out of core dumps, where
// the kernel allows it.
func (a *arena) mapped(size int) []byte {
	page := unix.Getpagesize()
	size = (size + page - 1) / page * page
	m, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS)
	if err != nil {
		panic("secret: mmap: " + err.Error())
	}
	if err := unix.Madvise(m, unix.MADV_DONTDUMP); err != nil { // by a sandbox: it is right for this kind of memory
		a.dumped = fmt.Errorf("madvise: %w", err)
	}
	a.lock(m)
	return m
}

// lock locks a mapping into memory or remembers that the kernel refused.
func (a *arena) lock(m []byte) {
	if err := unix.Mlock(m); err != nil {
		if a.unlocked == nil {
			a.unlocked = make(map[*byte][]byte)
		}
		a.unlocked[unsafe.SliceData(m)], a.refusal = m, err
		return
	}
	delete(a.unlocked, unsafe.SliceData(m))
}

// leftOut is nil where the kernel leaves the secrets out of core dumps. It has some mapped to know.
func (a *arena) leftOut() error {
	a.release(a.alloc(smallest))
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.dumped
}

// lockAgain tries once more what was refused and describes what still is; nil when all is locked.
func (a *arena) lockAgain() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, m := range a.unlocked {
		a.lock(m)
	}
	size := 0
	for _, m := range a.unlocked {
		size += len(m)
	}
	if size == 0 {
		return nil
	}
	return fmt.Errorf("%d bytes of secret memory are not locked: %w", size, a.refusal)
}

// classOf returns the size class of a room, or classes when it needs a mapping of its own.
func classOf(size int) int {
	if size > largest {
		return classes
	}
	return bits.Len(uint(max(size, smallest)-1) / smallest)
}

// plantGuards fills what surrounds the n bytes of the secret.
func plantGuards(room []byte, n int) {
	for i := range guard {
		room[i] = canary
	}
	behind := room[guard+n:]
	for i := range behind {
		behind[i] = canary
	}
}

// guardsWhole reports whether nobody wrote around the n bytes of the secret.
func guardsWhole(room []byte, n int) bool {
	damage := byte(0)
	for _, c := range room[:guard] {
		damage |= c ^ canary
	}
	for _, c := range room[guard+n:] {
		damage |= c ^ canary
	}
	return damage == 0
}
