package custody_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
)

// twins deposits a batch in a vault and, under the same name with other keys, in a copy of that vault; it returns the
// vault, what was deposited in it, and the folder of the other batch.
func twins(t *testing.T) (b *custodytest.Bench, v *custody.Vault, d *custody.Deposited, id, other string) {
	t.Helper()
	b = custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v = b.Open(t, true)
	id, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err, v.Close())
	copied := filepath.Join(t.TempDir(), "copy")
	must(t, os.CopyFS(copied, os.DirFS(b.Path)))
	created := b.Now().Truncate(time.Second)
	made := func(v *custody.Vault) *custody.Deposited {
		d, err := v.Deposit(id, created, 0, func(w *batch.Writer) error {
			for n := range 2 {
				must(t, w.Add(sealedKey(t, v, id, n+1, created, nil)))
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
	return b, v, made(v), id, second.BatchPath(id)
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

// TestBatchIsThatOfLedgerAndPolicy: a batch whose manifest is not the one of the ledger, has another root, or departs from the policy,
// is not read.
func TestBatchIsThatOfLedgerAndPolicy(t *testing.T) {
	_, v, d, batch, _ := twins(t)
	must(t, v.Seal(d, nobody))
	st := v.State.Batch(batch)
	good := st.Sealed
	refused := func(what string) {
		t.Helper()
		_, err := v.BurntList(batch)
		if wantError(t, what, err, custody.ErrDamaged); !slices.Contains(fault.Objects(err), "manifest.txt") {
			t.Errorf("%s: named are %q", what, fault.Objects(err))
		}
	}
	st.Sealed = ledger.WithAct(good.Entry, &ledger.BatchSealed{Manifest: good.Act.Root, Root: good.Act.Root})
	refused("another manifest")
	st.Sealed = ledger.WithAct(good.Entry, &ledger.BatchSealed{Manifest: good.Act.Manifest, Root: good.Act.Manifest})
	refused("another root")
	st.Sealed = good
	v.Policy.Threshold--
	refused("another quorum")
	v.Policy.Threshold++
	_, err := v.BurntList(batch)
	must(t, err)
	v.Host.Disk.Hook = func(op durable.Op, path string) error {
		t.Errorf("%s %s of a batch that is open", op, path)
		return nil
	}
	_, err = v.BurntList(batch)
	must(t, err)
	v.Host.Disk.Hook = nil
	st.Sealed = ledger.WithAct(good.Entry, &ledger.BatchSealed{Manifest: good.Act.Manifest, Root: good.Act.Manifest})
	_, err = v.Verify(nobody)
	wantError(t, "another root, of a batch that is open", err, custody.ErrDamaged)
}

// TestSealReadsWhatIsThere: what is damaged on its way to the disk is not recorded, nor what is not the batch of its ceremony.
func TestSealReadsWhatIsThere(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	created := b.Now().Truncate(time.Second)
	sealed := func(what string, keys int, damage func(folder string), want error) {
		t.Helper()
		id, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
		must(t, err)
		d, err := v.Deposit(id, created, 0, func(w *batch.Writer) error {
			for n := range keys {
				must(t, w.Add(sealedKey(t, v, id, n+1, created, nil)))
			}
			return nil
		})
		if err == nil {
			damage(v.BatchPath(id))
			err = v.Seal(d, nobody)
		}
		if wantError(t, what, err, want); v.State.Batch(id).Sealed != nil {
			t.Errorf("%s: it is recorded", what)
		}
		_, _, err = v.Published(id)
		wantError(t, what+": its keys", err, custody.ErrUnsealed)
		must(t, v.Abandon(id))
	}
	nothing := func(string) {}
	sealed("no keys", 0, nothing, batch.ErrBatchEmpty)
	sealed("a key less", 1, nothing, custody.ErrDamaged)
	sealed("a folder that is gone", 2, func(folder string) { must(t, os.RemoveAll(folder)) }, fs.ErrNotExist)
	sealed("a byte more", 2, func(folder string) {
		path := filepath.Join(folder, "sealed-0001.zip")
		data, err := os.ReadFile(path)
		must(t, err, os.Remove(path))
		must(t, os.WriteFile(path, append(data, 0), 0o600))
	}, batch.ErrSize)
}

// TestNothingIsAddedToAnAbandonedBatch: neither keys nor a root, nor to one that is sealed, nor by a reader; and it is abandoned once.
func TestNothingIsAddedToAnAbandonedBatch(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	id, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err, v.Abandon(id))
	none := func(*batch.Writer) error {
		t.Error("keys are made")
		return nil
	}
	_, err = v.Deposit(id, b.Now(), 0, none)
	wantError(t, "an abandoned batch", err, custody.ErrHistory)
	wantError(t, "abandoned twice", v.Abandon(id), custody.ErrHistory)
	sealed := deposit(t, b, v, 1, same, same)
	must(t, os.RemoveAll(v.BatchPath(sealed)))
	_, err = v.Deposit(sealed, b.Now(), 0, none)
	wantError(t, "a sealed batch", err, custody.ErrHistory)
	must(t, v.Abandon(sealed))
	opened, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err)
	_, err = b.Open(t, false).Deposit(opened, b.Now(), 0, none)
	wantError(t, "a reader", err, fs.ErrPermission)
}
