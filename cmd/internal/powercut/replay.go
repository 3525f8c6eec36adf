package powercut

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
)

var (
	errNoSpace = errors.New("powercut: beyond the end of the disk")
	errGone    = errors.New("powercut: this state is over")
)

// Kind says which of the writes after the last flush a state has.
type Kind string

// The kinds of states.
const (
	Flushed Kind = "flushed" // the instant is right after a flush; of other disks all of them
	Prefix  Kind = "prefix"  // all of them, up to the instant
	Subset  Kind = "subset"  // some of them, whole
	Torn    Kind = "torn"    // some of them, and of others some sectors
)

// State is what a power cut at an instant leaves: of each disk all writes before its last flush, and
// of those after it what Kind and Seed say.
type State struct {
	At   int // requests before the cut
	Kind Kind
	Seed uint64
}

// Replay builds states from a log. It is not safe for concurrent use; several may share a log.
type Replay struct {
	requests []Request
	bases    []base
}

// base is a disk with all its writes before an instant.
type base struct {
	content []byte
	at      int
}

// NewReplay returns a replay of disks that began with those contents, which it copies.
func NewReplay(requests []Request, contents [][]byte) *Replay {
	r := &Replay{requests: requests}
	for _, c := range contents {
		r.bases = append(r.bases, base{content: slices.Clone(c)})
	}
	return r
}

// Build returns what each disk holds in a state. The instants of successive states must not
// decrease, and the images before are closed by it.
func (r *Replay) Build(s State) []*After {
	var out []*After
	for disk := range r.bases {
		flushed := LastFlush(r.requests, disk, s.At)
		r.bases[disk].advance(r.requests, disk, flushed)
		after := &After{base: r.bases[disk].content, pages: map[int64][]byte{}}
		choice := rand.New(rand.NewPCG(s.Seed, uint64(disk)))
		for _, rec := range r.requests[flushed:s.At] {
			if rec.Disk == disk && !rec.Flush() {
				after.keep(rec, s.Kind, choice)
			}
		}
		out = append(out, after)
	}
	return out
}

func (b *base) advance(requests []Request, disk, to int) {
	for _, rec := range requests[b.at:max(b.at, to)] {
		if rec.Disk == disk && !rec.Flush() {
			copy(b.content[rec.Offset:], rec.Data)
		}
	}
	b.at = max(b.at, to)
}

// keep applies a write that may have reached the disk, if it did.
func (a *After) keep(rec Request, kind Kind, choice *rand.Rand) {
	lot := choice.IntN(4)
	switch {
	case kind == Flushed, kind == Prefix, kind == Subset && lot < 2, kind == Torn && lot == 0:
		a.put(rec.Data, rec.Offset)
	case kind == Torn && lot < 3:
		for i := 0; i < len(rec.Data); i += Sector {
			if choice.IntN(2) == 0 {
				a.put(rec.Data[i:min(i+Sector, len(rec.Data))], rec.Offset+int64(i))
			}
		}
	}
}

// After is a disk after a power cut. What is written to it now lies over the bytes that it shares
// with other states.
type After struct {
	mu    sync.Mutex
	base  []byte
	pages map[int64][]byte
	over  bool
}

const page = 4096

// Size returns the size of the disk in bytes.
func (a *After) Size() int64 { return int64(len(a.base)) }

// Flush does nothing: the power stays on now.
func (a *After) Flush() error { return nil }

// Close ends the state: reading and writing fail from now on.
func (a *After) Close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
}

// ReadAt reads the disk.
func (a *After) ReadAt(p []byte, off int64) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over {
		return 0, errGone
	}
	n := 0
	for n < len(p) && off < a.Size() {
		from, within := a.base[off-off%page:min(off-off%page+page, a.Size())], off%page
		if own := a.pages[off/page]; own != nil {
			from = own
		}
		c := copy(p[n:], from[within:])
		n, off = n+c, off+int64(c)
	}
	return n, nil
}

// WriteAt writes to the disk.
func (a *After) WriteAt(p []byte, off int64) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over {
		return 0, errGone
	}
	if off+int64(len(p)) > a.Size() {
		return 0, errNoSpace
	}
	a.put(p, off)
	return len(p), nil
}

func (a *After) put(p []byte, off int64) {
	for len(p) > 0 {
		own := a.pages[off/page]
		if own == nil {
			own = slices.Clone(a.base[off-off%page : min(off-off%page+page, a.Size())])
			a.pages[off/page] = own
		}
		c := copy(own[off%page:], p)
		p, off = p[c:], off+int64(c)
	}
}
