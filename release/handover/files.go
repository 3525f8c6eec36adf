package handover

import (
	"os"
	"path/filepath"
	"strings"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
)

// The files of a kit.
const (
	LabelFile      = "kit.txt"
	LetterFile     = "letter.txt"
	PrivateKeyFile = "private-key.asc"
	WordsFile      = "words.txt"

	maxText = 64 << 10 // bytes of each of the others
	part    = ".part"
)

// Write puts the kit in place as the new directory dir: its files are written to dir.part, which
// is then renamed. When it cannot be written, as on a full disk, dir.part is removed. What a crashed run left in dir.part is removed; a dir.part that holds anything
// else is not, and ErrFiles says so. Nothing is overwritten (durable.ErrExists). The words are
// written only when withWords is set, which production refuses with ErrNoWords.
func (k *Kit) Write(d *durable.Disk, dir string, withWords bool) error {
	if withWords && !k.rehearsal {
		return fault.At(WordsFile, ErrNoWords)
	}
	if withWords && k.Words.Len() == 0 {
		return fault.At(WordsFile, ErrWords)
	}
	dir = filepath.Clean(dir)
	if _, err := os.Lstat(dir); err == nil {
		return fault.At(dir, durable.ErrExists)
	}
	staged := dir + part
	if err := clearLeftOver(d, staged); err != nil {
		return err
	}
	if err := k.stage(d, staged, withWords); err != nil {
		_ = clearLeftOver(d, staged) // half a kit looks like one; where it stays, the next run removes it
		return err
	}
	return d.RenameDir(staged, dir)
}

// stage writes the files of the kit.
func (k *Kit) stage(d *durable.Disk, staged string, withWords bool) error {
	if err := d.Mkdir(staged, 0o700); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{PrivateKeyFile, k.PrivateKey}, {LetterFile, k.Letter}, {LabelFile, k.Label}} {
		if err := d.Create(filepath.Join(staged, f.name), f.data, 0o400); err != nil {
			return err
		}
	}
	if withWords {
		return k.writeWords(d, filepath.Join(staged, WordsFile))
	}
	return nil
}

func (k *Kit) writeWords(d *durable.Disk, path string) error {
	defer secret.Erase()
	text := secret.New(len(wordsIntroduction) + k.Words.Len() + 1)
	defer text.Wipe()
	b := text.Expose()
	n := copy(b, wordsIntroduction)
	n += copy(b[n:], k.Words.Expose())
	b[n] = '\n'
	var err error
	secret.Do(func() { err = d.Create(path, b, 0o400) }) // which reads what it wrote again
	return err
}

// clearLeftOver removes a staging directory that holds nothing but a kit's files.
func clearLeftOver(d *durable.Disk, staged string) error {
	names, err := list(staged)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		if !isKitFile(strings.TrimSuffix(name, part)) {
			return fault.At(filepath.Join(staged, name), ErrFiles)
		}
	}
	return d.RemoveAll(staged)
}

func isKitFile(name string) bool {
	return name == LabelFile || name == LetterFile || name == PrivateKeyFile || name == WordsFile
}

// list returns the names in a directory, which is no symbolic link.
func list(dir string) ([]string, error) {
	info, err := os.Lstat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fault.At(dir, ErrFiles)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, nil
}
