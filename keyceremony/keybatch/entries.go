package keybatch

import (
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
)

// kindsInFile are the kinds of the entries that a public batch holds, in the ledger's order.
var kindsInFile = [...]ledger.Kind{ledger.Policy, ledger.BatchSealed, ledger.SampleChosen, ledger.BatchProved}

// The places of those kinds.
const (
	policyEntry = iota
	sealedEntry
	sampleEntry
	provedEntry
)

// entryInFile is an entry that the file holds, and its hash in the ledger's tree.
type entryInFile struct {
	*ledger.Entry
	leaf tlog.Hash
}

// checkEntries reads the four entries; nothing vouches for them yet.
func (v *verifier) checkEntries() error {
	names := v.entryFiles()
	if len(names) != len(v.entries) {
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
		if err := v.checkEntry(e, i, name); err != nil {
			return fault.At(name, err)
		}
		v.entries[i] = entryInFile{e, ledger.LeafHash(data)}
	}
	return nil
}

// entryFiles returns the names of the entries, ascending, and at least one more than there may be
// when there are more.
func (v *verifier) entryFiles() (names []string) {
	for i, _ := v.f.zip.Find(entriesDir); i < v.f.zip.Len() && len(names) <= len(v.entries); i++ {
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

// checkEntry tells whether e can be the i-th of the four.
func (v *verifier) checkEntry(e *ledger.Entry, i int, name string) error {
	switch {
	case e.Kind != kindsInFile[i]:
		return ErrEntries
	case name != entryName(e.Number, textExt):
		return ErrEntryNumber
	case e.Vault != v.h.Vault:
		return ErrVault
	case i > 0 && e.Time.Before(v.entries[i-1].Time):
		return ErrTime
	case i > 0 && e.Get("batch") != v.h.Batch:
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
	sealed, proved := v.entries[sealedEntry], v.entries[provedEntry]
	numbers := strings.Split(v.entries[sampleEntry].Get("numbers"), " ")
	for _, c := range []struct {
		entry     entryInFile
		key, want string
		err       error
	}{
		{sealed, "keys", strconv.Itoa(v.h.Keys), ErrCounts},
		{sealed, "root", record.FormatDigest(v.h.Root), ErrRoot},
		{sealed, "manifest", record.FormatDigest(v.h.Manifest), ErrManifest},
		{proved, "published", strconv.Itoa(v.h.Published), ErrCounts},
		{proved, "burnt", record.FormatDigest(v.h.Burnt), ErrBurntList},
		{proved, "reserve", record.FormatDigest(v.h.ReserveList), ErrReserveList},
	} {
		if c.entry.Get(c.key) != c.want {
			return fault.At(headerFile, c.err)
		}
	}
	if len(numbers) != v.h.Sample {
		return fault.At(headerFile, ErrCounts)
	}
	if v.h.Created.After(sealed.Time) {
		return fault.At(headerFile, ErrTime)
	}
	return nil
}
