package batch

import (
	"crypto/sha256"

	"golang.org/x/mod/sumdb/tlog"
)

// frontier computes the root of a Merkle tree (RFC 9162 §2.1.1) from its leaf hashes in order,
// keeping one hash for each bit of their count.
type frontier struct {
	size  int
	peaks []tlog.Hash // roots of the complete subtrees, the largest and first one first
	added []byte
}

// add takes the next leaf and returns what it adds to tree.bin: its own hash and those of the
// subtrees that it completes, in the order of [tlog.StoredHashIndex]. They are valid until the
// next call.
func (f *frontier) add(leaf tlog.Hash) []byte {
	f.added = append(f.added[:0], leaf[:]...)
	for n := f.size; n&1 == 1; n >>= 1 {
		last := len(f.peaks) - 1
		leaf = tlog.NodeHash(f.peaks[last], leaf)
		f.peaks = f.peaks[:last]
		f.added = append(f.added, leaf[:]...)
	}
	f.peaks = append(f.peaks, leaf)
	f.size++
	return f.added
}

func (f *frontier) root() tlog.Hash {
	last := len(f.peaks) - 1
	if last < 0 {
		return sha256.Sum256(nil)
	}
	root := f.peaks[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(f.peaks[i], root)
	}
	return root
}
