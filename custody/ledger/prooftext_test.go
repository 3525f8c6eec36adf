package ledger_test

import (
	"bytes"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/ledger"
)

// ProofShows agrees with ParseProof and Shows on every proof of trees of many sizes, and on every
// altered byte of one.
func TestProofShows(t *testing.T) {
	const name = "b20261121-7f3a9c"
	tree := ledger.Tree{Name: name}
	var leaves []tlog.Hash
	for n := int64(1); n <= 40; n++ {
		leaves = append(leaves, tlog.RecordHash(fmt.Append(nil, n)))
		tree.Add(leaves[n-1])
		for i := range n {
			data := proofText(t, &tree, i)
			if err := ledger.ProofShows(data, leaves[i], i, name, n, tree.Root()); err != nil {
				t.Fatalf("%d of %d: %v", i, n, err)
			}
			for _, wrong := range []error{
				ledger.ProofShows(data, leaves[i], i+1, name, n, tree.Root()),
				ledger.ProofShows(data, leaves[i], i, "b20261121-7f3a9d", n, tree.Root()),
				ledger.ProofShows(data, leaves[i], i, name, n+1, tree.Root()),
				ledger.ProofShows(data, leaves[i], i, name, n, tlog.Hash{}),
				ledger.ProofShows(data, tlog.Hash{}, i, name, n, tree.Root()),
			} {
				if wrong == nil {
					t.Fatalf("%d of %d: shows something else too", i, n)
				}
			}
		}
	}
	data := proofText(t, &tree, 21)
	for i := range data {
		for _, flip := range []byte{1, 0x20} {
			altered := bytes.Clone(data)
			altered[i] ^= flip
			if err := ledger.ProofShows(altered, leaves[21], 21, name, 40, tree.Root()); err == nil {
				t.Fatalf("byte %d altered: accepted", i)
			}
		}
	}
	for n := range data {
		if ledger.ProofShows(data[:n], leaves[21], 21, name, 40, tree.Root()) == nil {
			t.Fatalf("cut to %d bytes: accepted", n)
		}
	}
}

func proofText(t *testing.T, tree *ledger.Tree, index int64) []byte {
	t.Helper()
	p, err := tree.Prove(index)
	if err != nil {
		t.Fatal(err)
	}
	data, err := p.Format()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
