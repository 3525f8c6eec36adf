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
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/vault"
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
		made, err := vault.OpenBatch(&durable.Disk{}, dir)
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
	for name, want := range map[string]error{"manifest.txt": custody.ErrNotMade, "records.txt": vault.ErrDigest} {
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
		"manifest.txt": {custody.ErrDamaged}, "records.txt": {vault.ErrDigest},
		"sealed-0001.zip": {vault.ErrSize, vault.ErrMissing}, // sealed keys are of several sizes
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

// TestSwappedInTheLedger: a file of the ledger is exchanged right after it was written, before the custodians sign. They
// sign what was recorded, so that whoever opens the vault next finds the file that is not.
func TestSwappedInTheLedger(t *testing.T) {
	const entry, sealed = "000000000001.txt", "000000000003.txt" // ceremony-opened; its first checkpoint
	for name, c := range map[string]struct {
		when string // the file before whose making it is exchanged
		file string
		edit func(text string) string
		want error
	}{
		"entry": {sealed + ".part", "entries/000000/" + entry, func(s string) string {
			return strings.Replace(s, "publish: 3", "publish: 4", 1)
		}, ledger.ErrFork},
		"personal part": {sealed + ".part", "personal/000000/" + entry, func(s string) string {
			return strings.Replace(s, "Étude exemple", "Étude échangée", 1)
		}, ledger.ErrPersonal},
		"checkpoint": {"000000000004.txt.part", "checkpoints/" + sealed, func(s string) string {
			return strings.Replace(s, "\n3\n", "\n2\n", 1)
		}, ledger.ErrNumber},
	} {
		t.Run(name, func(t *testing.T) {
			m := &moment{op: durable.OpCreate, name: c.when, armed: true}
			b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: m.disk()})
			run := newCeremony(t, b, newScript(b, 3, 1, 1))
			m.strike = func(string) {
				path := filepath.Join(b.Path, "ledger", c.file)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				text := c.edit(string(data))
				if text == string(data) {
					t.Fatalf("%s is not one to be exchanged so:\n%s", c.file, text)
				}
				if err := errors.Join(os.Remove(path), os.WriteFile(path, []byte(text), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			_, _ = run.Run()
			if m.armed {
				t.Fatal("nothing was exchanged")
			}
			_ = run.Vault.Close()
			if _, err := custody.Open(b.Host, b.Path, false); !errors.Is(err, c.want) {
				t.Errorf("opened with %v", err)
			}
		})
	}
}
