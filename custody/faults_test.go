package custody_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

var errDisk = errors.New("the disk fails")

// faulty is a disk of which one operation fails.
type faulty struct {
	*testing.T
	bench *custodytest.Bench
	disk  *durable.Disk
	kept  string // the vault as it was before the act
}

// failing does an act once for each operation on the disk that it begins, each time with that one failing, and the
// act must say so; and then whole.
func (f *faulty) failing(what string, prepare func(), act func() error) {
	f.Helper()
	for nth := 1; ; nth++ {
		prepare()
		n, failed := 0, ""
		f.disk.Hook = func(op durable.Op, path string) error {
			if n++; n != nth {
				return nil
			}
			failed = string(op) + " " + path
			return errDisk
		}
		err := act()
		f.disk.Hook = nil
		switch {
		case failed == "":
			must(f.T, err)
			return
		case err == nil && strings.HasSuffix(failed, "tree.bin"): // it spares reading all records
		case !errors.Is(err, errDisk):
			f.Fatalf("%s: operation %d, %s: %v", what, nth, failed, err)
		}
	}
}

// open opens the vault as it was before the act.
func (f *faulty) open(write bool) *custody.Vault {
	f.Helper()
	must(f.T, os.RemoveAll(f.bench.Path), os.CopyFS(f.bench.Path, os.DirFS(f.kept)))
	v, err := custody.Open(f.bench.Host, f.bench.Path, write)
	must(f.T, err)
	return v
}

// act does an act on the open vault with each of its operations failing, and then whole; what that leaves is what the next act finds.
func (f *faulty) act(what string, do func(v *custody.Vault, t custody.Quorum) error) {
	f.Helper()
	var v *custody.Vault
	var table custody.Quorum
	prepare := func() {
		if v != nil {
			must(f.T, v.Close())
		}
		v = f.open(true)
		table = f.bench.Seat(f.T, v)
		for i := range table {
			table[i].Heads = nil // a copy of the vault would be stale
		}
	}
	f.failing(what, prepare, func() error { return do(v, table) })
	must(f.T, v.Close())
	f.keep()
}

// unmindful is a token that remembers no ledger.
type unmindful struct{ token.Token }

// Whichever operation on the disk fails while a vault is founded, changed, opened, read or verified, the act says so: nothing is held
// to be done, or to be right, that was not.

func TestFaultsOfAFounding(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)}
	b := custodytest.Prepare(t, &s)
	f := &faulty{T: t, bench: b, disk: s.Disk}
	founding := b.Founding(t, s)
	for i, tok := range founding.Tokens {
		founding.Tokens[i] = unmindful{tok}
	}
	f.failing("Init", func() { must(t, os.RemoveAll(b.Path), os.RemoveAll(b.Path+".part")) }, func() error {
		_, err := custody.Init(b.Host, b.Path, founding)
		return err
	})
}

// newFaulty makes a vault on a disk of which an operation can fail.
func newFaulty(t *testing.T) *faulty {
	t.Helper()
	f := &faulty{T: t, disk: new(durable.Disk), kept: filepath.Join(t.TempDir(), "kept")}
	f.bench = custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: f.disk})
	return f
}

// keep takes the vault as it is for what acts find.
func (f *faulty) keep() {
	f.Helper()
	must(f.T, os.RemoveAll(f.kept), os.CopyFS(f.kept, os.DirFS(f.bench.Path)))
}

func TestFaultsOfACeremony(t *testing.T) {
	f := newFaulty(t)
	f.keep()
	var id string
	f.act("OpenCeremony", func(v *custody.Vault, _ custody.Quorum) (err error) {
		id, err = v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1, Personal: keyvalue.Fields("venue", "Étude exemple")})
		return err
	})
	created := f.bench.Now().Truncate(time.Second)
	var keys []batch.SealedKey
	f.act("Deposit", func(v *custody.Vault, table custody.Quorum) error {
		d, err := v.Deposit(id, created, 0, func(w *batch.Writer) error {
			for n := len(keys); n < 2; n++ {
				keys = append(keys, sealedKey(t, v, id, n+1, created, nil))
			}
			return errors.Join(w.Add(keys[0]), w.Add(keys[1]))
		})
		if err != nil {
			return err
		}
		if err := v.Seal(d, nobody); err != nil {
			return err
		}
		return v.Cosign(table)
	})
	f.act("ChooseSample", func(v *custody.Vault, _ custody.Quorum) error { return v.ChooseSample(id, throws) })
	f.act("Cosign", func(v *custody.Vault, table custody.Quorum) error { return v.Cosign(table) })
	f.act("OpenKey", func(v *custody.Vault, table custody.Quorum) error {
		st := v.State.Batch(id)
		private, err := v.OpenKey(table, st.Sampled.Number, id, st.Sample()[0])
		private.Wipe()
		return err
	})
	f.act("ProveSample", func(v *custody.Vault, table custody.Quorum) error { return v.ProveSample(table, id, nobody) })
	f.act("ProveSample again", func(v *custody.Vault, table custody.Quorum) error {
		if err := v.ProveSample(table, id, nobody); err != nil {
			return err
		}
		return v.Cosign(table)
	})
	f.act("AppendExport", func(v *custody.Vault, _ custody.Quorum) error { return v.AppendExport(id, [32]byte{1}) })
}

func TestFaultsOfReading(t *testing.T) {
	f := newFaulty(t)
	v := f.bench.Open(t, true)
	batch := deposit(t, f.bench, v, 1, same, same)
	table := f.bench.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table), v.ProveSample(table, batch, nobody), v.Cosign(table), v.Close())
	f.keep()
	open := func(write bool) error {
		v, err := custody.Open(f.bench.Host, f.bench.Path, write)
		if err == nil {
			err = v.Close()
		}
		return err
	}
	f.failing("Open for reading", func() {}, func() error { return open(false) })
	f.failing("Open for writing", func() {}, func() error { return open(true) })
	for what, read := range map[string]func(v *custody.Vault) error{
		"Verify":      func(v *custody.Vault) error { _, err := v.Verify(nobody); return err },
		"Names":       func(v *custody.Vault) error { _, err := v.Names(); return err },
		"Anchor":      func(v *custody.Vault) error { _, err := v.Anchor(); return err },
		"PolicyText":  func(v *custody.Vault) error { _, err := v.PolicyText(); return err },
		"Origins":     func(v *custody.Vault) error { _, err := v.Origins(); return err },
		"Enrolment":   func(v *custody.Vault) error { _, err := v.Enrolment("c02", 1); return err },
		"Covered":     func(v *custody.Vault) error { _, _, err := v.Covered(0); return err },
		"BurntList":   func(v *custody.Vault) error { _, err := v.BurntList(batch); return err },
		"ReserveList": func(v *custody.Vault) error { _, err := v.ReserveList(batch); return err },
	} {
		f.act(what, func(v *custody.Vault, _ custody.Quorum) error { return read(v) })
	}
}
