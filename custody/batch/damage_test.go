package batch_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/strictzip"
)

// small is a batch of three keys with short contents, for tests that go through every byte.
func small(t *testing.T) (string, *batch.Manifest) {
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
	b, err := batch.Open(&durable.Disk{}, dir)
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
		b, err := batch.Open(&durable.Disk{}, dir)
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
	if !errors.Is(err, strictzip.ErrCRC) || strings.Join(fault.Objects(err), " ") != want {
		t.Errorf("verify: %v, want %s", err, want)
	}
	if _, err := b.Share(r, "c02"); !errors.Is(err, strictzip.ErrCRC) || strings.Join(fault.Objects(err), " ") != want {
		t.Errorf("share: %v, want %s", err, want)
	}
	if _, err := b.Share(r, "c01"); err != nil {
		t.Errorf("the entry before it: %v", err)
	}
}

func TestFilesMissingOrStray(t *testing.T) {
	dir, m := deposit(t, 20, 3, 20_000)
	stray := filepath.Join(dir, "sealed-0001.zip.part")
	rewrite(t, stray, []byte("left over"))
	if err := verify(dir); !errors.Is(err, batch.ErrStray) || fault.Objects(err)[0] != "sealed-0001.zip.part" {
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
