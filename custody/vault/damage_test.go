package vault_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/vault"
)

// small is a batch of three keys with short contents, for tests that go through every byte.
func small(t *testing.T) (string, *vault.Manifest) {
	s := newSource(2)
	s.public, s.sealed, s.file = 3, 5, 4
	return depositFrom(t, s, 3, 0)
}

// rewrite changes a file of a batch, which its writer made read-only.
func rewrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// verify opens a batch and verifies it.
func verify(dir string) error {
	b, err := vault.OpenBatch(&durable.Disk{}, dir)
	if err != nil {
		return err
	}
	defer b.Close()
	_, err = b.Verify(nil)
	return err
}

func TestEveryDamagedByteIsFoundAndItsFileNamed(t *testing.T) {
	dir, _ := small(t)
	for _, name := range []string{"sealed-0001.zip", "records.txt", "tree.bin"} {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rewrite(t, path, data)
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		for i := range data {
			if _, err := f.WriteAt([]byte{data[i] ^ 1}, int64(i)); err != nil {
				t.Fatal(err)
			}
			err := verify(dir)
			if objects := fault.Objects(err); len(objects) == 0 || objects[0] != name {
				t.Errorf("%s, byte %d: %v", name, i, err)
			}
			if _, err := f.WriteAt(data[i:i+1], int64(i)); err != nil {
				t.Fatal(err)
			}
		}
		_ = f.Close()
		for _, cut := range [][]byte{nil, data[:len(data)-1], data[:len(data)/2], data[1:], append(bytes.Clone(data), '\n')} {
			rewrite(t, path, cut)
			err := verify(dir)
			if objects := fault.Objects(err); len(objects) == 0 || objects[0] != name {
				t.Errorf("%s of %d bytes for %d: %v", name, len(cut), len(data), err)
			}
		}
		rewrite(t, path, data)
	}
	if err := verify(dir); err != nil {
		t.Errorf("after all: %v", err)
	}
}

func TestEveryChangeOfTheManifestChangesItsDigest(t *testing.T) {
	dir, _ := small(t)
	want := open(t, dir).Digest()
	path := filepath.Join(dir, "manifest.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		data[i] ^= 1
		rewrite(t, path, data)
		data[i] ^= 1
		b, err := vault.OpenBatch(&durable.Disk{}, dir)
		if err != nil {
			continue
		}
		if b.Digest() == want {
			t.Errorf("byte %d does not count", i)
		}
		_ = b.Close()
	}
}

func TestTheDamagedEntryIsNamed(t *testing.T) {
	dir, _ := deposit(t, 20, 3, 20_000)
	r, err := open(t, dir).Record(2)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "sealed-0001.zip")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name := r.Name() + "/share-c02.age"
	data[bytes.Index(data, []byte(name))+len(name)+100] ^= 1
	rewrite(t, path, data)
	b := open(t, dir)
	_, err = b.Verify(nil)
	want := "sealed-0001.zip " + name
	if !errors.Is(err, vault.ErrZipCRC) || strings.Join(fault.Objects(err), " ") != want {
		t.Errorf("verify: %v, want %s", err, want)
	}
	if _, err := b.Share(r, "c02"); !errors.Is(err, vault.ErrZipCRC) || strings.Join(fault.Objects(err), " ") != want {
		t.Errorf("share: %v, want %s", err, want)
	}
	if _, err := b.Share(r, "c01"); err != nil {
		t.Errorf("the entry before it: %v", err)
	}
}

// TestForgedContents replaces contents by others in a volume of the strict form.
func TestForgedContents(t *testing.T) {
	dir, _ := deposit(t, 5, 3, 0)
	path := filepath.Join(dir, "sealed-0001.zip")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := open(t, dir).Select(2, 5, 2)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(p []string) []string
		want   error
	}{
		"another key's share": {func(p []string) []string { p[2*5+5], p[4*5*2+5] = p[4*5*2+5], p[2*5+5]; return p }, vault.ErrDigest},
		"shares exchanged":    {func(p []string) []string { p[10+5], p[10+7] = p[10+7], p[10+5]; return p }, vault.ErrDigest},
		"another fingerprint": {func(p []string) []string {
			for i := 10; i < 20; i += 2 {
				p[i] = "000002-" + fp + p[i][strings.Index(p[i], "/"):]
			}
			return p
		}, vault.ErrMissing},
	} {
		pairs, err := unpack(data)
		if err != nil {
			t.Fatal(err)
		}
		rewrite(t, path, pack(t, c.change(pairs)...))
		b := open(t, dir)
		if _, err := b.Verify(nil); !errors.Is(err, c.want) || len(fault.Objects(err)) != 2 {
			t.Errorf("%s: verify: %v, want %v", name, err, c.want)
		}
		if _, err := b.Share(records[0], "c01"); !errors.Is(err, c.want) {
			t.Errorf("%s: share: %v, want %v", name, err, c.want)
		}
	}
	pairs, err := unpack(data)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, path, pack(t, pairs[:len(pairs)-2]...))
	if _, err := open(t, dir).Share(records[1], "c01"); !errors.Is(err, vault.ErrSize) {
		t.Errorf("an entry left out: %v", err)
	}
}

func TestFilesMissingOrStray(t *testing.T) {
	dir, m := deposit(t, 20, 3, 20_000)
	stray := filepath.Join(dir, "sealed-0001.zip.part")
	rewrite(t, stray, []byte("left over"))
	if err := verify(dir); !errors.Is(err, vault.ErrStray) || fault.Objects(err)[0] != "sealed-0001.zip.part" {
		t.Errorf("stray file: %v", err)
	}
	if err := os.Remove(stray); err != nil {
		t.Fatal(err)
	}
	first, second := filepath.Join(dir, m.Volumes[0].Name), filepath.Join(dir, m.Volumes[1].Name)
	if err := os.Rename(first, dir+"/x"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(second, first); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(dir+"/x", dir+"-x"); err != nil {
		t.Fatal(err)
	}
	if err := verify(dir); !errors.Is(err, durable.ErrNotRegular) {
		t.Errorf("symlink: %v", err)
	}
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	if err := verify(dir); !errors.Is(err, fs.ErrNotExist) || fault.Objects(err)[0] != m.Volumes[0].Name {
		t.Errorf("missing volume: %v", err)
	}
}

// TestManifestOfAnotherBatch gives a batch a manifest that is well formed and says otherwise.
func TestManifestOfAnotherBatch(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*vault.Manifest)
		want   error
	}{
		"root":       {func(m *vault.Manifest) { m.Root[0] ^= 1 }, vault.ErrRoot},
		"records":    {func(m *vault.Manifest) { m.Records[0] ^= 1 }, vault.ErrDigest},
		"tree":       {func(m *vault.Manifest) { m.Tree[0] ^= 1 }, vault.ErrDigest},
		"volume":     {func(m *vault.Manifest) { m.Volumes[0].Sum[0] ^= 1 }, vault.ErrDigest},
		"size":       {func(m *vault.Manifest) { m.Volumes[0].Size++ }, vault.ErrSize},
		"fewer keys": {func(m *vault.Manifest) { m.Keys-- }, vault.ErrSize},
		"more keys":  {func(m *vault.Manifest) { m.Keys++ }, vault.ErrSize},
		"custodians": {func(m *vault.Manifest) { m.Custodians = 2 }, vault.ErrRecord},
		"profile":    {func(m *vault.Manifest) { m.Profile = "v6-curve25519" }, vault.ErrRecord},
	} {
		dir, m := deposit(t, 20, 3, 20_000)
		c.change(m)
		data, err := m.Format()
		if err != nil {
			t.Fatal(err)
		}
		rewrite(t, filepath.Join(dir, "manifest.txt"), data)
		if err := verify(dir); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestOnlyAuthenticRecords changes one commitment in records.txt.
func TestOnlyAuthenticRecords(t *testing.T) {
	dir, _ := deposit(t, 30, 3, 0)
	path := filepath.Join(dir, "records.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte("\nkey: 000018 ")) - 2 // last digit of key 17's last commitment
	data[at] = "0123456789abcdef"[(bytes.IndexByte([]byte("0123456789abcdef"), data[at])+1)%16]
	rewrite(t, path, data)
	b := open(t, dir)
	if r, err := b.Record(17); !errors.Is(err, vault.ErrDigest) || r != nil || strings.Join(fault.Objects(err), " ") != "records.txt 000017" {
		t.Errorf("record 17: %v", err)
	}
	for _, n := range []int{1, 16, 18, 30} {
		if r, err := b.Record(n); err != nil || r.Number != n {
			t.Errorf("record %d, which is whole: %v", n, err)
		}
	}
	if _, err := b.Select(1); !errors.Is(err, vault.ErrDigest) {
		t.Errorf("all of the records: %v", err)
	}
	var last error
	seen := 0
	for r, err := range b.Records() {
		if last = err; r != nil {
			seen++
		}
	}
	if !errors.Is(last, vault.ErrDigest) || seen != 30 {
		t.Errorf("records: %d, then %v", seen, last)
	}
	for _, n := range []int{0, -1, 31, 1_000_000} {
		if _, err := b.Record(n); !errors.Is(err, vault.ErrKeys) {
			t.Errorf("key %d: %v", n, err)
		}
	}
}

// TestSingleAccessGivesTheRightContentOrNone damages every byte of a volume, and asks for each
// entry by itself.
func TestSingleAccessGivesTheRightContentOrNone(t *testing.T) {
	dir, m := small(t)
	b := open(t, dir)
	if b.Manifest().Root != m.Root {
		t.Error("another manifest")
	}
	records, err := b.Select(1, 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "sealed-0001.zip")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		damaged := bytes.Clone(data)
		damaged[i] ^= 0x20
		rewrite(t, path, damaged)
		b := open(t, dir)
		refused := 0
		for _, r := range records {
			for _, s := range r.Shares {
				share, err := b.Share(r, s.Custodian)
				if err != nil {
					refused++
				} else if sha256.Sum256(share) != s.File {
					t.Errorf("byte %d: a wrong share", i)
				}
			}
		}
		if end := i >= len(data)-22; end && refused != 6 {
			t.Errorf("byte %d of the end record: %d of 6 refused", i, refused)
		}
	}
}
