package keyceremony_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/swaptest"
)

// moment strikes once, before the first operation that it waits for once it is armed.
type moment struct {
	op     durable.Op
	name   string // of the file
	armed  bool
	strike func(path string)
}

// disk is one whose operations the moment sees.
func (m *moment) disk() *durable.Disk {
	return &durable.Disk{Hook: func(op durable.Op, path string) error {
		if m.armed && op == m.op && filepath.Base(path) == m.name {
			m.armed = false
			m.strike(path)
		}
		return nil
	}}
}

// swapBatch is a strike that puts a batch of the other program in the place of the one to which a file belongs.
func swapBatch(t *testing.T, c *keyceremony.Ceremony) func(path string) {
	return func(path string) {
		dir := filepath.Dir(path)
		made, err := batch.Open(&durable.Disk{}, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer made.Close()
		m, forged := made.Manifest(), filepath.Join(t.TempDir(), "forged")
		if _, err := swaptest.Batch(forged, c.Vault.Policy, m.Batch, m.Created, m.Keys); err != nil {
			t.Fatal(err)
		}
		if err := swaptest.Place(forged, dir, t.TempDir()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSwappedBeforeSealed is a program of the same user that waits until a batch is written, and puts one
// of its own making in its place before it is sealed. The root that is recorded is the one that was
// computed while writing, so the ceremony ends there, and nothing is recorded.
func TestSwappedBeforeSealed(t *testing.T) {
	for name, want := range map[string]error{"manifest.txt": custody.ErrNotMade, "records.txt": batch.ErrDigest} {
		t.Run(name, func(t *testing.T) {
			m := &moment{op: durable.OpRead, name: name, armed: true}
			b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: m.disk()})
			c := newCeremony(t, b, newScript(b, 3, 1, 1))
			m.strike = swapBatch(t, c)
			before := c.Vault.Log.Size()
			batch, err := c.Run()
			if m.armed {
				t.Fatal("nothing was swapped")
			}
			if err == nil {
				t.Fatalf("batch %s is proved, and somebody else has all private keys", batch)
			}
			if !errors.Is(err, want) || !strings.Contains(err.Error(), name) {
				t.Errorf("refused as %v", err)
			}
			if st := c.Vault.State.Unfinished(); c.Vault.Log.Size() != before+1 || st == nil || st.Sealed != nil {
				t.Errorf("recorded: %d entries, %+v", c.Vault.Log.Size()-before, st)
			}
			goesOn(t, c)
		})
	}
}

// goesOn runs the ceremony once more: the batch is abandoned, and another one is made.
func goesOn(t *testing.T, c *keyceremony.Ceremony) {
	t.Helper()
	abandoned := false
	c.Said = func(m keyceremony.Milestone, _ string) { abandoned = abandoned || m == keyceremony.Abandoned }
	if _, err := c.Run(); err != nil || !abandoned {
		t.Errorf("the next run: abandoned %v, %v", abandoned, err)
	}
	if _, err := c.Vault.Verify(func(int, int) {}); err != nil {
		t.Error(err)
	}
}

// TestSwappedAfterSealed: the root is cosigned, the dice are thrown; then, before one of the batch's files is opened for
// the proof or for the export, all of the batch is swapped. What is opened is what the cosigned root vouches for, or
// nothing is.
func TestSwappedAfterSealed(t *testing.T) {
	for name, wants := range map[string][]error{
		"manifest.txt": {custody.ErrDamaged}, "records.txt": {batch.ErrDigest},
		"sealed-0001.zip": {batch.ErrSize, batch.ErrMissing}, // sealed keys are of several sizes
	} {
		want := func(err error) bool {
			return slices.ContainsFunc(wants, func(w error) bool { return errors.Is(err, w) })
		}
		t.Run(name, func(t *testing.T) {
			m := &moment{op: durable.OpRead, name: name}
			b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: m.disk()})
			c := newCeremony(t, b, newScript(b, 3, 1, 1))
			var dir string
			swap := swapBatch(t, c)
			m.strike = func(path string) { dir = filepath.Dir(path); swap(path) }
			kept := t.TempDir()
			c.Dice = func() (string, error) {
				if dir == "" {
					keep(t, c.Vault, kept)
					m.armed = true
				}
				return dice, nil
			}
			if _, err := c.Run(); m.armed || !want(err) || !strings.Contains(err.Error(), name) {
				t.Fatalf("swapped %v, refused as %v", !m.armed, err)
			}
			if st := c.Vault.State.Unfinished(); st == nil || st.Proved != nil {
				t.Fatalf("recorded: %+v", st)
			}
			batch := resume(t, b, c, dir, kept)
			m.armed = true
			out := filepath.Join(t.TempDir(), "batch.zip")
			v := b.Open(t, true)
			if _, _, err := keyceremony.Export(v, batch, out, 1, nil); m.armed || !want(err) {
				t.Errorf("exported, swapped %v: %v", !m.armed, err)
			}
			if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
				t.Error("a public batch of swapped keys is there")
			}
		})
	}
}

// keep copies the true batch.
func keep(t *testing.T, v *custody.Vault, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(v.BatchPath(v.State.Unfinished().ID))); err != nil {
		t.Fatal(err)
	}
}

// resume puts the true batch back and has the ceremony finished by another run.
func resume(t *testing.T, b *custodytest.Bench, c *keyceremony.Ceremony, dir, kept string) (batch string) {
	t.Helper()
	if err := errors.Join(c.Vault.Close(), os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(kept))); err != nil {
		t.Fatal(err)
	}
	c.Vault = b.Open(t, true)
	c.Table = b.Seat(t, c.Vault)
	batch, err := c.Run()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Vault.Close(); err != nil {
		t.Fatal(err)
	}
	return batch
}

// TestSwappedExport: the public batch is exchanged, between being written and being verified, for another
// that verifies too.
func TestSwappedExport(t *testing.T) {
	m := &moment{op: durable.OpRead, name: "second.zip"}
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: m.disk()})
	c := newCeremony(t, b, newScript(b, 3, 1, 1))
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first.zip"), filepath.Join(dir, "second.zip")
	var batch string
	for range 2 {
		var err error
		if batch, err = c.Run(); err != nil {
			t.Fatal(err)
		}
		if len(c.Vault.State.Batches) == 1 {
			_, _, err = keyceremony.Export(c.Vault, batch, first, 1, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	m.strike = func(path string) {
		if err := os.Rename(first, path); err != nil {
			t.Error(err)
		}
	}
	m.armed = true
	if _, _, err := keyceremony.Export(c.Vault, batch, second, 1, nil); m.armed || !errors.Is(err, custody.ErrNotMade) {
		t.Errorf("swapped %v: %v", !m.armed, err)
	}
}

// TestSwappedInTheLedger: a file of the ledger is exchanged as soon as it is there. Custodians sign what was recorded, and
// before they do the disk is asked whether it still holds that; a checkpoint is verified each time it is used.
func TestSwappedInTheLedger(t *testing.T) {
	for name, c := range map[string]struct {
		file, old, with string
		want            error
		checkpoints     int // that there are then
	}{
		"entry":         {"entries/000000/000000000001.txt", "publish: 3", "publish: 4", ledger.ErrChanged, 1},
		"personal part": {"personal/000000/000000000001.txt", "Étude exemple", "Étude échangée", ledger.ErrPersonal, 1},
		"checkpoint":    {"checkpoints/000000000003.txt", "\n3\n", "\n2\n", ledger.ErrNumber, 2},
	} {
		t.Run(name, func(t *testing.T) {
			var path string
			exchanged := false
			disk := &durable.Disk{Hook: func(durable.Op, string) error {
				if _, err := os.Lstat(path); path != "" && err == nil && !exchanged {
					exchanged = true
					exchange(t, path, c.old, c.with)
				}
				return nil
			}}
			b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: disk})
			run := newCeremony(t, b, newScript(b, 3, 1, 1))
			path = filepath.Join(b.Path, "ledger", c.file)
			if _, err := run.Run(); !exchanged || !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.file) {
				t.Errorf("exchanged %v: %v", exchanged, err)
			}
			if sizes, err := run.Vault.Log.Checkpoints(); err != nil || len(sizes) != c.checkpoints {
				t.Errorf("checkpoints %v, %v", sizes, err)
			}
		})
	}
}

// exchange writes another text into a file.
func exchange(t *testing.T, path, old, with string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	text := strings.Replace(string(data), old, with, 1)
	if text == string(data) {
		t.Errorf("%q is not in %s", old, path)
	}
	if err := errors.Join(os.Remove(path), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Error(err)
	}
}
