package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
)

// ErrCheckpoint means that bytes are not a checkpoint in the one form that is accepted.
var ErrCheckpoint = errors.New("ledger: not a checkpoint in its only form")

// Checkpoint is a root of the ledger that custodians vouch for.
type Checkpoint struct {
	Vault      string
	Size       int64 // entries covered, at least 1
	Root       tlog.Hash
	Body       []byte // the text that is signed: up to and with the LF before the blank line
	Signatures []Signature
}

// origin is the first line of a checkpoint and the start of its signers' names.
func origin(vault string) string { return "bailiff/vault/" + vault }

// CheckpointBody returns the body of a checkpoint (c2sp.org/tlog-checkpoint): origin, size and
// base64 of the root, each on a line. It is what the tokens of custodians are asked to sign.
func CheckpointBody(vault string, size int64, root tlog.Hash) []byte {
	return fmt.Appendf(nil, "%s\n%d\n%s\n", origin(vault), size, root)
}

// FormatCheckpoint puts cosignatures under a body, in the order of custodian and index. It
// refuses a body of another form ([ErrCheckpoint]), a signature that is not of this body
// ([ErrSignature]) and a custodian who signs twice ([ErrTwice]); it knows no threshold.
func FormatCheckpoint(body []byte, sigs []Signature) ([]byte, error) {
	b, err := parseBody(body)
	if err != nil {
		return nil, err
	}
	sigs = slices.Clone(sigs)
	slices.SortStableFunc(sigs, func(a, b Signature) int {
		return strings.Compare(keyName("", a.Custodian, a.Index), keyName("", b.Custodian, b.Index))
	})
	if len(sigs) == 0 {
		return nil, ErrTooFew
	}
	for i := range sigs {
		if err := sigs[i].check(); err != nil {
			return nil, err
		}
		if i > 0 && sigs[i].Custodian == sigs[i-1].Custodian {
			return nil, fault.At(sigs[i].Custodian, ErrTwice)
		}
		if err := sigs[i].Verify(body); err != nil {
			return nil, err
		}
	}
	return encodeCheckpoint(b.vault, body, sigs), nil
}

// OpenCheckpoint reads a checkpoint of the vault and verifies it: every signature is by a known
// cosigner ([ErrSigner]), is right ([ErrSignature]), and is the only one of its custodian
// ([ErrTwice]); they stand in order; at least threshold custodians signed ([ErrTooFew]);
// nothing else is there ([ErrCheckpoint]). The bytes equal their own re-encoding. Whether the
// root is that of a ledger at hand is not asked here: see [Log.AddCheckpoint].
func OpenCheckpoint(data []byte, vault string, cosigners []Cosigner, threshold int) (*Checkpoint, error) {
	if err := checkCosigners(cosigners, threshold); err != nil {
		return nil, err
	}
	n, err := parseNote(data, vault)
	if err != nil {
		return nil, err
	}
	cp := &Checkpoint{Vault: n.vault, Size: n.size, Root: n.root, Body: n.text}
	for _, line := range n.lines {
		sig, err := line.by(n.vault, cosigners)
		if err != nil {
			return nil, err
		}
		if err := sig.Verify(n.text); err != nil {
			return nil, err
		}
		cp.Signatures = append(cp.Signatures, sig)
	}
	if len(cp.Signatures) < threshold {
		return nil, ErrTooFew
	}
	if !bytes.Equal(encodeCheckpoint(vault, cp.Body, cp.Signatures), data) {
		return nil, ErrCheckpoint
	}
	return cp, nil
}

// encodeCheckpoint writes a checkpoint whose parts have been checked and ordered.
func encodeCheckpoint(vault string, body []byte, sigs []Signature) []byte {
	out := append(slices.Clone(body), '\n')
	for i := range sigs {
		s := &sigs[i]
		name := keyName(origin(vault), s.Custodian, s.Index)
		line := noteLine{custodian: s.Custodian, index: s.Index, id: keyID(name, s.Key), rest: s.joined()}
		out = line.append(out, vault)
	}
	return out
}
