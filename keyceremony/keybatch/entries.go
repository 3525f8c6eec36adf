package keybatch

import (
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
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
