package keyceremony_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/testkit/custodytest"
)

// everyDamage calls try with the file changed in each byte, and cut to many lengths, and puts the
// file back.
func everyDamage(t *testing.T, path string, try func(what string)) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(content []byte) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range data {
		damaged := bytes.Clone(data)
		damaged[i] ^= 1
		put(damaged)
		try("a byte changed")
	}
	for n := 0; n < len(data); n += 9 {
		put(data[:n])
		try("cut short")
	}
	put(data)
}

// refuse expects the vault's verification to fail and to name the file.
func refuse(t *testing.T, open func() (*custody.Vault, error), file string) func(what string) {
	return func(what string) {
		t.Helper()
		v, err := open()
		if err == nil {
			_, err = v.Verify(func(int, int) {})
			_ = v.Close()
		}
		if err == nil || !strings.Contains(strings.Join(fault.Objects(err), " "), filepath.Base(file)) {
			t.Errorf("%s, %s: %v", filepath.Base(file), what, err)
		}
	}
}

// TestEveryDamagedByteOfTheSmallFiles: tree.bin, reserve.txt and manifest.txt, each with every byte
// changed and cut to many lengths, are refused and named. A key is found all the same unless the
// manifest is at fault, or the tree where its path is.
func TestEveryDamagedByteOfTheSmallFiles(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	c := newCeremony(t, b, newScript(b, 1, 2, 1))
	id, err := c.Run()
	if err != nil {
		t.Fatal(err)
	}
	v := c.Vault
	number := slices.Index(v.State.Batch(id).Roles(), batch.Published) + 1
	sealed, _, err := v.Published(id)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := sealed.Record(number)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	open := func() (*custody.Vault, error) { return custody.Open(b.Host, b.Path, false) }
	for _, file := range []string{"tree.bin", "reserve.txt", "manifest.txt"} {
		found, lost := 0, 0
		check := refuse(t, open, file)
		everyDamage(t, filepath.Join(v.BatchPath(id), file), func(what string) {
			t.Helper()
			check(what)
			v := b.Open(t, false)
			defer v.Close()
			switch err := v.Locate(id, number, rec.Fingerprint); {
			case err == nil:
				found++
			case !strings.Contains(err.Error(), file):
				t.Errorf("%s, %s: the key: %v", file, what, err)
			default:
				lost++
			}
		})
		want := map[string][2]bool{"tree.bin": {true, true}, "reserve.txt": {true, false}, "manifest.txt": {false, true}}[file]
		if want != [2]bool{found > 0, lost > 0} {
			t.Errorf("%s: the key was found %d times, refused %d times", file, found, lost)
		}
	}
}
