package ledger

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// Open reads a ledger whole and refuses it unless all of this holds: every entry parses, is of
// that vault, bears the number of its file, and is not older than the one before; no number is
// missing; the first entry, and no other, is policy number 0; every personal part that is there
// is the one its entry names; every checkpoint has the root that the entries give; and nothing
// else lies in the folders. It writes nothing and takes no lock, so it works on a read-only disk;
// it looks for what comes last first, so that entries that another program adds meanwhile do not
// look like a fault.
//
// Open does not verify the cosignatures of checkpoints, since it does not know the policies:
// call [Log.VerifyCheckpoints]. Errors name the file at fault.
func Open(d *durable.Disk, dir, vault string) (*Log, error) {
	if err := keyvalue.CheckVaultID(vault); err != nil {
		return nil, fault.At("vault", err)
	}
	l := &Log{disk: d, dir: dir, vault: vault, tree: Tree{Name: LedgerTree}}
	for _, step := range []func() error{l.openFolders, l.listCheckpoints, l.openEntries, l.openCheckpoints} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// openFolders checks what lies at the top of the ledger.
func (l *Log) openFolders() error {
	items, err := os.ReadDir(l.dir)
	if err != nil {
		return err
	}
	folders := 0
	for _, item := range items {
		switch name := item.Name(); {
		case item.IsDir() && (name == entriesDir || name == personalDir || name == checkpointsDir):
			folders++
		case item.Type().IsRegular() && name == lockFile:
		default:
			return fault.At(name, ErrUnexpected)
		}
	}
	if folders != 3 {
		return ErrFolder
	}
	return nil
}

// openEntries reads all entries and personal parts.
func (l *Log) openEntries() error {
	parts, err := l.blocks(personalDir)
	if err != nil {
		return err
	}
	blocks, err := l.blocks(entriesDir)
	if err != nil {
		return err
	}
	if err := l.readBlocks(blocks); err != nil {
		return err
	}
	for _, b := range parts {
		if _, read := slices.BinarySearch(blocks, b); read {
			continue
		}
		if err := l.openOrphans(b); err != nil {
			return err
		}
	}
	return nil
}

// acceptBlock adds the entries of a folder that was read to the log.
func (l *Log) acceptBlock(r *blockRead) error {
	switch dir := blockName(entriesDir, r.number*block); {
	case r.err != nil && r.numbers == nil:
		return r.err
	case l.Size() == r.number*block:
	case len(r.numbers) == 0:
		return fault.At(dir, ErrGap)
	default:
		return fault.At(numbered(dir, r.numbers[0]), ErrGap)
	}
	if r.err != nil {
		return r.err
	}
	l.leftovers = append(l.leftovers, r.leftovers...)
	l.tree.grow(int64(len(r.entries))) // by entries, not by folders: anybody can make those by the thousand
	for i := range r.entries {
		if err := l.accept(&r.entries[i]); err != nil {
			return fault.At(entryName(l.Size()), err)
		}
	}
	return l.keepOrphans(r.personal)
}

// checkNumbers reports whether the files of a folder are its first ones, without a gap. A folder may
// be empty, when it was made for the next entry.
func checkNumbers(b int64, numbers []int64) error {
	dir, next := blockName(entriesDir, b*block), b*block
	for _, n := range numbers {
		if n/block != b {
			return fault.At(numbered(dir, n), ErrUnexpected)
		}
		if n != next {
			return fault.At(entryName(n), ErrGap)
		}
		next++
	}
	return nil
}

// openOrphans looks at a folder of personal parts that has no folder of entries beside it.
func (l *Log) openOrphans(b int64) error {
	if b != l.Size()/block {
		return fault.At(blockName(personalDir, b*block), ErrUnexpected)
	}
	personal, leftovers, err := l.personalParts(b)
	if err != nil {
		return err
	}
	l.leftovers = append(l.leftovers, leftovers...)
	return l.keepOrphans(personal)
}

// personalParts returns the numbers of the personal parts in a folder, ascending; none when there
// is no such folder.
func (l *Log) personalParts(b int64) (numbers []int64, leftovers []string, err error) {
	dir := blockName(personalDir, b*block)
	numbers, leftovers, err = l.files(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	for _, n := range numbers {
		if n/block != b {
			return nil, nil, fault.At(numbered(dir, n), ErrUnexpected)
		}
	}
	return numbers, leftovers, err
}

// keepOrphans looks for personal parts beyond the last entry. That of the next entry is a
// leftover: the power was cut between the two. There can be no other.
func (l *Log) keepOrphans(personal []int64) error {
	for _, n := range personal {
		if n > l.Size() {
			return fault.At(personalName(n), ErrUnexpected)
		}
		if n == l.Size() {
			l.leftovers = append(l.leftovers, personalName(n))
		}
		if n == l.Size() && len(personal) == 1 {
			l.leftovers = append(l.leftovers, blockName(personalDir, n)) // empty then
		}
	}
	return nil
}

// listCheckpoints finds the sizes that have a checkpoint.
func (l *Log) listCheckpoints() (err error) {
	l.checkpoints, l.leftovers, err = l.files(checkpointsDir)
	return err
}

// openCheckpoints compares every checkpoint with the entries.
func (l *Log) openCheckpoints() error {
	for _, size := range l.checkpoints {
		if _, err := l.readCheckpoint(size); err != nil {
			return err
		}
	}
	return nil
}
