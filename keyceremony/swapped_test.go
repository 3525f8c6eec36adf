package keyceremony_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/vault"
	"bailiff/keyceremony"
	"bailiff/keyceremony/swaptest"
)

// moment strikes once: before the first operation that it waits for.
type moment struct {
	op     durable.Op
	name   string // of the file; "" for any
	armed  bool
	strike func(path string)
}

// disk is one whose operations the moment sees.
func (m *moment) disk() *durable.Disk {
	return &durable.Disk{Hook: func(op durable.Op, path string) error {
		if m.armed && op == m.op && (m.name == "" || filepath.Base(path) == m.name) {
			m.armed = false
			m.strike(path)
		}
		return nil
	}}
}

// TestSwappedBeforeSealed is a program of the same user that waits until a batch is written, and puts one
// of its own making in its place before it is sealed. The root that is recorded is the one that was
// computed while writing, so the ceremony ends there, and nothing is recorded.
func TestSwappedBeforeSealed(t *testing.T) {
	for name, want := range map[string]error{"manifest.txt": custody.ErrNotMade, "records.txt": vault.ErrDigest} {
		t.Run(name, func(t *testing.T) {
			m := &moment{op: durable.OpRead, name: name}
			b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3, Disk: m.disk()})
			c := newCeremony(t, b, newScript(b, 3, 1, 1))
			var published []string
			m.strike = func(path string) {
				made, err := vault.OpenBatch(&durable.Disk{}, filepath.Dir(path))
				if err != nil {
					t.Fatal(err)
				}
				defer made.Close()
				id, created := made.Manifest().Batch, made.Manifest().Created
				forged, aside := filepath.Join(t.TempDir(), id), t.TempDir()
				if published, err = swaptest.Batch(forged, c.Vault.Policy, id, created, 5); err != nil {
					t.Fatal(err)
				}
				if err := swaptest.Place(forged, filepath.Dir(path), aside); err != nil {
					t.Fatal(err)
				}
			}
			m.armed = true
			before := c.Vault.Log.Size()
			batch, err := c.Run()
			if m.armed {
				t.Fatal("nothing was swapped")
			}
			if err == nil {
				t.Fatalf("batch %s is proved, and somebody else has the private keys %v", batch, published)
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
