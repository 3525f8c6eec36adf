package ledger

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
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

const proofFormat = "bailiff-proof/1"

// LedgerTree is the name of the ledger's own tree in a proof; the other trees are batches.
const LedgerTree = "ledger"

// ErrProof means that a proof does not prove what it is said to prove.
var ErrProof = errors.New("ledger: the inclusion proof is wrong")

// Proof shows that a leaf stands at an index of a tree with a known root (RFC 9162 §2.1.3).
type Proof struct {
	Tree        string // LedgerTree or a batch id
	Index, Size int64  // 0 ≤ Index < Size ≤ MaxSize
	Leaf, Root  tlog.Hash
	Hashes      []tlog.Hash // from the leaf to the root
}

// ParseProof reads a proof (docs/formats.md, "Inclusion proof"). It proves nothing before
// [Proof.Shows] has agreed.
func ParseProof(data []byte) (*Proof, error) {
	if len(data) > maxProof {
		return nil, durable.ErrTooLarge
	}
	r, err := keyvalue.Parse(proofFormat, data)
	if err != nil {
		return nil, err
	}
	p := &Proof{
		Tree:  r.Checked("tree", checkTreeName),
		Index: int64(r.Uint("index", MaxSize-1)),
		Size:  int64(r.Uint("size", MaxSize)),
		Leaf:  r.Digest("leaf"),
		Root:  r.Digest("root"),
	}
	if p.Index >= p.Size {
		r.Fail("index", keyvalue.ErrValue)
	}
	for r.Next() == "hash" {
		var h tlog.Hash
		copy(h[:], r.Hex("hash", len(h)))
		p.Hashes = append(p.Hashes, h)
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	return p, nil
}

func checkTreeName(s string) error {
	if s == LedgerTree {
		return nil
	}
	return keyvalue.CheckBatchID(s)
}

// Format writes the proof as [ParseProof] reads it.
func (p *Proof) Format() ([]byte, error) {
	fields := keyvalue.Fields("tree", p.Tree, "index", strconv.FormatInt(p.Index, 10),
		"size", strconv.FormatInt(p.Size, 10), "leaf", keyvalue.FormatDigest(p.Leaf), "root", keyvalue.FormatDigest(p.Root))
	for _, h := range p.Hashes {
		fields = append(fields, keyvalue.Field{Key: "hash", Value: hex.EncodeToString(h[:])})
	}
	return keyvalue.FormatAs(proofFormat, fields, ParseProof)
}

// Check reports whether the hashes lead from the leaf to the root that the proof itself states;
// if not, [ErrProof]. That root must then be one that the reader trusts for that size and
// tree: prefer [Proof.Shows], which asks for all of it.
func (p *Proof) Check() error {
	if err := tlog.CheckRecord(p.Hashes, p.Size, p.Root, p.Index, p.Leaf); err != nil {
		return ErrProof
	}
	return nil
}

// Shows reports whether the proof shows leaf in the tree of that name, size and root, all of
// which the caller knows from elsewhere: the leaf from the thing itself, size and root from a
// cosigned checkpoint (or a batch-sealed entry). If not, [ErrProof].
func (p *Proof) Shows(leaf tlog.Hash, tree string, size int64, root tlog.Hash) error {
	if p.Leaf != leaf || p.Tree != tree || p.Size != size || p.Root != root {
		return ErrProof
	}
	return p.Check()
}

// ProofShows reports whether data is the proof (docs/formats.md, "Inclusion proof") that leaf stands at
// index of the tree of that name, size and root; see [Proof.Shows]. It is for those who check many
// proofs of one tree; the errors are those of [ParseProof], and [ErrProof].
func ProofShows(data []byte, leaf tlog.Hash, index int64, tree string, size int64, root tlog.Hash) error {
	var room [64]tlog.Hash
	head := appendProofHead(make([]byte, 0, 512), leaf, index, tree, size, root)
	if hashes, ok := proofHashes(data, head, room[:0]); ok && tlog.CheckRecord(hashes, size, root, index, leaf) == nil {
		return nil
	}
	p, err := ParseProof(data) // tells what is wrong
	if err != nil {
		return err
	}
	if p.Index != index {
		return ErrProof
	}
	return p.Shows(leaf, tree, size, root)
}

// appendProofHead appends the lines of a proof before those of its hashes.
func appendProofHead(b []byte, leaf tlog.Hash, index int64, tree string, size int64, root tlog.Hash) []byte {
	b = append(append(b, proofFormat+"\ntree: "...), tree...)
	b = strconv.AppendInt(append(b, "\nindex: "...), index, 10)
	b = strconv.AppendInt(append(b, "\nsize: "...), size, 10)
	b = hex.AppendEncode(append(b, "\nleaf: sha256:"...), leaf[:])
	b = hex.AppendEncode(append(b, "\nroot: sha256:"...), root[:])
	return append(b, '\n')
}

// proofHashes reads the lines after head, which must all be hashes, into room.
func proofHashes(data, head []byte, room []tlog.Hash) (hashes []tlog.Hash, ok bool) {
	const line = len("hash: ") + 2*tlog.HashSize + 1
	rest, ok := bytes.CutPrefix(data, head)
	if !ok || len(rest) > line*cap(room) || len(rest)%line != 0 {
		return nil, false
	}
	for ; len(rest) > 0; rest = rest[line:] {
		digits := rest[len("hash: ") : line-1]
		if string(rest[:len("hash: ")]) != "hash: " || rest[line-1] != '\n' || bytes.ContainsAny(digits, "ABCDEF") {
			return nil, false
		}
		var h tlog.Hash
		if _, err := hex.Decode(h[:], digits); err != nil {
			return nil, false
		}
		room = append(room, h)
	}
	return room, true
}
