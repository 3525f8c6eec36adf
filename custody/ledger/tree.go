package ledger

import (
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is a Merkle tree of RFC 9162 §2.1.1 in memory, hashes only: about 64 bytes a leaf. The
// zero value is empty; Name is what its proofs say they belong to, "ledger" or a batch id. It
// is a [tlog.HashReader]. A Tree may be read by many at once, but not while a leaf is added.
type Tree struct {
	Name   string
	size   int64
	hashes []tlog.Hash // in the order of tlog.StoredHashIndex
}

// Add appends a leaf, given by its hash.
func (t *Tree) Add(leaf tlog.Hash) {
	t.hashes = append(t.hashes, leaf)
	h := leaf
	// Each trailing 1 bit of the leaf's number completes a subtree.
	for level, n := 0, t.size; n&1 == 1; level, n = level+1, n>>1 {
		h = tlog.NodeHash(t.hashes[tlog.StoredHashIndex(level, n-1)], h)
		t.hashes = append(t.hashes, h)
	}
	t.size++
}

// grow makes room for more leaves.
func (t *Tree) grow(leaves int64) {
	t.hashes = slices.Grow(t.hashes, int(tlog.StoredHashCount(leaves)))
}

// Size returns the number of leaves.
func (t *Tree) Size() int64 { return t.size }

// Root returns the root of the whole tree; that of the empty tree is SHA-256 of nothing.
func (t *Tree) Root() tlog.Hash {
	root, err := t.RootAt(t.size)
	if err != nil {
		panic(err) // the tree holds every hash below its own size
	}
	return root
}

// RootAt returns the root that the tree had when it held size leaves, or [ErrNone] when it
// never did.
func (t *Tree) RootAt(size int64) (tlog.Hash, error) {
	if size < 0 || size > t.size {
		return tlog.Hash{}, fmt.Errorf("size %d of %d: %w", size, t.size, ErrNone)
	}
	return tlog.TreeHash(size, t)
}

// Leaf returns the hash of a leaf, or [ErrNone].
func (t *Tree) Leaf(index int64) (tlog.Hash, error) {
	if index < 0 || index >= t.size {
		return tlog.Hash{}, fmt.Errorf("leaf %d of %d: %w", index, t.size, ErrNone)
	}
	return t.hashes[tlog.StoredHashIndex(0, index)], nil
}

// ReadHashes implements [tlog.HashReader].
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("stored hash %d: %w", at, ErrNone)
		}
		out[i] = t.hashes[at]
	}
	return out, nil
}

// Prove returns the proof that a leaf stands in the whole tree.
func (t *Tree) Prove(index int64) (*Proof, error) { return t.ProveAt(index, t.size) }

// ProveAt returns the proof that a leaf stands in the tree of its first size leaves.
func (t *Tree) ProveAt(index, size int64) (*Proof, error) {
	root, err := t.RootAt(size)
	if err != nil {
		return nil, err
	}
	if index >= size {
		return nil, fmt.Errorf("leaf %d of %d: %w", index, size, ErrNone)
	}
	leaf, err := t.Leaf(index)
	if err != nil {
		return nil, err
	}
	hashes, err := tlog.ProveRecord(size, index, t)
	if err != nil {
		return nil, err
	}
	return &Proof{Tree: t.Name, Index: index, Size: size, Leaf: leaf, Root: root, Hashes: hashes}, nil
}
