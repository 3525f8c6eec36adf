package keybatch

import (
	"cmp"
	"crypto/sha256"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"bailiff/custody/batch"
	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
)

const headerFormat = "bailiff-batch/1"

// Header is batch.txt: what the file says of itself.
type Header struct {
	Vault, Batch string
	Mode         string // keyvalue.Rehearsal or keyvalue.Production
	Profile      string
	Created      time.Time // the creation time of all the keys
	Keys         int       // of the batch: Published + Sample + Reserve, at most batch.MaxKeys
	Published    int       // at least 1
	Sample       int       // burnt keys, at least 1
	Reserve      int
	Root         [32]byte // of the batch's tree
	Policy       [32]byte // SHA-256 of policy.txt
	Manifest     [32]byte // SHA-256 of the sealed batch's manifest
	Leaves       [32]byte // SHA-256 of leaves.txt
	Burnt        [32]byte // SHA-256 of burnt.txt
	ReserveList  [32]byte // SHA-256 of reserve.txt
}

// ParseHeader reads bailiff-batch/1, whose counts must add up ([ErrCounts]).
func ParseHeader(data []byte) (*Header, error) {
	r, err := keyvalue.Parse(headerFormat, data)
	if err != nil {
		return nil, err
	}
	h := &Header{
		Vault:     r.Checked("vault", keyvalue.CheckVaultID),
		Batch:     r.Checked("batch", keyvalue.CheckBatchID),
		Mode:      r.Checked("mode", keyvalue.CheckMode),
		Profile:   r.Checked("profile", checkProfile),
		Created:   r.Time("created"),
		Keys:      r.Int("keys", batch.MaxKeys),
		Published: r.Int("published", batch.MaxKeys),
		Sample:    r.Int("sample", batch.MaxKeys),
		Reserve:   r.Int("reserve", batch.MaxKeys),
		Root:      r.Digest("root"),
		Policy:    r.Digest("policy"),
		Manifest:  r.Digest("manifest"),
		Leaves:    r.Digest("leaves"),
		Burnt:     r.Digest("burnt"),

		ReserveList: r.Digest("reserve-list"),
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	if h.Published < 1 || h.Sample < 1 || h.Published+h.Sample+h.Reserve != h.Keys {
		return nil, fault.At("keys", ErrCounts)
	}
	return h, nil
}

func checkProfile(s string) error {
	_, err := keypair.ParseProfile(s)
	return err
}

// Format writes the text as [ParseHeader] reads it.
func (h *Header) Format() ([]byte, error) {
	data, err := keyvalue.Format(headerFormat, []keyvalue.Field{
		{Key: "vault", Value: h.Vault},
		{Key: "batch", Value: h.Batch},
		{Key: "mode", Value: h.Mode},
		{Key: "profile", Value: h.Profile},
		{Key: "created", Value: keyvalue.FormatTime(h.Created)},
		{Key: "keys", Value: strconv.Itoa(h.Keys)},
		{Key: "published", Value: strconv.Itoa(h.Published)},
		{Key: "sample", Value: strconv.Itoa(h.Sample)},
		{Key: "reserve", Value: strconv.Itoa(h.Reserve)},
		{Key: "root", Value: keyvalue.FormatDigest(h.Root)},
		{Key: "policy", Value: keyvalue.FormatDigest(h.Policy)},
		{Key: "manifest", Value: keyvalue.FormatDigest(h.Manifest)},
		{Key: "leaves", Value: keyvalue.FormatDigest(h.Leaves)},
		{Key: "burnt", Value: keyvalue.FormatDigest(h.Burnt)},
		{Key: "reserve-list", Value: keyvalue.FormatDigest(h.ReserveList)},
	})
	if err != nil {
		return nil, err
	}
	if _, err := ParseHeader(data); err != nil {
		return nil, err
	}
	return data, nil
}

// File is an open public batch. Until [File.Verify] has agreed, nothing that it says is true.
type File struct {
	r      io.ReaderAt
	size   int64
	zip    *strictzip.Reader
	header *Header
}

// Open reads the directory and batch.txt of a public batch of size bytes, and checks their form.
// The caller keeps r open as long as the File or what came from it is used; r must allow reads
// by several goroutines at once, as an *os.File does.
func Open(r io.ReaderAt, size int64) (*File, error) {
	z, err := strictzip.Open(r, size)
	if err != nil {
		return nil, cmp.Or(wrapped(r, size), err)
	}
	f := &File{r: r, size: size, zip: z}
	data, err := f.read(headerFile, maxRecord)
	if err != nil {
		return nil, err
	}
	if f.header, err = ParseHeader(data); err != nil {
		return nil, fault.At(headerFile, err)
	}
	return f, nil
}

// wrapped returns an error when a program rewrote the file as text, by how it begins.
func wrapped(r io.ReaderAt, size int64) error {
	const looked = 4 << 10
	head := make([]byte, min(size, looked))
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	for range utf8.UTFMax - 1 { // of a character that is cut
		if !utf8.Valid(head) && len(head) > 0 {
			head = head[:len(head)-1]
		}
	}
	return encoding.Rewritten(head)
}

// Header returns what the file says of itself, so that the trust anchor of that vault can be
// looked up. It is not verified.
func (f *File) Header() Header { return *f.header }

// Digest returns the SHA-256 of the whole file, as the ledger's entry batch-exported states it.
func (f *File) Digest() (sum [32]byte, err error) {
	h := sha256.New()
	_, err = io.Copy(h, io.NewSectionReader(f.r, 0, f.size))
	h.Sum(sum[:0])
	return sum, err
}

// read returns the content of the file of that name, at most max bytes.
func (f *File) read(name string, max int64) ([]byte, error) {
	i, ok := f.zip.Find(name)
	if !ok {
		return nil, fault.At(name, ErrMissing)
	}
	return f.zip.Read(i, max)
}

// readStated is read of a file whose SHA-256 is known.
func (f *File) readStated(name string, max int64, want [32]byte) ([]byte, error) {
	data, err := f.read(name, max)
	if err == nil && sha256.Sum256(data) != want {
		err = fault.At(name, ErrDigest)
	}
	return data, err
}
