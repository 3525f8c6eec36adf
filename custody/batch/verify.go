package batch

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
)

// Verify reads every byte of the batch once and compares it with the manifest: the files that
// are there, the records, each content against its record, each volume's strict form and its
// digest, the leaves, tree.bin and the root, which it returns. An error names the file and, where there is
// one, the entry at fault. progress, if not nil, is called after each key.
//
// A volume's digest follows from its contents, since they have one encoding; it is computed all
// the same, on another processor, because the manifest states it and people check it by hand.
func (b *Batch) Verify(progress func(done, total int)) (tlog.Hash, error) {
	if err := b.checkFolder(); err != nil {
		return tlog.Hash{}, err
	}
	tree, err := newTreeCheck(b)
	if err != nil {
		return tlog.Hash{}, err
	}
	defer tree.file.Close()
	v := &verifier{
		batch: b, records: newRecordReader(b.records, b.manifest), tree: tree,
		seen: make(map[[32]byte]struct{}), progress: progress,
	}
	defer v.records.stream.Stop()
	if err := v.volumes(); err != nil {
		// A record that was changed looks like a damaged entry: tell which of them it is.
		if bad := v.records.finish(); errors.Is(bad, ErrDigest) {
			err = bad
		}
		return tlog.Hash{}, err
	}
	if err := tree.finish(b.manifest); err != nil {
		return tlog.Hash{}, err
	}
	root := v.root.root()
	if root != b.manifest.Root {
		return tlog.Hash{}, fault.At(manifestFile, ErrRoot)
	}
	return root, nil
}

// checkFolder refuses files that are not of the batch. The reserve list may be there, or be in the
// making; the caller checks it.
func (b *Batch) checkFolder() error {
	known := map[string]bool{manifestFile: true, recordsFile: true, treeFile: true, ReserveFile: true, ReserveFile + ".part": true}
	for _, v := range b.manifest.Volumes {
		known[v.Name] = true
	}
	files, err := os.ReadDir(b.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !known[f.Name()] {
			return fault.At(f.Name(), ErrStray)
		}
	}
	return nil
}

// verifier goes through volumes and records in lock step.
type verifier struct {
	batch    *Batch
	records  *recordReader
	tree     *treeCheck
	record   Record
	root     frontier
	seen     map[[32]byte]struct{}
	progress func(done, total int)
	name     []byte // of an entry
	header   []byte // scratch
}

func (v *verifier) volumes() error {
	for i := range v.batch.manifest.Volumes {
		if err := v.volume(i); err != nil {
			return err
		}
	}
	block, err := v.records.next()
	if err != nil {
		return err
	}
	if block != nil {
		return fault.At(keyvalue.FormatKeyNumber(v.records.count), ErrMissing)
	}
	return v.records.finish()
}

func (v *verifier) volume(i int) error {
	volume := v.batch.manifest.Volumes[i]
	f, end, err := v.batch.openZip(i)
	if err != nil {
		return fault.At(volume.Name, err)
	}
	defer f.Close()
	src := strictzip.NewStream(io.NewSectionReader(f, 0, volume.Size+1), true) // one more, to notice a file that grew
	defer src.Stop()
	dir := strictzip.NewDirectory(strictzip.Buffered(io.NewSectionReader(f, end.Offset, end.Size)), end)
	for dir.More() {
		if err := v.key(src, dir, volume.Name); err != nil {
			return err
		}
	}
	if _, err := dir.Next(); err != io.EOF {
		return fault.At(volume.Name, err)
	}
	sum, err := src.Digest()
	if err == nil && sum != volume.Sum {
		err = ErrDigest
	}
	return fault.At(volume.Name, err)
}

// key verifies the next record and that its entries stand next in the volume.
func (v *verifier) key(src strictzip.Source, dir *strictzip.Directory, volume string) error {
	block, err := v.records.next()
	if err != nil {
		return err
	}
	if block == nil {
		return fault.At(volume, ErrStray)
	}
	r, m := &v.record, v.batch.manifest
	sealed, err := r.parse(block)
	if err == nil {
		err = m.checkRecord(r)
	}
	if err == nil {
		err = notice(v.seen, r.Fingerprint, m.Profile)
	}
	if err != nil {
		return fault.At(recordsFile, fault.At(keyvalue.FormatKeyNumber(v.records.count), err))
	}
	leaf := Leaf(r.Public, sha256.Sum256(sealed)) // before the block is gone
	if err := v.entries(src, dir); err != nil {
		return fault.At(volume, err)
	}
	v.tree.next(r.Number, v.root.add(leaf))
	if v.progress != nil {
		v.progress(v.root.size, m.Keys)
	}
	return nil
}

func (v *verifier) entries(src strictzip.Source, dir *strictzip.Directory) error {
	r := &v.record
	v.name = append(append(v.name[:0], r.Name()...), '/')
	folder := len(v.name)
	if err := v.entry(src, dir, append(v.name, sealedFile...), &r.Sealed); err != nil {
		return err
	}
	if err := v.entry(src, dir, append(v.name, publicFile...), &r.Public); err != nil {
		return err
	}
	for i := range r.Shares {
		s := &r.Shares[i]
		v.name = append(append(append(v.name[:folder], "share-"...), s.Custodian...), ".age"...)
		if err := v.entry(src, dir, v.name, &s.File); err != nil {
			return err
		}
	}
	return nil
}

// entry verifies the next entry, which must have that name and that digest.
func (v *verifier) entry(src strictzip.Source, dir *strictzip.Directory, name []byte, want *[32]byte) error {
	e, err := dir.Next()
	if err == io.EOF {
		return fault.At(string(name), ErrMissing)
	}
	if err != nil {
		return err
	}
	if !bytes.Equal(e.Name, name) {
		return fault.At(string(name), ErrMissing)
	}
	if e.Size > MaxEntry {
		return fault.At(string(name), strictzip.ErrEntrySize)
	}
	var content []byte
	if content, v.header, err = e.Local(src, v.header); err != nil {
		return fault.At(string(name), err)
	}
	if sha256.Sum256(content) != *want {
		return fault.At(string(name), ErrDigest)
	}
	return nil
}
