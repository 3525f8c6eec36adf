package ledger

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// ProofShows tells whether data is the proof (docs/formats.md, "Inclusion proof") that leaf stands at
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
