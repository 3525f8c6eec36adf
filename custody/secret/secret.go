// Package secret holds secret bytes: in locked memory, wiped when done with, redacted in every print.
//
// A private key, a data key, a share or a PIN lives in a [Bytes] and nowhere else: never in a
// string, a log line, an error or a file. Its memory lies outside the Go heap, in pages that are
// locked against swapping (mlock) and left out of core dumps (MADV_DONTDUMP), so the garbage
// collector never copies it and [Bytes.Wipe] erases the only copy there is. What code computes
// with a secret leaves traces on stack and heap; it runs within [Do], and [Erase] at the end of an operation clears
// what that left on the heap. [Harden] shuts the doors of
// the whole process and says which of them did not shut.
//
// There is no format. If this package is wrong, an attacker who reads the swap partition, a core
// dump, a log or a process's memory after a release finds keys there that should have been gone.
//
// The package keeps one arena for the process, the project's one exception to "no package
// state": locked pages are a budget of the process (RLIMIT_MEMLOCK), they are taken and given back
// page by page and not secret by secret, and a hundred thousand short-lived secrets must not cost as
// many system calls. The arena has no settings and nothing of it can be seen but its memory.
package secret

import (
	"crypto/subtle"
	"fmt"
	"io"
	"sync"
	"unsafe"
)

// redacted is what every print of a secret shows.
const redacted = "[secret]"

// Bytes is a secret of a fixed length. Make one with [New], [Random] or [From]; the zero value and
// nil are wiped secrets of length 0.
//
// A copy of a Bytes is the same secret: wiping one wipes both. Different goroutines may use
// different secrets freely, and may wipe the same one; reading one while another goroutine wipes
// it is a bug of the caller. A secret that is dropped without Wipe stays in locked memory until
// the process ends: its memory is never handed on while a slice of it may still be in use.
type Bytes struct{ slot *slot }

// slot is the memory of one secret. The address is an unsafe.Pointer, not a slice, so that
// neither fmt nor any printer that walks through pointers by reflection reaches the content.
type slot struct {
	mu   sync.Mutex
	base unsafe.Pointer // of the room in the arena; nil once wiped
	room int            // size of the room, guards included
	n    int            // size of the secret
}

// New returns a secret of n zero bytes. It panics when n is negative or memory has run out.
func New(n int) *Bytes {
	if n < 0 {
		panic("secret: negative length")
	}
	room := pages.alloc(n + 2*guard)
	plantGuards(room, n)
	return &Bytes{&slot{base: unsafe.Pointer(unsafe.SliceData(room)), room: len(room), n: n}}
}

// Random returns a secret of n bytes read from r. When r fails or ends early the error is r's
// (io.ErrUnexpectedEOF, or io.EOF at once) and nothing of what was read remains.
func Random(r io.Reader, n int) (*Bytes, error) {
	b := New(n)
	if _, err := io.ReadFull(r, b.Expose()); err != nil {
		b.Wipe()
		return nil, fmt.Errorf("secret: reading random bytes: %w", err)
	}
	return b, nil
}

// From moves b into a new secret: it copies b, then clears b.
func From(b []byte) *Bytes {
	s := New(len(b))
	copy(s.Expose(), b)
	clear(b)
	return s
}

// Expose returns the secret itself, not a copy: writing to it changes the secret. The slice must
// not be used after Wipe, when its memory belongs to another secret or to nobody. Expose returns
// nil after Wipe.
func (b *Bytes) Expose() []byte {
	if b == nil || b.slot == nil {
		return nil
	}
	b.slot.mu.Lock()
	defer b.slot.mu.Unlock()
	return b.slot.data()
}

// Len returns the length in bytes, 0 after Wipe.
func (b *Bytes) Len() int { return len(b.Expose()) }

// Equal reports in constant time whether both hold the same bytes. Secrets of different lengths are
// different, and the time shows that; a nil or wiped secret equals nothing, not even itself.
func (b *Bytes) Equal(o *Bytes) bool {
	x, y := b.Expose(), o.Expose()
	return x != nil && y != nil && subtle.ConstantTimeCompare(x, y) == 1
}

// Wipe clears the secret and gives its memory back. It may be called again, and on nil. It panics
// when something wrote beyond the bounds of the secret (which unsafe code alone can do), after
// clearing it.
func (b *Bytes) Wipe() {
	if b == nil || b.slot == nil {
		return
	}
	b.slot.mu.Lock()
	defer b.slot.mu.Unlock()
	if b.slot.base == nil {
		return
	}
	room := b.slot.bytes()
	whole := b.slot.erase()
	b.slot.base, b.slot.n = nil, 0
	if !whole {
		panic("secret: memory around a secret was overwritten")
	}
	pages.release(room)
}

// bytes returns the whole room, guards included.
func (s *slot) bytes() []byte { return unsafe.Slice((*byte)(s.base), s.room) }

// data returns the secret within the room, nil once wiped.
func (s *slot) data() []byte {
	if s.base == nil {
		return nil
	}
	return s.bytes()[guard : guard+s.n : guard+s.n]
}

// erase clears the room and reports whether its guards were still whole.
func (s *slot) erase() bool {
	room := s.bytes()
	whole := guardsWhole(room, s.n)
	clear(room)
	return whole
}

// Format prints [secret], whatever the verb and flags.
func (Bytes) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// String returns [secret].
func (Bytes) String() string { return redacted }

// GoString returns [secret].
func (Bytes) GoString() string { return redacted }

// MarshalText returns [secret].
func (Bytes) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON returns "[secret]" with its quotes.
func (Bytes) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
