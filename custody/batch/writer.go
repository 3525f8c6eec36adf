package batch

import (
	"encoding/hex"
	"errors"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
)

const (
	recordsFile  = "records.txt"
	treeFile     = "tree.bin"
	manifestFile = "manifest.txt"
)

// MaxEntry is the size in bytes of the largest content of a key's entry.
const MaxEntry = 1 << 20

// The ways in which a batch cannot be written.
var (
	ErrBatchCustodians = errors.New("batch: custodians are not 2 to 16 ids in ascending order")
	ErrBatchVolume     = errors.New("batch: a volume holds 1 byte to 2 GiB - 1 MiB")
	ErrBatchNumber     = errors.New("batch: key numbers do not follow each other from 000001")
	ErrBatchKey        = errors.New("batch: the fingerprint is not one of the profile's")
	ErrBatchDuplicate  = errors.New("batch: the key stands twice")
	ErrBatchEntry      = errors.New("batch: a content is empty or larger than 1 MiB")
	ErrBatchShares     = errors.New("batch: not one share of each custodian, in order, each at another x")
	ErrBatchEmpty      = errors.New("batch: no keys")
	ErrBatchClosed     = errors.New("batch: the writer is closed")
)

// Writer writes a batch, keys in order, as they come. What it keeps of a key is what
// the volume's directory needs and 32 bytes to notice one that stands twice.
type Writer struct {
	disk      *durable.Disk
	dir       string
	header    Header
	maxVolume int64

	records *output
	tree    *output
	volume  *output           // nil between volumes
	zip     *strictzip.Writer // into volume
	volumes []Volume
	root    frontier
	seen    map[[32]byte]struct{}
	err     error
}

// NewWriter makes the folder dir, which must not exist, and begins a batch in it. No volume
// grows larger than maxVolume bytes; 0 stands for [strictzip.MaxSize]. The caller ends the writer with
// [Writer.Close] or [Writer.Abandon].
func NewWriter(disk *durable.Disk, dir string, h Header, maxVolume int64) (*Writer, error) {
	if maxVolume == 0 {
		maxVolume = strictzip.MaxSize
	}
	if maxVolume < 1 || maxVolume > strictzip.MaxSize {
		return nil, ErrBatchVolume
	}
	if err := h.check(); err != nil {
		return nil, err
	}
	if err := disk.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	w := &Writer{disk: disk, dir: dir, header: h, maxVolume: maxVolume, seen: make(map[[32]byte]struct{})}
	var err error
	if w.records, err = newOutput(disk, filepath.Join(dir, recordsFile)); err != nil {
		return nil, err
	}
	if w.tree, err = newOutput(disk, filepath.Join(dir, treeFile)); err != nil {
		return nil, w.fail(err)
	}
	return w, nil
}

// Add writes the next key. After an error the batch is abandoned: no later call succeeds, and no
// manifest will be there.
func (w *Writer) Add(k SealedKey) error {
	if w.err != nil {
		return w.err
	}
	if err := w.add(&k); err != nil {
		return w.fail(fault.At(keyvalue.FormatKeyNumber(k.Number), err))
	}
	return nil
}

func (w *Writer) add(k *SealedKey) error {
	if err := w.check(k); err != nil {
		return err
	}
	r := k.record()
	block, err := r.Format()
	if err != nil {
		return err
	}
	if err := w.room(k); err != nil {
		return err
	}
	folder := r.Name() + "/"
	if err := w.zip.Add(folder+sealedFile, k.Sealed); err != nil {
		return err
	}
	if err := w.zip.Add(folder+publicFile, k.Public); err != nil {
		return err
	}
	for _, s := range k.Shares {
		if err := w.zip.Add(folder+shareFile(s.Custodian), s.File); err != nil {
			return err
		}
	}
	if _, err := w.records.Write(block); err != nil {
		return err
	}
	_, err = w.tree.Write(w.root.add(r.Leaf()))
	return err
}

// check refuses a key that a reader would refuse.
func (w *Writer) check(k *SealedKey) error {
	if k.Number != w.root.size+1 || k.Number > MaxKeys {
		return ErrBatchNumber
	}
	if len(k.Shares) != len(w.header.Custodians) {
		return ErrBatchShares
	}
	contents := [][]byte{k.Public, k.Sealed}
	for i, s := range k.Shares {
		if s.Custodian != w.header.Custodians[i] {
			return ErrBatchShares
		}
		contents = append(contents, s.File)
	}
	for _, c := range contents {
		if len(c) == 0 || len(c) > MaxEntry {
			return ErrBatchEntry
		}
	}
	return notice(w.seen, k.Fingerprint, w.header.Profile)
}

// notice adds a fingerprint to those seen, and refuses one that is there or not of the profile.
func notice(seen map[[32]byte]struct{}, fingerprint, profile string) error {
	var f [32]byte
	if len(fingerprint) != fingerprintSize(profile) || keyvalue.CheckFingerprint(fingerprint) != nil {
		return ErrBatchKey
	}
	if _, err := hex.Decode(f[:], []byte(fingerprint)); err != nil {
		return err
	}
	if _, ok := seen[f]; ok {
		return ErrBatchDuplicate
	}
	seen[f] = struct{}{}
	return nil
}

// room sees to it that a volume is open that can take all of the key.
func (w *Writer) room(k *SealedKey) error {
	names := namesSize(len(k.Fingerprint), len(k.Shares))
	contents := int64(len(k.Sealed) + len(k.Public))
	for _, s := range k.Shares {
		contents += int64(len(s.File))
	}
	entries := 2 + len(k.Shares)
	if w.volume != nil && w.zip.SizeWith(entries, names, contents) > w.maxVolume {
		if err := w.endVolume(); err != nil {
			return err
		}
	}
	if w.volume != nil {
		return nil
	}
	if strictzip.NewWriter(nil).SizeWith(entries, names, contents) > w.maxVolume {
		return strictzip.ErrTooLarge
	}
	return w.beginVolume()
}

// namesSize is the number of bytes in the names of a key's entries.
func namesSize(fingerprint, shares int) int64 {
	folder := len("000000-/") + fingerprint
	return int64((2+shares)*folder + len(sealedFile) + len(publicFile) + shares*len(shareFile("c00")))
}

func (w *Writer) beginVolume() (err error) {
	if len(w.volumes) == maxVolumes {
		return ErrManifestVolumes
	}
	w.volume, err = newOutput(w.disk, filepath.Join(w.dir, volumeName(len(w.volumes))))
	if err != nil {
		return err
	}
	w.zip = strictzip.NewWriter(w.volume.Writer)
	return nil
}

func (w *Writer) endVolume() error {
	if err := w.zip.Close(); err != nil {
		return err
	}
	written, err := w.volume.close()
	w.volume = nil
	if err != nil {
		return err
	}
	w.volumes = append(w.volumes, Volume{volumeName(len(w.volumes)), written.Size, written.Sum})
	return nil
}

// Root is the Merkle root of the keys added so far.
func (w *Writer) Root() tlog.Hash { return w.root.root() }

// Close makes the last volume, the records, the tree and at last the manifest durable, and returns the
// manifest. After an error there is no manifest, and so no batch.
func (w *Writer) Close() (*Manifest, error) {
	if w.err != nil {
		return nil, w.err
	}
	m, err := w.close()
	if err != nil {
		return nil, w.fail(err)
	}
	w.err = ErrBatchClosed
	return m, nil
}

func (w *Writer) close() (*Manifest, error) {
	if w.volume == nil {
		return nil, ErrBatchEmpty
	}
	if err := w.endVolume(); err != nil {
		return nil, err
	}
	records, err := w.records.close()
	w.records = nil
	if err != nil {
		return nil, err
	}
	tree, err := w.tree.close()
	w.tree = nil
	if err != nil {
		return nil, err
	}
	h := &w.header
	m := &Manifest{
		Vault: h.Vault, Batch: h.Batch, Mode: h.Mode, Profile: h.Profile, Created: h.Created,
		Threshold: h.Threshold, Custodians: len(h.Custodians), Keys: w.root.size,
		Volumes: w.volumes, Records: records.Sum, Tree: tree.Sum, Root: w.Root(),
	}
	data, err := m.Format()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(w.dir, manifestFile)
	if err := w.disk.Create(path, data, 0o444); err != nil {
		// The one failure that leaves the file is that of syncing the directory.
		return nil, errors.Join(err, removeIfThere(w.disk, path))
	}
	return ParseManifest(data)
}

// Abandon gives a batch up. What is there of it stays, for the caller to remove, but no manifest.
// After Close it does nothing.
func (w *Writer) Abandon() {
	if w.err == nil {
		_ = w.fail(ErrBatchClosed)
	}
}

// fail ends the files in the making and keeps err for all later calls.
func (w *Writer) fail(err error) error {
	w.err = err
	if w.volume != nil {
		w.volume.abandon()
	}
	if w.records != nil {
		w.records.abandon()
	}
	if w.tree != nil {
		w.tree.abandon()
	}
	w.volume, w.records, w.tree, w.seen = nil, nil, nil, nil
	return err
}
