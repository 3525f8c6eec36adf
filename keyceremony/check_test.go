package keyceremony_test

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
)

// failing is a hook that fails one kind of operation at one path.
func failing(op durable.Op, at string) func(durable.Op, string) error {
	return func(o durable.Op, path string) error {
		if o == op && path == at {
			return errLost
		}
		return nil
	}
}

// TestNamesForCheck: custodians whose names were erased are witnesses of nothing any more, and a ceremony is held all the same; of
// names that cannot be read nobody knows whether a witness is among them.
func TestNamesForCheck(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	c := newCeremony(t, b, newScript(b, 2, 1, 1))
	path := filepath.Join(b.Path, "ledger", "personal", "000000", "000000000000.txt")
	disk.Hook = failing(durable.OpRead, path)
	if err := c.Check(); !errors.Is(err, errLost) {
		t.Errorf("names that cannot be read: %v", err)
	}
	disk.Hook = nil
	if err := errors.Join(c.Vault.Close(), os.Remove(path)); err != nil {
		t.Fatal(err)
	}
	if err := newCeremony(t, b, newScript(b, 2, 1, 1)).Check(); err != nil {
		t.Errorf("names that were erased: %v", err)
	}
}

// TestFullDiskBeforeALaterRun: what an unfinished ceremony left makes room first; if that is not enough, no other begins.
func TestFullDiskBeforeALaterRun(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	c := newCeremony(t, b, newScript(b, 2, 1, 1))
	var said []keyceremony.Milestone
	c.Said = func(m keyceremony.Milestone, _ string) { said = append(said, m) }
	if _, err := c.Vault.OpenCeremony(custody.Ceremony{Publish: 2, Sample: 1, Reserve: 1}); err != nil {
		t.Fatal(err)
	}
	disk.Hook = failing(durable.OpSpace, b.Path)
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	if _, err := c.Run(); !errors.Is(err, errLost) || !slices.Equal(said, []keyceremony.Milestone{keyceremony.Abandoned}) {
		t.Errorf("said %v: %v", said, err)
	}
}

// renumbered is a generator whose keys have other numbers from the second on. It counts those that were taken.
type renumbered struct {
	generator.Generator
	taken *int
}

func (r renumbered) Generate(job generator.Job) iter.Seq2[batch.SealedKey, error] {
	return func(yield func(batch.SealedKey, error) bool) {
		for k, err := range r.Generator.Generate(job) {
			if *r.taken++; k.Number > 1 {
				k.Number++
			}
			if !yield(k, err) {
				return
			}
		}
	}
}

// TestKeyThatIsNotTaken: a ceremony ends with the first key that its batch does not take. No more are made for it.
func TestKeyThatIsNotTaken(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	c := newCeremony(t, b, newScript(b, 3, 1, 1))
	taken := 0
	c.Generator = renumbered{c.Generator, &taken}
	if _, err := c.Run(); !errors.Is(err, batch.ErrBatchNumber) || !strings.Contains(err.Error(), "000003") || taken != 2 {
		t.Errorf("%d keys were taken: %v", taken, err)
	}
}
