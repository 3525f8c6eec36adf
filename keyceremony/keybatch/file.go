package keybatch

import (
	"cmp"
	"crypto/sha256"
	"io"
	"unicode/utf8"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/strictzip"
)

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

// wrapped tells whether a program rewrote the file as text, by how it begins.
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
