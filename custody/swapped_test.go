package custody_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/testkit/custodytest"
)

// TestSwappedBeforeFounded: while a vault is founded another program puts one in its place that the same custodians founded
// once, with other officers. It opens as well as the true one; the words that would be written down are not its words.
func TestSwappedBeforeFounded(t *testing.T) {
	setup := custodytest.Setup{Threshold: 2, Custodians: 3}
	b := custodytest.Prepare(t, &setup)
	old := filepath.Join(t.TempDir(), "old")
	if _, err := custody.Init(b.Host, old, b.Founding(t, setup)); err != nil {
		t.Fatal(err)
	}
	part, swapped := b.Path+".part", false
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRead && path == filepath.Join(part, "policies", "000000.policy") && !swapped {
			swapped = true
			if err := errors.Join(os.Rename(part, filepath.Join(t.TempDir(), "true")), os.Rename(old, part)); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	if _, err := custody.Init(b.Host, b.Path, b.Founding(t, setup)); !swapped || !errors.Is(err, custody.ErrNotMade) {
		t.Errorf("swapped %v: %v", swapped, err)
	}
	if err := custody.Absent(b.Path); err != nil {
		t.Error("a vault is in place:", err)
	}
}

// TestVerifyRefusesLinks: a folder of the vault that another program moved away and left a link in its place of reads as
// before, but lies outside of the vault, and in none of its copies.
func TestVerifyRefusesLinks(t *testing.T) {
	for _, name := range []string{"policies", "batches", "trust.anchor"} {
		b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
		path, aside := filepath.Join(b.Path, name), filepath.Join(t.TempDir(), name)
		if err := errors.Join(os.Rename(path, aside), os.Symlink(aside, path)); err != nil {
			t.Fatal(err)
		}
		v := b.Open(t, false)
		if _, err := v.Verify(func(int, int) {}); !errors.Is(err, durable.ErrNotRegular) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
