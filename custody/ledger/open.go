package ledger

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/record"
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
	if err := record.CheckVaultID(vault); err != nil {
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
	for _, b := range blocks {
		if err := l.openBlock(b); err != nil {
			return err
		}
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

// openBlock reads the entries of one folder with their personal parts.
func (l *Log) openBlock(b int64) error {
	personal, err := l.personalParts(b)
	if err != nil {
		return err
	}
	numbers, err := l.files(blockName(entriesDir, b*block))
	if err != nil {
		return err
	}
	if err := l.checkNumbers(b, numbers); err != nil {
		return err
	}
	l.tree.grow(int64(len(numbers))) // by entries, not by folders: anybody can make those by the thousand
	read, err := l.readBlock(numbers, personal)
	if err != nil {
		return err
	}
	for i := range read {
		if err := l.accept(&read[i]); err != nil {
			return fault.At(entryName(l.Size()), err)
		}
	}
	return l.keepOrphans(personal)
}

// checkNumbers tells whether the files of a folder go on from the entries read so far. A folder
// may be empty only when it was made for the next entry.
func (l *Log) checkNumbers(b int64, numbers []int64) error {
	next := l.Size()
	if len(numbers) == 0 && next != b*block {
		return fault.At(blockName(entriesDir, b*block), ErrGap)
	}
	for _, n := range numbers {
		if n/block != b {
			return fault.At(numbered(blockName(entriesDir, b*block), n), ErrUnexpected)
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
	personal, err := l.personalParts(b)
	if err != nil {
		return err
	}
	return l.keepOrphans(personal)
}

// personalParts returns the numbers of the personal parts in a folder, ascending; none when there
// is no such folder.
func (l *Log) personalParts(b int64) ([]int64, error) {
	dir := blockName(personalDir, b*block)
	numbers, err := l.files(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, n := range numbers {
		if n/block != b {
			return nil, fault.At(numbered(dir, n), ErrUnexpected)
		}
	}
	return numbers, err
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
	l.checkpoints, err = l.files(checkpointsDir)
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
