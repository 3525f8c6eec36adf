package handover

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"slices"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
)

// Check reports why dir is not a whole kit: the files that there are and no other, a private key of the
// digest and fingerprint that kit.txt states, locked in every part. It needs no words. It returns
// the label; only the ledger tells whether the kit with that label is the one that was handed over.
func Check(d *durable.Disk, dir string) (*Label, error) {
	names, err := list(dir)
	if err != nil {
		return nil, err
	}
	data, err := d.Read(filepath.Join(dir, LabelFile), maxText)
	if err != nil {
		return nil, err
	}
	l, err := ParseLabel(data)
	if err != nil {
		return nil, fault.At(LabelFile, err)
	}
	for _, name := range names {
		if !isKitFile(name) {
			return nil, fault.At(name, ErrFiles)
		}
		if name == WordsFile && l.Mode != keyvalue.Rehearsal {
			return nil, fault.At(name, ErrNoWords)
		}
	}
	if _, err := d.Read(filepath.Join(dir, LetterFile), maxText); err != nil {
		return nil, err
	}
	return l, checkPrivateKey(d, filepath.Join(dir, PrivateKeyFile), l)
}

func checkPrivateKey(d *durable.Disk, path string, l *Label) error {
	locked, err := d.Read(path, maxKey)
	if err != nil {
		return err
	}
	if sha256.Sum256(locked) != l.PrivateKey {
		return fault.At(PrivateKeyFile, ErrDigest)
	}
	e, err := readLocked(locked)
	if err != nil {
		return fault.At(PrivateKeyFile, err)
	}
	if hex.EncodeToString(e.PrimaryKey.Fingerprint) != l.Key {
		return fault.At(PrivateKeyFile, ErrWrongKey)
	}
	return nil
}

// CheckMade reports whether dir holds this kit, every byte of it, and nothing else; [ErrNotMade] names the
// file that does not, if one does not. A kit is announced, and its delivery recorded, only then. The words are asked
// for where withWords is set.
func (k *Kit) CheckMade(d *durable.Disk, dir string, withWords bool) error {
	names, err := list(dir)
	if err != nil {
		return err
	}
	want := []string{LabelFile, LetterFile, PrivateKeyFile}
	if withWords {
		want = append(want, WordsFile)
	}
	for _, name := range names {
		if !slices.Contains(want, name) {
			return fault.At(name, ErrFiles)
		}
	}
	for _, name := range want {
		if err := k.checkFile(d, dir, name); err != nil {
			return err
		}
	}
	return nil
}

// checkFile compares one file with what was made.
func (k *Kit) checkFile(d *durable.Disk, dir, name string) error {
	if name == WordsFile {
		words, err := ReadWords(d, dir)
		if err != nil {
			return err
		}
		defer words.Wipe()
		if !words.Equal(k.Words) {
			return fault.At(name, ErrNotMade)
		}
		return nil
	}
	want := map[string][]byte{LabelFile: k.Label, LetterFile: k.Letter, PrivateKeyFile: k.PrivateKey}[name]
	have, err := d.Read(filepath.Join(dir, name), maxText)
	if errors.Is(err, durable.ErrTooLarge) || err == nil && !bytes.Equal(have, want) {
		err = fault.At(name, ErrNotMade)
	}
	return err
}

// ReadWords reads the words that lie in the kit of a rehearsal; the caller wipes them. [ErrNotMade] when the file
// is not one that [Kit.Write] leaves.
func ReadWords(d *durable.Disk, dir string) (words *secret.Bytes, err error) {
	defer secret.Erase()
	secret.Do(func() {
		var text []byte
		if text, err = d.Read(filepath.Join(dir, WordsFile), maxText); err != nil {
			return
		}
		defer clear(text)
		line, whole := bytes.CutPrefix(text, []byte(wordsIntroduction))
		line, ended := bytes.CutSuffix(line, []byte{'\n'})
		if !whole || !ended || len(line) == 0 {
			err = fault.At(WordsFile, ErrNotMade)
			return
		}
		words = secret.From(line)
	})
	return words, err
}

// Reopen goes on with the kit that an interrupted run left in dir. Nothing of it is believed: its key is read once and opened
// with the words, ours says whether what comes out is the private key that was published, and every
// other byte must be the one that [Build] would write now. Whoever put another kit there, with the right public part and
// a secret of their own or none, is found out. The words lie in the kit where withWords is set.
func Reopen(d *durable.Disk, dir string, words *secret.Bytes, withWords bool, info Info, ours func(private *secret.Bytes) error) (*Kit, error) {
	if err := info.Check(); err != nil {
		return nil, err
	}
	defer secret.Erase()
	locked, err := d.Read(filepath.Join(dir, PrivateKeyFile), maxKey)
	if err != nil {
		return nil, err
	}
	private, reads, err := unlock(locked, words)
	if err != nil {
		return nil, fault.At(PrivateKeyFile, err)
	}
	defer private.Wipe()
	if err := ours(private); err != nil {
		return nil, fault.At(PrivateKeyFile, err)
	}
	k, err := info.kit(locked, words, reads)
	if err != nil {
		return nil, err
	}
	if err := k.CheckMade(d, dir, withWords); err != nil {
		return nil, err
	}
	return k, nil
}

// unlock opens a locked key with the words, and says which programs read it.
func unlock(locked []byte, words *secret.Bytes) (private *secret.Bytes, reads readers, err error) {
	secret.Do(func() {
		e, readErr := readLocked(locked)
		if err = readErr; err != nil {
			return
		}
		defer keypair.WipeEntity(e)
		if words.Len() == 0 || e.DecryptPrivateKeys(words.Expose()) != nil {
			err = ErrWords
			return
		}
		var b bytes.Buffer
		b.Grow(maxKey) // so that it is not left behind in pieces as it grows
		err = e.SerializePrivateWithoutSigning(&b, nil)
		defer clear(b.Bytes())
		private, reads = secret.From(b.Bytes()), readersOf(e.PrimaryKey)
	})
	if err != nil {
		private.Wipe()
		return nil, "", err
	}
	return private, reads, nil
}
