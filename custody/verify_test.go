package custody_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
)

// TestVerify: a vault with a proved batch verifies, what is unfinished or left over in it is told, and each thing on its disk that
// is not as the ledger has it is refused.
func TestVerify(t *testing.T) {
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	v := b.Open(t, true)
	table := b.Seat(t, v)
	gone := deposit(t, b, v, 1, same, same)
	must(t, v.Abandon(gone), os.Mkdir(v.BatchPath(gone), 0o700))
	begun, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err)
	early, err := v.Verify(nobody)
	if must(t, err, v.Abandon(begun)); early.UnfinishedBatch != begun || early.Batches != 0 {
		t.Errorf("%+v", early)
	}
	id := deposit(t, b, v, 1, same, same)
	must(t, v.Cosign(table))
	at := func(name string) string { return filepath.Join(b.Path, filepath.FromSlash(name)) }
	inBatch := func(name string) string { return filepath.Join(v.BatchPath(id), name) }
	refused := func(what string, want error) {
		t.Helper()
		report, err := v.Verify(nobody)
		if wantError(t, what, err, want); report != nil && err == nil {
			t.Errorf("%s: %+v", what, report)
		}
	}
	put := func(path, text string, want error) {
		t.Helper()
		must(t, os.WriteFile(path, []byte(text), 0o600))
		refused(filepath.Base(path), want)
		must(t, os.Remove(path))
	}
	put(inBatch(batch.ReserveFile), "early", batch.ErrStray)
	_, err = v.Verify(nobody)
	must(t, err)
	must(t, v.ChooseSample(id, throws), v.Cosign(table))
	put(inBatch(batch.ReserveFile), "early", custody.ErrDamaged)
	report, err := v.Verify(nobody)
	must(t, err)
	if report.UnfinishedBatch != id || report.Uncosigned != 0 || report.Keys != 2 || report.Batches != 1 || report.Bytes == 0 ||
		!slices.Equal(report.Leftovers, []string{"batches/" + gone}) || len(report.PendingOrders) > 0 {
		t.Errorf("%+v", report)
	}
	must(t, v.ProveSample(table, id, nobody), v.Cosign(table))
	kept := 3 - v.State.Batch(id).Sample()[0]
	opened, _, err := v.Published(id)
	must(t, err)
	rec, err := opened.Record(kept)
	must(t, err)
	_, err = v.Append(&ledger.OrderReceived{Order: "x1", Key: rec.Fingerprint, NotBefore: b.Now()}, nil)
	must(t, err)
	_, err = v.Append(&ledger.ReleaseIntent{
		Order: "x1", Batch: id, KeyNumber: kept, Key: rec.Fingerprint, Opening: []string{"c01", "c02"},
	}, nil)
	must(t, err, os.WriteFile(inBatch(batch.ReserveFile+".part"), nil, 0o600), os.WriteFile(at("policies/x.part"), nil, 0o600),
		os.WriteFile(at("ledger/entries/000000/000000000099.txt.part"), nil, 0o600))
	report, err = v.Verify(nobody)
	must(t, err)
	leftovers := []string{"batches/" + gone, "batches/" + id + "/reserve.txt.part", "policies/x.part"}
	if report.UnfinishedBatch != "" || report.Uncosigned != 2 || !slices.Equal(report.PendingOrders, []string{"x1"}) ||
		slices.ContainsFunc(leftovers, func(name string) bool { return !slices.Contains(report.Leftovers, name) }) {
		t.Errorf("%+v", report)
	}
	put(at("diary.txt"), "", custody.ErrUnknownFile)
	put(at("policies/diary.txt"), "", custody.ErrUnknownFile)
	put(at("batches/diary.txt"), "", custody.ErrUnknownFile)
	put(at("batches/b20261121-000000"), "", custody.ErrUnknownFile)
	put(at(gone), "", custody.ErrUnknownFile)
	for path, want := range map[string]error{
		at("trust.anchor"): custody.ErrDamaged, inBatch(batch.ReserveFile): custody.ErrDamaged, inBatch("sealed-0001.zip"): nil,
	} {
		data, err := os.ReadFile(path)
		must(t, err)
		altered := slices.Clone(data)
		altered[len(altered)/2] ^= 1
		must(t, os.Remove(path), os.WriteFile(path, altered, 0o600))
		if _, err := v.Verify(nobody); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("an altered %s: %v", filepath.Base(path), err)
		}
		must(t, os.Remove(path))
		refused("without "+filepath.Base(path), fs.ErrNotExist)
		must(t, os.WriteFile(path, data, 0o600))
	}
	for _, part := range []string{"checkpoints", "trust.anchor", "enrolment", "records.txt", "sealed-0001", "reserve.txt"} {
		read := false
		disk.Hook = func(op durable.Op, path string) error {
			if op == durable.OpRead && strings.Contains(path, part) {
				read = true
				return fs.ErrInvalid
			}
			return nil
		}
		if _, err := v.Verify(nobody); read && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%s cannot be read: %v", part, err)
		}
	}
	disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpRemove {
			return fs.ErrInvalid
		}
		return nil
	}
	wantError(t, "a folder that cannot be swept", v.Sweep(), fs.ErrInvalid)
	disk.Hook = nil
	must(t, v.Sweep(), v.Sweep())
	if _, err := os.Lstat(v.BatchPath(gone)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an abandoned batch is there:", err)
	}
	if _, err := os.Lstat(v.BatchPath(id)); err != nil {
		t.Error("the other is not:", err)
	}
	st := v.State.Batch(id)
	good := st.Sampled
	st.Sampled = ledger.WithAct(good.Entry, &ledger.SampleChosen{Batch: id, Dice: throws, Numbers: []int{kept}})
	refused("a sample that the dice do not draw", custody.ErrDamaged)
	wantError(t, "its proof", v.ProveSample(table, id, nobody), custody.ErrDamaged)
	st.Sampled = ledger.WithAct(good.Entry, &ledger.SampleChosen{Batch: id, Dice: "7", Numbers: good.Act.Numbers})
	refused("a sample of no dice", batch.ErrSampleDice)
	st.Sampled = good
	proved := st.Proved
	st.Proved = ledger.WithAct(proved.Entry, &ledger.BatchProved{Burnt: proved.Act.Reserve, Reserve: proved.Act.Reserve})
	refused("a proof of other burnt keys", custody.ErrDamaged)
	st.Proved = ledger.WithAct(proved.Entry, &ledger.BatchProved{Burnt: proved.Act.Burnt, Reserve: proved.Act.Burnt})
	refused("a proof of another reserve", custody.ErrDamaged)
}

// TestVerifyWantsEveryFolder: also one in which nothing is yet.
func TestVerifyWantsEveryFolder(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	must(t, os.Remove(filepath.Join(b.Path, "batches")))
	_, err := b.Open(t, false).Verify(nobody)
	wantError(t, "no folder for batches", err, fs.ErrNotExist)
}

// TestDepositIsSealedByWhoMadeIt: what was deposited into one vault is not recorded in another, or twice, or by a reader; and no
// batch is deposited whose ceremony has not begun.
func TestDepositIsSealedByWhoMadeIt(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	created := b.Now().Truncate(time.Second)
	keys := func(id string) func(w *batch.Writer) error {
		return func(w *batch.Writer) error {
			return errors.Join(w.Add(sealedKey(t, v, id, 1, created, nil)), w.Add(sealedKey(t, v, id, 2, created, nil)))
		}
	}
	_, err := v.Deposit("b20261121-000000", created, 0, keys("b20261121-000000"))
	wantError(t, "no ceremony", err, custody.ErrHistory)
	id, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err)
	_, err = v.Deposit(id, created, 0, func(*batch.Writer) error { return fs.ErrInvalid })
	wantError(t, "no keys", err, fs.ErrInvalid)
	_, err = v.Deposit(id, created, 0, func(*batch.Writer) error { return nil })
	wantError(t, "an empty batch", err, durable.ErrExists)
	must(t, v.Abandon(id))
	id, err = v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	must(t, err)
	d, err := v.Deposit(id, created, 0, keys(id))
	must(t, err)
	other := b.Open(t, false)
	size := v.Log.Size()
	wantError(t, "in another vault", other.Seal(d, nobody), custody.ErrHistory)
	if v.Log.Size() != size {
		t.Error("something is recorded")
	}
	must(t, v.Seal(d, nobody))
	wantError(t, "twice", v.Seal(d, nobody), custody.ErrHistory)
	wantError(t, "a sample of a root that is not cosigned", v.ChooseSample(id, throws), custody.ErrNotCosigned)
	must(t, v.Cosign(b.Seat(t, v)))
	wantError(t, "no dice", v.ChooseSample(id, "7"), batch.ErrSampleDice)
	_, err = other.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1})
	wantError(t, "a reader's ceremony", err, fs.ErrPermission)
}
