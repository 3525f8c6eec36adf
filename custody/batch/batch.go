// Package batch holds the sealed batch: what a ceremony deposits and a release withdraws from.
//
// A batch is a folder: volumes `sealed-0001.zip` … with the sealed private key, the public key
// and the custodians' sealed shares of every key; `records.txt` with the digest of each of those
// entries and the commitments to the shares; `tree.bin` with the hashes of the keys' Merkle tree,
// so that one key is authenticated without the others; and `manifest.txt` with the digests of all those
// files and the Merkle root of the keys, whose own digest stands in the ledger. docs/formats.md,
// "Sealed batch", is the definition. A batch is closed when its manifest is there, which is
// written last, and no byte of it changes after. [Writer] writes one, [Batch] reads it.
//
// Volumes are ZIP files in a strict profile ([strictzip.Writer], [strictzip.Reader]): the same contents have
// one encoding, every other file is refused, and stock tools read it. The profile serves the
// public batch as well.
//
// Nothing in a volume is believed for its own sake. Each content is checked against the digest
// in its [Record], a record against the root in the [Manifest] by a path of hashes, or against the
// digest of `records.txt` there, and the manifest, by the caller, against the ledger: compare [Batch.Digest] with the entry
// `batch-sealed`. Were this package lax, whoever can write to the disk could put one key's
// shares or another's public key in the place of the one that is asked for, show two tools two
// different contents of one file, or let damage pass until the day a key is needed.
//
// The package also draws the sample that is opened to prove a batch ([Sample]) and reads and
// writes the lists of keys burnt by that ([BurntList]) and kept in reserve ([ReserveList]). The latter,
// `reserve.txt`, joins the folder when the batch is proved; the ledger alone vouches for it.
package batch

import (
	"cmp"
	"crypto/sha256"
	"os"
	"path/filepath"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
)

// Batch reads a closed batch. It holds the manifest, and files open once they were needed; its
// size does not depend on the number of keys. It is not for concurrent use.
type Batch struct {
	disk     *durable.Disk
	dir      string
	manifest *Manifest
	digest   [32]byte
	records  *os.File
	tree     *os.File      // once needed
	volumes  []*openVolume // as far as opened
}

// Open opens the batch in dir: it reads the manifest, of which it checks the form alone.
// Compare [Batch.Digest] with the ledger before anything else. It fails with fs.ErrNotExist when
// there is no manifest: the batch was never closed. The caller closes the batch.
func Open(disk *durable.Disk, dir string) (*Batch, error) {
	data, err := disk.Read(filepath.Join(dir, manifestFile), keyvalue.MaxSize)
	if err != nil {
		return nil, err
	}
	m, err := ParseManifest(data)
	if err != nil {
		return nil, fault.At(manifestFile, err)
	}
	records, err := disk.Open(filepath.Join(dir, recordsFile))
	if err != nil {
		return nil, err
	}
	return &Batch{disk: disk, dir: dir, manifest: m, digest: sha256.Sum256(data), records: records}, nil
}

// Close lets go of the batch's files.
func (b *Batch) Close() error {
	err := b.records.Close()
	for _, v := range b.volumes {
		err = cmp.Or(err, v.file.Close())
	}
	if b.tree != nil {
		err = cmp.Or(err, b.tree.Close())
	}
	b.volumes, b.tree = nil, nil
	return err
}

// Manifest returns the batch's manifest, which the caller does not change.
func (b *Batch) Manifest() *Manifest { return b.manifest }

// Digest is the SHA-256 of manifest.txt, as the ledger's entry `batch-sealed` states it.
func (b *Batch) Digest() [32]byte { return b.digest }

// Sealed returns the key's private part, key.pgp, after comparison with r.
func (b *Batch) Sealed(r *Record) ([]byte, error) { return b.content(r, 0, sealedFile, r.Sealed) }

// Public returns the key's public part, public.pgp, after comparison with r.
func (b *Batch) Public(r *Record) ([]byte, error) { return b.content(r, 1, publicFile, r.Public) }

// Share returns a custodian's share of the key, share-cNN.age, after comparison with r. It fails
// with [ErrMissing] when r has no share of that custodian.
func (b *Batch) Share(r *Record, custodian string) ([]byte, error) {
	for i, s := range r.Shares {
		if s.Custodian == custodian {
			return b.content(r, 2+i, shareFile(custodian), s.File)
		}
	}
	return nil, fault.At(r.Name()+"/"+shareFile(custodian), ErrMissing)
}

// content returns the i-th entry of a key, whose name and digest are known.
func (b *Batch) content(r *Record, i int, file string, want [32]byte) ([]byte, error) {
	if err := b.manifest.checkRecord(r); err != nil {
		return nil, err
	}
	v, err := b.volumeOf(r.Number)
	if err != nil {
		return nil, err
	}
	name := r.Name() + "/" + file
	data, err := v.read(r.Number, i, name)
	if err == nil && sha256.Sum256(data) != want {
		err = ErrDigest
	}
	if err != nil {
		return nil, fault.At(v.name, fault.At(name, err))
	}
	return data, nil
}

// openVolume is a volume of which single entries are read. All keys have names of the same
// lengths and as many entries, so the place of a key's headers in the directory can be computed;
// they are read from there, and nothing else of the directory is.
type openVolume struct {
	name    string
	file    *os.File
	end     strictzip.End
	entries int   // of a key
	stride  int64 // bytes in a key's headers
	first   int   // number of the first key
	keys    int
}

// volumeOf returns the volume that holds a key; it opens those before it.
func (b *Batch) volumeOf(number int) (*openVolume, error) {
	if number < 1 || number > b.manifest.Keys {
		return nil, fault.At(keyvalue.FormatKeyNumber(number), ErrKeys)
	}
	next := 1
	for i := range b.manifest.Volumes {
		if i == len(b.volumes) {
			v, err := b.openVolume(i, next)
			if err != nil {
				return nil, fault.At(volumeName(i), err)
			}
			b.volumes = append(b.volumes, v)
		}
		v := b.volumes[i]
		if next = v.first + v.keys; number < next {
			return v, nil
		}
	}
	return nil, fault.At(keyvalue.FormatKeyNumber(number), ErrMissing)
}

func (b *Batch) openVolume(i, first int) (*openVolume, error) {
	f, end, err := b.openZip(i)
	if err != nil {
		return nil, err
	}
	entries := 2 + b.manifest.Custodians
	stride := int64(entries)*strictzip.CentralSize + namesSize(fingerprintSize(b.manifest.Profile), b.manifest.Custodians)
	if end.Count%entries != 0 || end.Size != int64(end.Count/entries)*stride {
		_ = f.Close()
		return nil, ErrMissing
	}
	return &openVolume{volumeName(i), f, end, entries, stride, first, end.Count / entries}, nil
}

// openZip opens volume i and checks its size and its end. The caller closes the file.
func (b *Batch) openZip(i int) (*os.File, strictzip.End, error) {
	want := b.manifest.Volumes[i]
	f, err := b.disk.Open(filepath.Join(b.dir, want.Name))
	if err != nil {
		return nil, strictzip.End{}, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() != want.Size {
		err = ErrSize
	}
	var end strictzip.End
	if err == nil {
		end, err = strictzip.ReadEnd(f, want.Size)
	}
	if err != nil {
		_ = f.Close()
		return nil, strictzip.End{}, err
	}
	return f, end, nil
}

// read returns the content of the i-th entry of a key, which must have that name.
func (v *openVolume) read(number, i int, name string) ([]byte, error) {
	headers := make([]byte, v.stride)
	if err := strictzip.ReadAt(v.file, headers, v.end.Offset+int64(number-v.first)*v.stride); err != nil {
		return nil, err
	}
	dir := strictzip.PartOf(headers, v.entries, v.end)
	for range i {
		if _, err := dir.Next(); err != nil {
			return nil, err
		}
	}
	e, err := dir.Next()
	if err != nil {
		return nil, err
	}
	if string(e.Name) != name {
		return nil, ErrMissing
	}
	return e.Read(v.file, MaxEntry)
}
