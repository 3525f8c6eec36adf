package custody_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/fault"
	"bailiff/custody/vault"
)

// twins deposits a batch in a vault and, under the same name with other keys, in a copy of that vault; it returns the
// vault, what was deposited in it, and the folder of the other batch.
func twins(t *testing.T) (b *custodytest.Bench, v *custody.Vault, d *custody.Deposited, batch, other string) {
	t.Helper()
	b = custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v = b.Open(t, true)
	batch, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err, v.Close())
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, os.CopyFS(copied, os.DirFS(b.Path)))
	created := b.Now().Truncate(time.Second)
	made := func(v *custody.Vault) *custody.Deposited {
		d, err := v.Deposit(batch, created, 0, func(w *vault.BatchWriter) error {
			for n := range 2 {
				must(t, w.Add(sealedKey(t, v, batch, n+1, created, nil)))
			}
			return nil
		})
		must(t, err)
		return d
	}
	second, err := custody.Open(b.Host, copied, true)
	must(t, err)
	made(second)
	must(t, second.Close())
	v = b.Open(t, true)
	return b, v, made(v), batch, second.BatchPath(batch)
}

// exchange puts a folder in place of another.
func exchange(t *testing.T, place, folder string) {
	t.Helper()
	must(t, os.RemoveAll(place), os.Rename(folder, place))
}

// TestSealRecordsWhatWasMade: a whole batch of the same name that another program put in place of the one that
// was made is not recorded, and is named.
func TestSealRecordsWhatWasMade(t *testing.T) {
	_, v, d, batch, other := twins(t)
	exchange(t, v.BatchPath(batch), other)
	size := v.Log.Size()
	err := v.Seal(d, nobody)
	wantError(t, "another batch", err, custody.ErrNotMade)
	if objects := fault.Objects(err); len(objects) < 3 || objects[0] != batch || objects[1] != "manifest.txt" || v.Log.Size() != size {
		t.Errorf("%d entries more, %q", v.Log.Size()-size, objects)
	}
}

// TestBatchIsTheRecordedOne: a whole batch of the same name is not taken for the one that is in the ledger.
func TestBatchIsTheRecordedOne(t *testing.T) {
	b, v, d, batch, other := twins(t)
	must(t, v.Seal(d, nobody))
	table := b.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table), v.ProveSample(table, batch, nobody), v.Cosign(table))
	_, _, err := v.Published(batch)
	must(t, err)
	must(t, v.Close())
	exchange(t, v.BatchPath(batch), other)
	_, _, err = b.Open(t, false).Published(batch)
	wantError(t, "another batch", err, custody.ErrDamaged)
	if objects := fault.Objects(err); !slices.Contains(objects, "manifest.txt") {
		t.Errorf("%q", objects)
	}
}

// TestNothingIsAddedToAnAbandonedBatch: neither keys nor a root.
func TestNothingIsAddedToAnAbandonedBatch(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	batch, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err, v.Abandon(batch))
	_, err = v.Deposit(batch, b.Now(), 0, func(*vault.BatchWriter) error {
		t.Error("keys are made")
		return nil
	})
	wantError(t, "an abandoned batch", err, custody.ErrHistory)
}
