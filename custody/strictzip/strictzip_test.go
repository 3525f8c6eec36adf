package strictzip_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/testkit/stocktest"
	"bailiff/custody/testkit/ziptest"
)

var three = []string{
	"000001-aa/key.pgp", "sealed\x00\xff", "000001-aa/share-c01.age", "", "batch.txt", strings.Repeat("text\n", 200_000),
}

func TestZipRoundTrip(t *testing.T) {
	data := ziptest.Pack(t, three...)
	got, err := ziptest.Unpack(data)
	if err != nil || !slices.Equal(got, three) {
		t.Fatalf("came back otherwise: %v", err)
	}
	z, err := strictzip.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil || z.Len() != 3 {
		t.Fatal(err)
	}
	for i := range z.Len() {
		name, size := z.Entry(i)
		found, ok := z.Find(name)
		content, err := z.Read(i, size)
		if name != three[2*i] || !ok || found != i || err != nil || string(content) != three[2*i+1] {
			t.Errorf("entry %d, %s: found at %d, %v; %v", i, name, found, ok, err)
		}
		if _, err := z.Read(i, size-1); !errors.Is(err, strictzip.ErrEntrySize) {
			t.Errorf("%s: read beyond the bound: %v", name, err)
		}
	}
	if _, ok := z.Find("000001-aa/key"); ok {
		t.Error("found what is not there")
	}
}

const pythonList = `import sys, zipfile, zlib
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
for i in z.infolist():
    assert i.date_time == (1980, 1, 1, 0, 0, 0) and i.compress_type == 0 and not i.extra and i.flag_bits == 0
print(len(z.namelist()), sum(zlib.crc32(z.read(n)) for n in z.namelist()))`

func TestStockToolsReadIt(t *testing.T) {
	data := ziptest.Pack(t, three...)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.zip"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := stocktest.In(t, dir, "unzip", "-t", "a.zip"); !strings.Contains(out, "No errors detected") {
		t.Error(out)
	}
	if out := stocktest.In(t, dir, "unzip", "-p", "a.zip", "000001-*/key.pgp"); out != three[1] {
		t.Errorf("unzip -p gave %q", out)
	}
	if out := stocktest.In(t, dir, "python3", "-c", pythonList, "a.zip"); !strings.HasPrefix(out, "3 ") {
		t.Error(out)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range r.File {
		c, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(c)
		if err != nil || f.Name != three[2*i] || string(content) != three[2*i+1] || f.Mode() != 0o444 {
			t.Errorf("archive/zip: %s %v %v", f.Name, f.Mode(), err)
		}
	}
}

// TestManyEntries goes to both sides of the count from which ZIP64 is needed.
func TestManyEntries(t *testing.T) {
	var pairs []string
	for i := range 65_534 {
		pairs = append(pairs, fmt.Sprintf("%06d/a", i), fmt.Sprint(i))
	}
	data := ziptest.Pack(t, pairs...)
	if got, err := ziptest.Unpack(data); err != nil || !slices.Equal(got, pairs) {
		t.Fatal(err)
	}
	if bytes.Contains(data[len(data)-98:], []byte("PK\x06\x06")) {
		t.Error("a ZIP64 record for 65,534 entries")
	}
	for _, n := range []int{65_535, 65_536} {
		pairs = append(pairs, fmt.Sprintf("%06d/a", n-1), "last")
		data = ziptest.Pack(t, pairs...)
		if got, err := ziptest.Unpack(data); err != nil || !slices.Equal(got, pairs) {
			t.Fatal(err)
		}
		for i := len(data) - 98; i < len(data); i++ {
			data[i] ^= 0x10
			if _, err := strictzip.Open(bytes.NewReader(data), int64(len(data))); err == nil {
				t.Errorf("accepted with byte %d of the end flipped", i-len(data))
			}
			data[i] ^= 0x10
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.zip"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := stocktest.In(t, dir, "unzip", "-tqq", "a.zip"); out != "" {
		t.Error(out)
	}
	if out := stocktest.In(t, dir, "unzip", "-p", "a.zip", "065535/a"); out != "last" {
		t.Errorf("unzip -p gave %q", out)
	}
	const list = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(len(z.namelist()), z.read('065535/a'))"
	if out := stocktest.In(t, dir, "python3", "-c", list, "a.zip"); out != "65536 b'last'\n" {
		t.Error(out)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(r.File) != 65_536 {
		t.Errorf("archive/zip: %v", err)
	}
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	data := ziptest.Pack(t, "a/key.pgp", "sealed", "a/public.pgp", "p", "b-1", "")
	for i := range data {
		for bit := range 8 {
			data[i] ^= 1 << bit
			if _, err := ziptest.Unpack(data); err == nil {
				t.Errorf("accepted with bit %d of byte %d flipped", bit, i)
			}
			data[i] ^= 1 << bit
		}
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	data := ziptest.Pack(t, "a/key.pgp", "sealed", "a/public.pgp", "p", "b-1", "")
	for i := range data {
		if _, err := ziptest.Unpack(data[:i]); err == nil {
			t.Errorf("accepted the first %d bytes", i)
		}
		if i > 0 {
			if _, err := ziptest.Unpack(data[i:]); err == nil {
				t.Errorf("accepted without the first %d bytes", i)
			}
		}
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{
		"", "/a", "a/", "a//b", "../a", "a/../b", "..", ".", "./a", "a/.", "a./b", "a.", "A", "a/B", "a b", "a_b",
		"a\\b", "a:b", "é", "a\x00", "c:/a", strings.Repeat("a", strictzip.MaxName+1),
	} {
		z := strictzip.NewWriter(io.Discard)
		if err := z.Add(name, nil); !errors.Is(err, strictzip.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, c := range []struct {
		names []string
		want  error
	}{
		{[]string{"b", "a"}, strictzip.ErrOrder},
		{[]string{"a/b", "a.b"}, strictzip.ErrOrder},
		{[]string{"a", "a"}, strictzip.ErrDuplicate},
		{[]string{"a", "a/b"}, strictzip.ErrCollision},
		{[]string{"a", "a-b", "a.b", "a/b"}, strictzip.ErrCollision},
		{[]string{"x/a", "x/a-b", "x/a-b/c"}, strictzip.ErrCollision},
		{[]string{"a", "a-b", "ab", "b/a"}, nil},
	} {
		z := strictzip.NewWriter(io.Discard)
		var err error
		for _, name := range c.names {
			err = z.Add(name, nil)
		}
		if !errors.Is(err, c.want) || c.want != nil && fault.Objects(err)[0] != c.names[len(c.names)-1] {
			t.Errorf("%q: %v, want %v", c.names, err, c.want)
		}
		if c.want != nil && z.Close() == nil {
			t.Errorf("%q: closed after an error", c.names)
		}
	}
}

func TestWriterRefusals(t *testing.T) {
	z := strictzip.NewWriter(io.Discard)
	if err := z.Close(); !errors.Is(err, strictzip.ErrEmpty) {
		t.Error(err)
	}
	if err := z.Add("a", nil); !errors.Is(err, strictzip.ErrClosed) {
		t.Error(err)
	}
	if got := strictzip.NewWriter(io.Discard).SizeWith(1, 1, strictzip.MaxSize); got <= strictzip.MaxSize {
		t.Error(got)
	}
	full := errors.New("disk full")
	z = strictzip.NewWriter(failing{full})
	if err := z.Add("a", make([]byte, 1<<20)); !errors.Is(err, full) {
		t.Error(err)
	}
	if err := z.Close(); !errors.Is(err, full) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func FuzzOpen(f *testing.F) {
	f.Add(ziptest.Pack(f, "a", "content"))
	f.Add(ziptest.Pack(f, "a/key.pgp", "sealed", "a/public.pgp", "p", "b-1", ""))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data)+2<<20)() // the stream's buffers, the directory's piece
		pairs, err := ziptest.Unpack(data)
		if err == nil && !bytes.Equal(ziptest.Pack(t, pairs...), data) {
			t.Fatalf("%q has another encoding", data)
		}
	})
}
