package ledger

import (
	"encoding/hex"
	"errors"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
)

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
		p.Hashes = append(p.Hashes, tlog.Hash(hash32(r.Hex("hash", tlog.HashSize))))
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	return p, nil
}

func hash32(b []byte) (h [32]byte) {
	copy(h[:], b)
	return h
}

func checkTreeName(s string) error {
	if s == LedgerTree {
		return nil
	}
	return keyvalue.CheckBatchID(s)
}

// Format writes the proof as [ParseProof] reads it.
func (p *Proof) Format() ([]byte, error) {
	fields := []keyvalue.Field{
		{Key: "tree", Value: p.Tree},
		{Key: "index", Value: strconv.FormatInt(p.Index, 10)},
		{Key: "size", Value: strconv.FormatInt(p.Size, 10)},
		{Key: "leaf", Value: keyvalue.FormatDigest(p.Leaf)},
		{Key: "root", Value: keyvalue.FormatDigest(p.Root)},
	}
	for _, h := range p.Hashes {
		fields = append(fields, keyvalue.Field{Key: "hash", Value: hex.EncodeToString(h[:])})
	}
	data, err := keyvalue.Format(proofFormat, fields)
	if err != nil {
		return nil, err
	}
	if _, err := ParseProof(data); err != nil {
		return nil, err
	}
	return data, nil
}

// Check tells whether the hashes lead from the leaf to the root that the proof itself states;
// if not, [ErrProof]. That root must then be one that the reader trusts for that size and
// tree: prefer [Proof.Shows], which asks for all of it.
func (p *Proof) Check() error {
	if err := tlog.CheckRecord(p.Hashes, p.Size, p.Root, p.Index, p.Leaf); err != nil {
		return ErrProof
	}
	return nil
}

// Shows tells whether the proof shows leaf in the tree of that name, size and root, all of
// which the caller knows from elsewhere: the leaf from the thing itself, size and root from a
// cosigned checkpoint (or a batch-sealed entry). If not, [ErrProof].
func (p *Proof) Shows(leaf tlog.Hash, tree string, size int64, root tlog.Hash) error {
	if p.Leaf != leaf || p.Tree != tree || p.Size != size || p.Root != root {
		return ErrProof
	}
	return p.Check()
}
