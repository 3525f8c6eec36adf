package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// tree has n leaves that are hashes of their numbers.
func tree(n int) *ledger.Tree {
	t := &ledger.Tree{Name: batch}
	for i := range n {
		t.Add(sha256.Sum256(fmt.Append(nil, i)))
	}
	return t
}

func TestProofsOfEveryLeaf(t *testing.T) {
	full := tree(40)
	for size := int64(1); size <= full.Size(); size++ {
		root, err := full.RootAt(size)
		if err != nil {
			t.Fatal(err)
		}
		for index := range size {
			p, err := full.ProveAt(index, size)
			if err != nil {
				t.Fatal(err)
			}
			data, err := p.Format()
			if err != nil {
				t.Fatal(err)
			}
			read, err := ledger.ParseProof(data)
			if err != nil {
				t.Fatal(err)
			}
			leaf := tlog.Hash(sha256.Sum256(fmt.Append(nil, index)))
			if err := read.Shows(leaf, batch, size, root); err != nil {
				t.Errorf("leaf %d of %d: %v", index, size, err)
			}
			if err := tlog.CheckRecord(read.Hashes, size, root, index, leaf); err != nil {
				t.Errorf("leaf %d of %d: %v", index, size, err)
			}
		}
	}
	for _, c := range [][2]int64{{-1, 4}, {4, 4}, {5, 4}, {0, 0}, {0, 41}, {0, -1}} {
		if _, err := full.ProveAt(c[0], c[1]); !errors.Is(err, ledger.ErrNone) {
			t.Errorf("leaf %d of %d: %v", c[0], c[1], err)
		}
	}
	if p, err := full.Prove(39); err != nil || p.Size != 40 || p.Root != full.Root() {
		t.Errorf("proof in the whole tree: %+v, %v", p, err)
	}
}

func TestProofOfAnEntryLeadsToTheCheckpoint(t *testing.T) {
	l, _ := sample(t)
	data, err := l.Checkpoint(5)
	if err != nil {
		t.Fatal(err)
	}
	cp, err := ledger.OpenCheckpoint(data, vault, cosigners(), threshold)
	if err != nil {
		t.Fatal(err)
	}
	for n := range int64(5) {
		p, err := l.Prove(n, 5)
		if err != nil {
			t.Fatal(err)
		}
		_, entry, err := l.Entry(n)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Shows(ledger.LeafHash(entry), ledger.LedgerTree, cp.Size, cp.Root); err != nil {
			t.Errorf("entry %d: %v", n, err)
		}
		if err := p.Shows(ledger.LeafHash(append(entry, '\n')), ledger.LedgerTree, cp.Size, cp.Root); !errors.Is(err, ledger.ErrProof) {
			t.Errorf("another entry than %d: %v", n, err)
		}
	}
}

func TestAlteredProofShowsNothing(t *testing.T) {
	full := tree(13)
	for _, index := range []int64{0, 6, 12} {
		p, err := full.Prove(index)
		if err != nil {
			t.Fatal(err)
		}
		data, err := p.Format()
		if err != nil {
			t.Fatal(err)
		}
		damages(string(data), flips, 1, func(what, damaged string) {
			read, err := ledger.ParseProof([]byte(damaged))
			if err == nil {
				err = read.Shows(p.Leaf, batch, full.Size(), full.Root())
			}
			if err == nil {
				t.Errorf("proof of %d, %s: still shows the leaf", index, what)
			}
		})
	}
}

func TestProofRefusals(t *testing.T) {
	p, err := tree(3).Prove(1)
	if err != nil {
		t.Fatal(err)
	}
	good, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		old, new string
		want     error
	}{
		"another tree's name":   {batch, "other", keyvalue.ErrValue},
		"an index past the end": {"index: 1", "index: 3", keyvalue.ErrValue},
		"size 0":                {"size: 3", "size: 0", keyvalue.ErrValue},
		"a size too large":      {"size: 3", "size: 1000000001", keyvalue.ErrValue},
		"upper-case hash":       {"hash: ", "hash: A", keyvalue.ErrValue},
		"an unknown field":      {"hash: ", "note: ", keyvalue.ErrTrailing},
	} {
		if _, err := ledger.ParseProof([]byte(strings.Replace(string(good), c.old, c.new, 1))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ledger.ParseProof(bytes.Repeat(good, 100)); !errors.Is(err, durable.ErrTooLarge) {
		t.Errorf("a huge proof: %v", err)
	}
	if _, err := (&ledger.Proof{Tree: "x", Size: 1}).Format(); err == nil {
		t.Error("a proof for no tree was written")
	}
	long := *p
	long.Hashes = append(long.Hashes, tlog.Hash{})
	if err := long.Check(); !errors.Is(err, ledger.ErrProof) {
		t.Errorf("a hash too many: %v", err)
	}
}
