package vault

import (
	"crypto/sha256"

	"golang.org/x/mod/sumdb/tlog"
)

// frontier computes the root of a Merkle tree (RFC 9162 §2.1.1) from its leaf hashes in order,
// keeping one hash for each bit of their count.
type frontier struct {
	size  int
	peaks []tlog.Hash // roots of the complete subtrees, the largest and first one first
}

func (f *frontier) add(leaf tlog.Hash) {
	for n := f.size; n&1 == 1; n >>= 1 {
		last := len(f.peaks) - 1
		leaf = tlog.NodeHash(f.peaks[last], leaf)
		f.peaks = f.peaks[:last]
	}
	f.peaks = append(f.peaks, leaf)
	f.size++
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
