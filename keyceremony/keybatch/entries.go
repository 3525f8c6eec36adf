package keybatch

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// entries are those that a public batch holds, in the ledger's order, and what each says.
type entries struct {
	all     [4]entryInFile
	adopted *ledger.PolicyAdopted
	sealed  *ledger.BatchSealed
	sample  *ledger.SampleChosen
	proved  *ledger.BatchProved
}

// The places of two of them.
const (
	policyEntry = 0
	sealedEntry = 1
)

// keep keeps e as the i-th and returns the batch that it is about; of the policy, which is about none, it returns that of the file.
// It returns [ErrEntries] when another kind stands in that place.
func (s *entries) keep(e entryInFile, i int, file string) (batch string, err error) {
	s.all[i] = e
	place := -1
	switch a := e.Act.(type) {
	case *ledger.PolicyAdopted:
		s.adopted, batch, place = a, file, policyEntry
	case *ledger.BatchSealed:
		s.sealed, batch, place = a, a.Batch, sealedEntry
	case *ledger.SampleChosen:
		s.sample, batch, place = a, a.Batch, 2
	case *ledger.BatchProved:
		s.proved, batch, place = a, a.Batch, 3
	}
	if place != i {
		return "", ErrEntries
	}
	return batch, nil
}

// entryInFile is an entry that the file holds, and its hash in the ledger's tree.
type entryInFile struct {
	*ledger.Entry
	leaf tlog.Hash
}

// checkEntries reads the four entries; nothing vouches for them yet.
func (v *verifier) checkEntries() error {
	names := v.entryFiles()
	if len(names) != len(v.entries.all) {
		return fault.At(entriesDir, ErrEntries)
	}
	for i, name := range names {
		data, err := v.f.read(name, maxEntry)
		if err != nil {
			return err
		}
		e, err := ledger.ParseEntry(data)
		if err != nil {
			return fault.At(name, err)
		}
		if err := v.checkEntry(entryInFile{e, ledger.LeafHash(data)}, i, name); err != nil {
			return fault.At(name, err)
		}
	}
	return nil
}

// entryFiles returns the names of the entries, ascending, and at least one more than there may be
// when there are more.
func (v *verifier) entryFiles() (names []string) {
	for i, _ := v.f.zip.Find(entriesDir); i < v.f.zip.Len() && len(names) <= len(v.entries.all); i++ {
		name, _ := v.f.zip.Entry(i)
		if !strings.HasPrefix(name, entriesDir) {
			break
		}
		if strings.HasSuffix(name, textExt) {
			names = append(names, name)
		}
	}
	return names
}

// checkEntry keeps e as the i-th of the four, if it can be that.
func (v *verifier) checkEntry(e entryInFile, i int, name string) error {
	batch, err := v.entries.keep(e, i, v.h.Batch)
	if err != nil {
		return err
	}
	switch {
	case name != entryName(e.Number, textExt):
		return ErrEntryNumber
	case e.Vault != v.h.Vault:
		return ErrVault
	case i > 0 && e.Time.Before(v.entries.all[i-1].Time):
		return ErrTime
	case batch != v.h.Batch:
		return ErrBatch
	}
	return nil
}

// checkEntryProof lets the checkpoint vouch for an entry.
func (v *verifier) checkEntryProof(e entryInFile) error {
	name := entryName(e.Number, proofExt)
	data, err := v.f.read(name, maxSmall)
	if err != nil {
		return err
	}
	p, err := ledger.ParseProof(data)
	if err != nil {
		return fault.At(name, err)
	}
	if p.Index != e.Number {
		return fault.At(name, ErrEntryNumber)
	}
	return fault.At(name, p.Shows(e.leaf, ledger.LedgerTree, v.checkpoint.Size, v.checkpoint.Root))
}

// checkStatements lets the entries vouch for batch.txt.
func (v *verifier) checkStatements() error {
	sealed, proved := v.entries.sealed, v.entries.proved
	for _, c := range []struct {
		same bool
		err  error
	}{
		{sealed.Keys == v.h.Keys, ErrCounts},
		{sealed.Root == [32]byte(v.h.Root), ErrRoot},
		{sealed.Manifest == v.h.Manifest, ErrManifest},
		{proved.Published == v.h.Published, ErrCounts},
		{proved.Burnt == v.h.Burnt, ErrBurntList},
		{proved.Reserve == v.h.ReserveList, ErrReserveList},
		{len(v.entries.sample.Numbers) == v.h.Sample, ErrCounts},
		{!v.h.Created.After(v.entries.all[sealedEntry].Time), ErrTime},
	} {
		if !c.same {
			return fault.At(headerFile, c.err)
		}
	}
	return nil
}

// leaf is a line of leaves.txt: what the batch's tree holds of one key.
type leaf struct {
	fingerprint    string
	public, sealed [32]byte // H(public part), H(sealed part)
	role           string   // one of the constants
}

func (l *leaf) hash() tlog.Hash { return batch.Leaf(l.public, l.sealed) }

// append writes the line of key number, with its LF, after b.
func (l *leaf) append(b []byte, number int) []byte {
	b = append(b, keyvalue.FormatKeyNumber(number)...)
	b = append(append(b, ' '), l.fingerprint...)
	b = hex.AppendEncode(append(b, ' '), l.public[:])
	b = hex.AppendEncode(append(b, ' '), l.sealed[:])
	b = append(append(b, ' '), l.role...)
	return append(b, '\n')
}

// parseLeaves reads leaves.txt, a line for each of the keys 1 to total; the line of key i stands
// at i-1. The errors name the key. It does not compare roles or fingerprints.
func parseLeaves(data []byte, total int) ([]leaf, error) {
	if total < 1 || total > len(data) {
		return nil, ErrLeaves
	}
	out := make([]leaf, 0, total)
	for rest := data; len(rest) > 0; {
		line, after, ok := bytes.Cut(rest, []byte("\n"))
		l, err := parseLeaf(line, len(out)+1)
		if err != nil || !ok || len(out) == total {
			return nil, fault.At(keyvalue.FormatKeyNumber(len(out)+1), ErrLeaves)
		}
		out, rest = append(out, l), after
	}
	if len(out) != total {
		return nil, fault.At(keyvalue.FormatKeyNumber(len(out)+1), ErrLeaves)
	}
	return out, nil
}

// parseLeaf reads a line, without its LF, that must be that of key number.
func parseLeaf(line []byte, number int) (l leaf, err error) {
	if len(line) >= maxLeaf {
		return l, ErrLeaves
	}
	w := strings.Split(string(line), " ")
	if len(w) != 5 || w[0] != keyvalue.FormatKeyNumber(number) || keyvalue.CheckFingerprint(w[1]) != nil {
		return l, ErrLeaves
	}
	public, publicErr := keyvalue.Hex(w[2], len(l.public))
	sealed, sealedErr := keyvalue.Hex(w[3], len(l.sealed))
	roles := [...]string{RolePublished, RoleBurnt, RoleReserve}
	role := slices.Index(roles[:], w[4])
	if publicErr != nil || sealedErr != nil || role < 0 {
		return l, ErrLeaves
	}
	// Of the line, of which there may be a hundred thousand, the fingerprint alone is kept.
	return leaf{strings.Clone(w[1]), [32]byte(public), [32]byte(sealed), roles[role]}, nil
}

// checkRoles compares the roles with the rule of [batch.Roles]. sample is ascending.
func checkRoles(leaves []leaf, sample []int, reserve int) error {
	if len(sample)+reserve > len(leaves) || len(sample) > 0 && sample[len(sample)-1] > len(leaves) {
		return ErrRole
	}
	roles := batch.NewRoles(len(leaves), reserve, sample)
	for i := range leaves {
		if leaves[i].role != string(roles.Of(i+1)) {
			return fault.At(keyvalue.FormatKeyNumber(i+1), ErrRole)
		}
	}
	return nil
}

// checkDistinct refuses a fingerprint that two keys of the batch share; it names the second key.
func checkDistinct(leaves []leaf) error {
	seen := make(map[string]bool, len(leaves))
	for i := range leaves {
		if seen[leaves[i].fingerprint] {
			return fault.At(keyvalue.FormatKeyNumber(i+1), ErrDuplicate)
		}
		seen[leaves[i].fingerprint] = true
	}
	return nil
}

// checkBurnt compares the burnt list and the roles with the sample.
func (v *verifier) checkBurnt() error {
	data, err := v.f.readStated(burntFile, maxRecord, v.h.Burnt)
	if err != nil {
		return err
	}
	list, err := batch.ParseBurntList(data)
	if err != nil {
		return fault.At(burntFile, err)
	}
	sample := v.entries.sample.Numbers
	if err := v.checkList(list.Vault, list.Batch, list.Keys, sample, ErrBurntList); err != nil {
		return fault.At(burntFile, err)
	}
	return fault.At(leavesFile, checkRoles(v.leaves, sample, v.h.Reserve))
}

// checkReserve compares the reserve list with leaves.txt, whose roles are checked. The list vouches for the
// fingerprints of the reserves, whose public parts are not here.
func (v *verifier) checkReserve() error {
	data, err := v.f.readStated(batch.ReserveFile, maxRecord, v.h.ReserveList)
	if err != nil {
		return err
	}
	list, err := batch.ParseReserveList(data)
	if err != nil {
		return fault.At(batch.ReserveFile, err)
	}
	var reserve []int
	for i := range v.leaves {
		if v.leaves[i].role == RoleReserve {
			reserve = append(reserve, i+1)
		}
	}
	return fault.At(batch.ReserveFile, v.checkList(list.Vault, list.Batch, list.Keys, reserve, ErrReserveList))
}

// checkList checks that a list is of this batch and has the keys of these numbers, and no other ([ErrVault], [ErrBatch], other).
func (v *verifier) checkList(vault, batchID string, keys []batch.ListedKey, numbers []int, other error) error {
	isKey := func(k batch.ListedKey, number int) bool {
		return k.Number == number && number <= len(v.leaves) && v.leaves[number-1].fingerprint == k.Fingerprint
	}
	switch {
	case vault != v.h.Vault:
		return ErrVault
	case batchID != v.h.Batch:
		return ErrBatch
	case !slices.EqualFunc(keys, numbers, isKey):
		return other
	}
	return nil
}
