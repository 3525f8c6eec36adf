package batch

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
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

// ErrTree refuses hashes of tree.bin that are not those of the batch's tree.
var ErrTree = errors.New("batch: the stored tree does not lead from the key to the batch's root")

// treeSize is the size in bytes of tree.bin for so many keys.
func treeSize(keys int) int64 { return tlog.HashSize * tlog.StoredHashCount(int64(keys)) }

// storedTree reads single hashes of tree.bin. It is a [tlog.HashReader] whose hashes nothing
// vouches for: a path made of them must lead to the root.
type storedTree struct{ file *os.File }

// ReadHashes implements [tlog.HashReader].
func (t storedTree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if err := strictzip.ReadAt(t.file, out[i][:], at*tlog.HashSize); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// openTree opens tree.bin, whose size it checks; an error names it.
func openTree(disk *durable.Disk, dir string, keys int) (*os.File, error) {
	f, err := disk.Open(filepath.Join(dir, treeFile))
	if err != nil {
		return nil, fault.At(treeFile, err)
	}
	info, err := f.Stat()
	if err == nil && info.Size() != treeSize(keys) {
		err = ErrSize
	}
	if err != nil {
		_ = f.Close()
		return nil, fault.At(treeFile, err)
	}
	return f, nil
}

// prove shows by the path in tree.bin that r is the record of its number below the manifest's
// root. Else the error names the file at fault: records.txt when the path leads from the stored
// leaf to the root, but not from that of r.
func (b *Batch) prove(r *Record) error {
	if b.tree == nil {
		f, err := openTree(b.disk, b.dir, b.manifest.Keys)
		if err != nil {
			return err
		}
		b.tree = f
	}
	tree, keys, index := storedTree{b.tree}, int64(b.manifest.Keys), int64(r.Number-1)
	number := keyvalue.FormatKeyNumber(r.Number)
	path, err := tlog.ProveRecord(keys, index, tree)
	if err != nil {
		return fault.At(treeFile, fault.At(number, err))
	}
	if tlog.CheckRecord(path, keys, b.manifest.Root, index, r.Leaf()) == nil {
		return nil
	}
	stored, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return fault.At(treeFile, fault.At(number, err))
	}
	if tlog.CheckRecord(path, keys, b.manifest.Root, index, stored[0]) == nil {
		return fault.At(recordsFile, fault.At(number, ErrDigest))
	}
	return fault.At(treeFile, fault.At(number, ErrTree))
}

// treeCheck compares tree.bin with the hashes of a tree that is computed anew.
type treeCheck struct {
	file   *os.File
	read   strictzip.Source
	digest hash.Hash
	err    error // the first difference
}

func newTreeCheck(b *Batch) (*treeCheck, error) {
	f, err := openTree(b.disk, b.dir, b.manifest.Keys)
	if err != nil {
		return nil, err
	}
	return &treeCheck{file: f, read: strictzip.Buffered(f), digest: sha256.New()}, nil
}

// next compares what key number adds to the tree. A difference is kept for finish, since a record
// that was changed looks like one.
func (c *treeCheck) next(number int, want []byte) {
	if c.err != nil {
		return
	}
	piece, err := c.read.Next(len(want))
	if err == nil && !bytes.Equal(piece, want) {
		err = ErrTree
	}
	_, _ = c.digest.Write(piece)
	c.err = fault.At(keyvalue.FormatKeyNumber(number), err)
}

// finish reports whether all of the file was as it must be.
func (c *treeCheck) finish(m *Manifest) error {
	err := c.err
	if err == nil && [sha256.Size]byte(c.digest.Sum(nil)) != m.Tree {
		err = ErrDigest
	}
	return fault.At(treeFile, err)
}
