package keybatch_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bailiff/custody/encoding"
	"bailiff/custody/strictzip"
	"bailiff/custody/testkit/stocktest"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

func TestVerified(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	o := batchtest.Options{Batch: batchID, Publish: 70, Sample: 5, Reserve: 3}
	c := v.Batch(t, o)
	file := batchtest.Write(t, c)
	f, err := keybatch.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if h := f.Header(); h.Vault != vaultID || h.Published != 70 || h.Keys != 78 {
		t.Errorf("header %+v", h)
	}
	if sum, err := f.Digest(); err != nil || sum != sha256.Sum256(file) {
		t.Errorf("digest %x, %v", sum, err)
	}
	told := 0
	got, err := f.Verify(v.Anchor, nil, 2, func(done, total int) {
		if done <= told || total != 70 {
			t.Errorf("progress %d of %d after %d", done, total, told)
		}
		told = done
	})
	if err != nil {
		t.Fatal(err)
	}
	words, err := v.Anchor.Words()
	if err != nil {
		t.Fatal(err)
	}
	if told != 70 || got.Vault != vaultID || got.Batch != batchID || got.Mode != "rehearsal" ||
		got.Published != 70 || got.Burnt != 5 || got.Reserve != 3 || got.Root != [32]byte(c.Tree.Root()) ||
		!got.Created.Equal(batchtest.Created()) || got.Words != words || got.CheckpointSize != v.Log.Size() ||
		!slices.Equal(got.Cosigners, []string{"c01", "c02"}) {
		t.Errorf("verified %+v", got)
	}
	compareKeys(t, c, got)
}

// compareKeys expects the published keys and the others to be those of c.
func compareKeys(t *testing.T, c *keybatch.Contents, got *keybatch.Verified) {
	t.Helper()
	var published, withheld []string
	for k, err := range got.Keys() {
		if err != nil {
			t.Fatal(err)
		}
		published = append(published, k.Fingerprint+" "+string(k.Binary))
	}
	for k := range got.Withheld() {
		withheld = append(withheld, k.Fingerprint+" "+k.Role)
	}
	for k, err := range c.Keys {
		if err != nil {
			t.Fatal(err)
		}
		list, want := &published, k.Fingerprint+" "+string(k.Public)
		if k.Role != keybatch.RolePublished {
			list, want = &withheld, k.Fingerprint+" "+k.Role
		}
		if len(*list) == 0 || (*list)[0] != want {
			t.Fatalf("key %d is not where it should be", k.Number)
		}
		*list = (*list)[1:]
	}
	if len(published)+len(withheld) > 0 {
		t.Errorf("%d and %d keys too many", len(published), len(withheld))
	}
}

func TestSameBytes(t *testing.T) {
	c := batchtest.NewVault(t, vaultID).Batch(t, small())
	if !bytes.Equal(batchtest.Write(t, c), batchtest.Write(t, c)) {
		t.Error("the same contents gave other bytes")
	}
}

// TestStockTools: unzip accepts the file, and gpg reads the keys in it.
func TestStockTools(t *testing.T) {
	c := batchtest.NewVault(t, vaultID).Batch(t, small())
	dir := t.TempDir()
	path := filepath.Join(dir, "batch.zip")
	if err := os.WriteFile(path, batchtest.Write(t, c), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := stocktest.Run(t, exec.Command("unzip", "-t", path)); !strings.Contains(out, "No errors detected") {
		t.Fatalf("unzip -t says\n%s", out)
	}
	for k, err := range c.Keys {
		if err != nil {
			t.Fatal(err)
		}
		for _, ext := range []string{".asc", ".pgp"} {
			if k.Role == keybatch.RolePublished {
				shows(t, dir, path, k.Fingerprint, ext)
			}
		}
	}
}

func shows(t *testing.T, home, path, fingerprint, ext string) {
	t.Helper()
	key, err := exec.Command("unzip", "-p", path, "keys/*-"+fingerprint+ext).Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("gpg", "--homedir", home, "--batch", "--with-colons", "--show-keys")
	cmd.Stdin = bytes.NewReader(key)
	out, err := cmd.Output()
	if err != nil || !strings.Contains(string(out), strings.ToUpper(fingerprint)) {
		t.Errorf("gpg: %v\n%s", err, out)
	}
}

// TestEveryByte alters every byte of the file, one at a time; those of the files in it again with
// checksums that match. Nothing may pass.
func TestEveryByte(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	file := batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: batchID, Publish: 1, Sample: 1, Reserve: 1}))
	each(len(file), func(i int) {
		altered := bytes.Clone(file)
		altered[i] ^= 1 << (i % 8)
		if _, err := verify(v, altered); err == nil {
			t.Errorf("byte %d: altered and accepted", i)
		}
	})
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		start, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		end := start + int64(f.UncompressedSize64)
		each(int(f.UncompressedSize64), func(i int) {
			altered := bytes.Clone(file)
			altered[int(start)+i] ^= 1 << (i % 7)
			crc := crc32.ChecksumIEEE(altered[start:end])
			binary.LittleEndian.PutUint32(altered[int(start)-len(f.Name)-30+14:], crc)
			binary.LittleEndian.PutUint32(altered[bytes.LastIndex(altered, []byte(f.Name))-46+16:], crc)
			if _, err := verify(v, altered); err == nil || errors.Is(err, strictzip.ErrCRC) {
				t.Errorf("%s, byte %d: altered: %v", f.Name, i, err)
			}
		})
	}
}

// TestRewritten: a batch that a mail program or a shell made text of is told as that, not as damage.
func TestRewritten(t *testing.T) {
	data := batchtest.Write(t, batchtest.NewVault(t, vaultID).Batch(t, batchtest.Options{Batch: batchID, Publish: 1, Sample: 1, Reserve: 1}))
	folded := &bytes.Buffer{}
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(data)), 76) {
		folded.Write(append(line, '\n'))
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"base64":            {folded.Bytes(), encoding.ErrBase64},
		"PowerShell 7":      {[]byte(strings.ToValidUTF8(string(data), "\ufffd")), encoding.ErrRewritten},
		"PowerShell 5":      {append([]byte{0xff, 0xfe}, widened(data)...), encoding.ErrRewritten},
		"cut, and not text": {data[:len(data)-1], nil},
	} {
		f, err := keybatch.Open(bytes.NewReader(c.data), int64(len(c.data)))
		if f != nil || err == nil || c.want != nil && !errors.Is(err, c.want) || c.want == nil && errors.Is(err, encoding.ErrRewritten) {
			t.Errorf("%s: %v; want %v", name, err, c.want)
		}
	}
}

// widened is what becomes of bytes that are taken for characters and written as UTF-16.
func widened(data []byte) []byte {
	out := make([]byte, 0, 2*len(data))
	for _, c := range data {
		out = append(out, c, 0)
	}
	return out
}

func TestEveryLength(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	file := batchtest.Write(t, v.Batch(t, small()))
	each(len(file), func(i int) {
		if _, err := verify(v, file[:i]); err == nil {
			t.Errorf("cut to %d bytes and accepted", i)
		}
	})
	for _, more := range []string{"\x00", "PK", string(file)} {
		if _, err := verify(v, append(bytes.Clone(file), more...)); err == nil {
			t.Errorf("accepted with %d bytes more", len(more))
		}
	}
}

// each calls fn for 0 to n-1 on all processors.
func each(n int, fn func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				fn(int(i))
			}
		})
	}
	wg.Wait()
}

// TestChangedLater: what is handed out after the verification is compared again.
func TestChangedLater(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	file := batchtest.Write(t, v.Batch(t, small()))
	got := batchtest.Verify(t, file, v.Anchor)
	other := batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: otherBatch, Publish: 3, Sample: 2, Reserve: 1}))
	copy(file, other)
	for k, err := range got.Keys() {
		if err == nil {
			t.Fatalf("key %d was handed out though the file changed", k.Number)
		}
		return
	}
	t.Error("no key and no error")
}

func TestWriteRefuses(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	broken := errors.New("the disk is gone")
	for _, c := range []struct {
		name  string
		alter func(*keybatch.Key)
		fail  error
		want  error
	}{
		{"other public part", func(k *keybatch.Key) { k.PublicDigest[0]++ }, nil, keybatch.ErrTree},
		{"other sealed part", func(k *keybatch.Key) { k.SealedDigest[0]++ }, nil, keybatch.ErrTree},
		{"out of order", func(k *keybatch.Key) { k.Number++ }, nil, keybatch.ErrTree},
		{"other key", func(k *keybatch.Key) { k.Public = []byte("no key") }, nil, keybatch.ErrKey},
		{"read error", func(*keybatch.Key) {}, broken, broken},
	} {
		contents := v.Batch(t, batchtest.Options{Batch: batchID, Publish: 1, Sample: 1})
		keys := contents.Keys
		contents.Keys = func(yield func(keybatch.Key, error) bool) {
			for k := range keys {
				c.alter(&k)
				if !yield(k, c.fail) {
					return
				}
			}
		}
		if err := keybatch.Write(new(bytes.Buffer), contents); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		v = batchtest.NewVault(t, vaultID)
	}
}
