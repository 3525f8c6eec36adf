// Package keybatch is the public batch: the file by which the published keys of a ceremony reach
// a platform, with all that shows that they are the keys whose private halves the vault holds.
//
// It is one ZIP file in the strict profile of package strictzip (docs/formats.md, "Public batch"):
//
//	batch.txt                          what follows, in one page (bailiff-batch/1)
//	burnt.txt                          the keys that were opened to prove the batch
//	checkpoint.txt                     the ledger's root, cosigned by k custodians
//	enrolments/c01-1.txt               the proof that each token holds its signing key
//	entries/000000000000.proof, .txt   the entries policy, batch-sealed, sample-chosen and
//	                                   batch-proved, and that they stand below that root
//	keys/000001-FINGERPRINT.asc        each published key: armored, with LF at the end,
//	keys/000001-FINGERPRINT.pgp        binary,
//	keys/000001-FINGERPRINT.proof      and that it stands in the batch's tree
//	leaves.txt                         a line for every key of the batch, whatever became of it
//	policy.txt                         the policy
//	reserve.txt                        the keys that are kept unpublished
//
// [Write] makes it from a vault's contents; the same contents give the same bytes. [Open] and
// [File.Verify] check it against a pinned trust anchor: every byte of the file is either computed
// anew and compared, or covered by a digest or a signature that leads to the anchor.
//
//	anchor → policy entry → policy.txt → signing keys → checkpoint.txt → entries
//	batch-sealed → root → leaves.txt → keys;  batch-proved → burnt.txt, reserve.txt
//
// Were this package lax, whoever carries the file could put a key of their own into a platform's
// pool, and read what members encrypt to it; or bring back a burnt key, whose private half was
// seen in clear; or have a reserve key used; or publish a key twice, so that one release opens two members' messages.
package keybatch

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// The roles that a key can have in its batch (docs/formats.md, "Sample, burnt, reserve").
const (
	RolePublished = string(batch.Published) // stands in the file, and may be used
	RoleBurnt     = string(batch.Burnt)     // was opened to prove the batch, and must never be used
	RoleReserve   = string(batch.Reserve)   // is kept for the drills of later years, and must never be used
)

// The ways in which a public batch can be refused, besides those of the packages that its parts
// belong to: keyvalue, batch, policy, ledger, token and keypair. The error that wraps one names the
// file within the batch.
var (
	ErrMissing      = errors.New("keybatch: a file is missing")
	ErrUnexpected   = errors.New("keybatch: a file that does not belong here")
	ErrNotPublished = errors.New("keybatch: a burnt or reserve key stands among the published ones")
	ErrCounts       = errors.New("keybatch: the counts of keys do not agree")
	ErrVault        = errors.New("keybatch: of another vault")
	ErrMode         = errors.New("keybatch: of another mode")
	ErrProfile      = errors.New("keybatch: of another key profile than the policy's")
	ErrBatch        = errors.New("keybatch: of another batch")
	ErrDigest       = errors.New("keybatch: not the file whose digest is stated")
	ErrPolicyEntry  = errors.New("keybatch: the first entry names another policy")
	ErrEntries      = errors.New("keybatch: not exactly the entries policy, batch-sealed, sample-chosen and batch-proved, in that order")
	ErrEntryNumber  = errors.New("keybatch: an entry or its proof is of another number than its file name")
	ErrTime         = errors.New("keybatch: the times of the entries or of the keys contradict their order")
	ErrRoot         = errors.New("keybatch: the Merkle root is not the one that was cosigned")
	ErrManifest     = errors.New("keybatch: the manifest is not the one that was cosigned")
	ErrBurntList    = errors.New("keybatch: the burnt list is not that of the sample")
	ErrReserveList  = errors.New("keybatch: the reserve list is not that of the last keys left over")
	ErrLeaves       = errors.New("keybatch: a line is not of the form number, fingerprint, two digests, role")
	ErrRole         = errors.New("keybatch: the key's role is not the one that sample and reserve give it")
	ErrDuplicate    = errors.New("keybatch: a fingerprint stands twice")
	ErrEnrolment    = errors.New("keybatch: the enrolment is not that of the policy's token")
	ErrKey          = errors.New("keybatch: not the key whose digest was cosigned")
	ErrFingerprint  = errors.New("keybatch: the key has another fingerprint")
	ErrArmor        = errors.New("keybatch: the armored key is not the binary one, or not in its only form")
	ErrTree         = errors.New("keybatch: the tree does not hold these keys")
)

// ErrNoSuchKey says that a key for which somebody asks is not one that the batch published.
var ErrNoSuchKey = errors.New("keybatch: it did not publish that key under that number")

// The names of the files.
const (
	headerFile     = "batch.txt"
	burntFile      = "burnt.txt"
	checkpointFile = "checkpoint.txt"
	leavesFile     = "leaves.txt"
	policyFile     = "policy.txt"
	enrolmentsDir  = "enrolments/"
	entriesDir     = "entries/"
	keysDir        = "keys/"
	armoredExt     = ".asc"
	binaryExt      = ".pgp"
	proofExt       = ".proof"
	textExt        = ".txt"
)

// Bounds on the sizes of files, in bytes, checked before they are read.
const (
	maxSmall     = 16 << 10 // checkpoint, proof
	maxEnrolment = 32 << 10 // three certificates of 4,096 bytes each, in base64, and 500 bytes
	maxEntry     = 160 << 10
	maxRecord    = 1 << 20 // batch.txt, burnt.txt, policy.txt, reserve.txt
	maxBinary    = 64 << 10
	maxArmored   = 128 << 10
	maxLeaf      = 6 + 1 + 64 + 1 + 64 + 1 + 64 + 1 + 9 + 1 // a line of leaves.txt
)

func enrolmentName(custodian string, index int) string {
	return fmt.Sprintf("%s%s-%d%s", enrolmentsDir, custodian, index, textExt)
}

func entryName(number int64, ext string) string {
	return fmt.Sprintf("%s%012d%s", entriesDir, number, ext)
}

func keyName(number int, fingerprint, ext string) string {
	return keysDir + keyvalue.FormatKeyNumber(number) + "-" + fingerprint + ext
}

// names yields the names of all the files that there must be, in the order of the ZIP file.
func (v *verifier) names() iter.Seq[string] {
	return func(yield func(string) bool) {
		head := []string{headerFile, burntFile, checkpointFile}
		for _, s := range v.policy.Signers() {
			head = append(head, enrolmentName(s.Custodian, s.Index))
		}
		for i := range v.entries.all {
			head = append(head, entryName(v.entries.all[i].Number, proofExt), entryName(v.entries.all[i].Number, textExt))
		}
		if !yieldAll(yield, head) {
			return
		}
		for _, n := range v.published {
			key := keyName(n, v.leaves[n-1].fingerprint, "")
			if !yieldAll(yield, []string{key + armoredExt, key + binaryExt, key + proofExt}) {
				return
			}
		}
		yieldAll(yield, []string{leavesFile, policyFile, batch.ReserveFile})
	}
}

func yieldAll(yield func(string) bool, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !yield(name) })
}

// checkNames compares the names of the ZIP file with those that there must be, both ascending,
// and finds where the keys begin.
func (v *verifier) checkNames() error {
	i := 0
	for want := range v.names() {
		got := ""
		if i < v.f.zip.Len() {
			got, _ = v.f.zip.Entry(i)
		}
		if got != want {
			return v.misplaced(got, want)
		}
		i++
	}
	if i < v.f.zip.Len() {
		name, _ := v.f.zip.Entry(i)
		return v.misplaced(name, "")
	}
	v.firstKey = i - 3 - keyFiles*len(v.published)
	return nil
}

// misplaced says what is wrong where got, or nothing, stands instead of want, or of nothing.
func (v *verifier) misplaced(got, want string) error {
	if got == "" || want != "" && got > want {
		return fault.At(want, ErrMissing)
	}
	rest, isKey := strings.CutPrefix(got, keysDir)
	digits, _, _ := strings.Cut(rest, "-")
	n, err := keyvalue.KeyNumber(digits)
	if isKey && err == nil && n <= len(v.leaves) && v.leaves[n-1].role != RolePublished {
		return fault.At(got, ErrNotPublished)
	}
	return fault.At(got, ErrUnexpected)
}
