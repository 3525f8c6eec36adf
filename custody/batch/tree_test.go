package batch_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
)

// seven is a batch of seven keys with short contents: a tree that is not complete.
func seven(t *testing.T) (string, []*batch.Record) {
	s := newSource(2)
	s.public, s.sealed, s.file = 3, 5, 4
	dir, _ := depositFrom(t, s, 7, 0)
	records, err := open(t, dir).Select(1, 2, 3, 4, 5, 6, 7)
	if err != nil {
		t.Fatal(err)
	}
	return dir, records
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestTheStoredTree holds tree.bin against tlog, which says what it is.
func TestTheStoredTree(t *testing.T) {
	for keys := 1; keys <= 20; keys++ {
		dir, m := deposit(t, keys, 2, 0)
		var want []byte
		hashes := tlog.HashReaderFunc(func(indexes []int64) (out []tlog.Hash, err error) {
			for _, i := range indexes {
				out = append(out, tlog.Hash(want[i*tlog.HashSize:]))
			}
			return out, nil
		})
		for r, err := range open(t, dir).Records() {
			if err != nil {
				t.Fatal(err)
			}
			added, err := tlog.StoredHashesForRecordHash(int64(r.Number-1), r.Leaf(), hashes)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range added {
				want = append(want, h[:]...)
			}
		}
		if got := read(t, filepath.Join(dir, "tree.bin")); !bytes.Equal(got, want) {
			t.Errorf("%d keys: %d bytes, want others, %d", keys, len(got), len(want))
		}
		if root, err := tlog.TreeHash(int64(keys), hashes); err != nil || root != m.Root {
			t.Errorf("%d keys: root %v, %v", keys, root, err)
		}
	}
}

// onPath reports whether the proof of a key reads a stored hash.
func onPath(t *testing.T, keys, number int, stored int64) (found bool) {
	t.Helper()
	_, err := tlog.ProveRecord(int64(keys), int64(number-1), tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		for _, i := range indexes {
			found = found || i == stored
		}
		return make([]tlog.Hash, len(indexes)), nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestADamagedTreeRefusesTheKeysWhosePathItTouches flips every byte of tree.bin: the keys whose
// path has it are refused by name, the others open, none comes back as another.
func TestADamagedTreeRefusesTheKeysWhosePathItTouches(t *testing.T) {
	dir, records := seven(t)
	path := filepath.Join(dir, "tree.bin")
	data := read(t, path)
	if len(data) != tlog.HashSize*11 {
		t.Fatalf("%d bytes", len(data))
	}
	for i := range data {
		damaged := bytes.Clone(data)
		damaged[i] ^= 0x10
		rewrite(t, path, damaged)
		b := open(t, dir)
		refused := 0
		for _, want := range records {
			r, err := b.Record(want.Number)
			if !onPath(t, 7, want.Number, int64(i/tlog.HashSize)) {
				if err != nil || r.Leaf() != want.Leaf() || r.Fingerprint != want.Fingerprint {
					t.Errorf("byte %d harms key %d: %v", i, want.Number, err)
				}
				continue
			}
			refused++
			if !errors.Is(err, batch.ErrTree) || r != nil || !strings.HasPrefix(err.Error(), "tree.bin: "+want.Name()[:6]+": ") {
				t.Errorf("byte %d, key %d: %v", i, want.Number, err)
			}
		}
		if refused == 0 {
			t.Errorf("byte %d is on no path", i)
		}
	}
}

func TestATreeOfAnotherSizeOrNone(t *testing.T) {
	dir, _ := seven(t)
	path := filepath.Join(dir, "tree.bin")
	data := read(t, path)
	for n := range len(data) {
		rewrite(t, path, data[:n])
		if err := verify(dir); !errors.Is(err, batch.ErrSize) || fault.Objects(err)[0] != "tree.bin" {
			t.Errorf("verify with %d bytes: %v", n, err)
		}
		if r, err := open(t, dir).Record(1); !errors.Is(err, batch.ErrSize) || r != nil || fault.Objects(err)[0] != "tree.bin" {
			t.Errorf("a key with %d bytes: %v", n, err)
		}
	}
	rewrite(t, path, append(bytes.Clone(data), 0))
	if err := verify(dir); !errors.Is(err, batch.ErrSize) {
		t.Errorf("a byte more: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := verify(dir); !errors.Is(err, fs.ErrNotExist) || fault.Objects(err)[0] != "tree.bin" {
		t.Errorf("verify without: %v", err)
	}
	if r, err := open(t, dir).Record(1); !errors.Is(err, fs.ErrNotExist) || r != nil || fault.Objects(err)[0] != "tree.bin" {
		t.Errorf("a key without: %v", err)
	}
}

// TestTheTreeOfAnotherBatch puts whole hashes where they do not belong.
func TestTheTreeOfAnotherBatch(t *testing.T) {
	dir, _ := seven(t)
	path := filepath.Join(dir, "tree.bin")
	data := read(t, path)
	s := newSource(2)
	s.noise.Seed([32]byte{9})
	foreign, _ := depositFrom(t, s, 7, 0)
	reversed := bytes.Clone(data)
	copy(reversed, data[tlog.HashSize:2*tlog.HashSize])
	copy(reversed[tlog.HashSize:], data[:tlog.HashSize])
	for name, tree := range map[string][]byte{
		"another batch": read(t, filepath.Join(foreign, "tree.bin")), "two leaves exchanged": reversed, "zeros": make([]byte, len(data)),
	} {
		rewrite(t, path, tree)
		if r, err := open(t, dir).Record(1); !errors.Is(err, batch.ErrTree) || r != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := verify(dir); !errors.Is(err, batch.ErrTree) || fault.Objects(err)[0] != "tree.bin" {
			t.Errorf("%s: verify: %v", name, err)
		}
	}
}

// TestADamagedRecordHarmsItsOwnKeyAlone flips every byte of records.txt: its key is refused or,
// where the byte is of the fingerprint, for which the public key vouches, comes with all else as
// it was; every other key opens. What begins a block also ends the one before.
func TestADamagedRecordHarmsItsOwnKeyAlone(t *testing.T) {
	dir, records := seven(t)
	path := filepath.Join(dir, "records.txt")
	data := read(t, path)
	owner, begun := 0, 0
	for i := range data {
		if bytes.HasPrefix(data[i:], []byte("key: ")) {
			owner, begun = owner+1, i
		}
		damaged := bytes.Clone(data)
		damaged[i] ^= 1
		rewrite(t, path, damaged)
		b := open(t, dir)
		for _, want := range records {
			r, err := b.Record(want.Number)
			near := want.Number == owner || data[i] == '\n' && want.Number == owner+1 || i < begun+len("key: ") && want.Number == owner-1
			switch {
			case err == nil && (r.Number != want.Number || r.Leaf() != want.Leaf()):
				t.Errorf("byte %d: another record for %d", i, want.Number)
			case err != nil && (r != nil || len(fault.Objects(err)) == 0):
				t.Errorf("byte %d, key %d: %v", i, want.Number, err)
			case err != nil && !near:
				t.Errorf("byte %d harms key %d: %v", i, want.Number, err)
			case err == nil && r.Fingerprint != want.Fingerprint && !near:
				t.Errorf("byte %d changes the fingerprint of key %d", i, want.Number)
			}
		}
	}
}
