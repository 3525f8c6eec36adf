package ledger

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
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

// maxCustodians is the largest number of custodians of a policy, hence of signatures.
const maxCustodians = 16

// body is what the three lines of a checkpoint say.
type body struct {
	vault string
	size  int64
	root  tlog.Hash
}

// signedNote is a checkpoint whose form is right and whose signatures nobody has verified.
type signedNote struct {
	body
	text  []byte // the body's bytes
	lines []noteLine
}

// noteLine is one signature line of a signed note.
type noteLine struct {
	custodian string
	index     int
	id        [4]byte
	rest      []byte // what follows the key id: its form depends on the key
}

const linePrefix = "— " // U+2014 and a space, c2sp.org/signed-note

// parseNote reads a checkpoint of the vault ([ErrVault] for another's) strictly, without
// verifying signatures: the bytes are the only encoding of what it returns.
func parseNote(data []byte, vault string) (*signedNote, error) {
	if len(data) > maxCheckpoint {
		return nil, ErrCheckpoint
	}
	cut := bytes.Index(data, []byte("\n\n"))
	if cut < 0 {
		return nil, ErrCheckpoint
	}
	text, rest := data[:cut+1], string(data[cut+2:])
	b, err := parseBody(text)
	if err != nil {
		return nil, err
	}
	if b.vault != vault {
		return nil, ErrVault
	}
	n := &signedNote{body: b, text: bytes.Clone(text)}
	for rest != "" {
		var line string
		var ok bool
		line, rest, ok = strings.Cut(rest, "\n")
		sig, err := parseLine(line, vault)
		if err != nil || !ok || len(n.lines) == maxCustodians {
			return nil, ErrCheckpoint
		}
		n.lines = append(n.lines, sig)
	}
	if err := n.check(data); err != nil {
		return nil, err
	}
	return n, nil
}

// check refuses a note without signatures, with signatures out of order, or in another encoding.
func (n *signedNote) check(data []byte) error {
	out := append(bytes.Clone(n.text), '\n')
	last := ""
	for i := range n.lines {
		line := &n.lines[i]
		if line.custodian == last {
			return fault.At(last, ErrTwice)
		}
		if line.custodian < last {
			return ErrCheckpoint
		}
		last = line.custodian
		out = line.append(out, n.vault)
	}
	if len(n.lines) == 0 || !bytes.Equal(out, data) {
		return ErrCheckpoint
	}
	return nil
}

// parseBody reads the three lines of a checkpoint's body.
func parseBody(text []byte) (body, error) {
	lines := strings.Split(string(text), "\n")
	if len(lines) != 4 || lines[3] != "" {
		return body{}, ErrCheckpoint
	}
	vault, ok := strings.CutPrefix(lines[0], origin(""))
	size, err := keyvalue.Uint(lines[1], MaxSize)
	if !ok || keyvalue.CheckVaultID(vault) != nil || err != nil || size == 0 {
		return body{}, ErrCheckpoint
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return body{}, ErrCheckpoint
	}
	b := body{vault: vault, size: int64(size), root: tlog.Hash(root)}
	if !bytes.Equal(CheckpointBody(b.vault, b.size, b.root), text) {
		return body{}, ErrCheckpoint
	}
	return b, nil
}

// The key id of a line, and the longest line: key id, time and Ed25519 signature. An ECDSA
// signature, which states no time, is shorter.
const (
	idSize  = 4
	maxLine = idSize + timeSize + ed25519.SignatureSize
)

// parseLine reads a signature line, without its LF.
func parseLine(line, vault string) (l noteLine, err error) {
	name, ok := strings.CutPrefix(line, linePrefix+origin(vault)+"/")
	if !ok {
		return l, ErrCheckpoint
	}
	name, b64, _ := strings.Cut(name, " ")
	custodian, index, _ := strings.Cut(name, "/")
	n, err := keyvalue.Uint(index, MaxTokens)
	if err != nil || n == 0 || keyvalue.CheckCustodian(custodian) != nil {
		return l, ErrCheckpoint
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(b64)
	if err != nil || len(raw) <= idSize || len(raw) > maxLine {
		return l, ErrCheckpoint
	}
	l = noteLine{custodian: custodian, index: int(n), id: [idSize]byte(raw), rest: raw[idSize:]}
	return l, nil
}

// append writes the line with its LF after b.
func (l *noteLine) append(b []byte, vault string) []byte {
	raw := append(make([]byte, 0, maxLine), l.id[:]...)
	raw = append(raw, l.rest...)
	b = append(b, linePrefix+keyName(origin(vault), l.custodian, l.index)+" "...)
	return append(base64.StdEncoding.AppendEncode(b, raw), '\n')
}

// by finds who made the line; [ErrSigner] with the custodian's id when no cosigner did,
// [ErrCheckpoint] when the cosigner's key cannot make a line of that length.
func (l *noteLine) by(vault string, cosigners []Cosigner) (Signature, error) {
	for _, c := range cosigners {
		if c.Custodian == l.custodian && c.Index == l.index &&
			keyID(keyName(origin(vault), c.Custodian, c.Index), c.Key) == l.id {
			return c.split(l.rest)
		}
	}
	return Signature{}, fault.At(l.custodian, ErrSigner)
}
