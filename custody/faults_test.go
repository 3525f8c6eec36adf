package custody_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/record"
	"bailiff/custody/token"
	"bailiff/custody/vault"
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
			f.Errorf("%s: operation %d, %s: %v", what, nth, failed, err)
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
func (f *faulty) act(what string, do func(v *custody.Vault, t custody.Table) error) {
	f.Helper()
	var v *custody.Vault
	var table custody.Table
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
	must(f.T, v.Close(), os.RemoveAll(f.kept), os.CopyFS(f.kept, os.DirFS(f.bench.Path)))
}

// unmindful is a token that remembers no ledger.
type unmindful struct{ token.Token }

// TestEveryFaultIsTold: whichever operation on the disk fails while a vault is founded, opened, read, verified or changed, the act says
// so: nothing is held to be done, or to be right, that was not.
func TestEveryFaultIsTold(t *testing.T) {
	s := custodytest.Setup{Threshold: 2, Custodians: 2, Disk: new(durable.Disk)}
	f := &faulty{T: t, bench: custodytest.Prepare(t, &s), disk: s.Disk, kept: filepath.Join(t.TempDir(), "kept")}
	b := f.bench
	founding := b.Founding(t, s)
	for i, tok := range founding.Tokens {
		founding.Tokens[i] = unmindful{tok}
	}
	away := func() { must(t, os.RemoveAll(b.Path), os.RemoveAll(b.Path+".part")) }
	f.failing("Init", away, func() error {
		_, err := custody.Init(b.Host, b.Path, founding)
		return err
	})
	must(t, os.CopyFS(f.kept, os.DirFS(b.Path)))
	f.ceremony()
	for _, write := range []bool{false, true} {
		f.failing("Open", func() {}, func() error {
			v, err := custody.Open(b.Host, b.Path, write)
			if err == nil {
				err = v.Close()
			}
			return err
		})
	}
}

// ceremony holds a ceremony of two keys.
func (f *faulty) ceremony() {
	f.Helper()
	var batch string
	f.act("OpenCeremony", func(v *custody.Vault, _ custody.Table) (err error) {
		batch, err = v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 1, Personal: record.Fields("venue", "Étude exemple")})
		return err
	})
	created := f.bench.Now().Truncate(time.Second)
	var keys []vault.KeyRecord
	f.act("Deposit", func(v *custody.Vault, t custody.Table) error {
		d, err := v.Deposit(batch, created, 0, func(w *vault.BatchWriter) error {
			for n := len(keys); n < 2; n++ {
				keys = append(keys, sealedKey(f.T, v, batch, n+1, created, nil))
			}
			return errors.Join(w.Add(keys[0]), w.Add(keys[1]))
		})
		if err != nil {
			return err
		}
		if err := v.Seal(d, nobody); err != nil {
			return err
		}
		return v.Cosign(t)
	})
	f.act("ChooseSample", func(v *custody.Vault, _ custody.Table) error { return v.ChooseSample(batch, throws) })
	f.act("Cosign", func(v *custody.Vault, t custody.Table) error { return v.Cosign(t) })
	f.act("OpenKey", func(v *custody.Vault, t custody.Table) error {
		st := v.State.Batch(batch)
		private, err := v.OpenKey(t, st.Sampled.Number, batch, st.Sample()[0])
		private.Wipe()
		return err
	})
	f.act("ProveSample", func(v *custody.Vault, t custody.Table) error { return v.ProveSample(t, batch, nobody) })
	f.act("ProveSample again", func(v *custody.Vault, t custody.Table) error {
		if err := v.ProveSample(t, batch, nobody); err != nil {
			return err
		}
		return v.Cosign(t)
	})
	f.act("RecordExport", func(v *custody.Vault, _ custody.Table) error { return v.RecordExport(batch, [32]byte{1}) })
	f.reads(batch)
}

// reads asks for everything that a vault with a batch tells.
func (f *faulty) reads(batch string) {
	f.Helper()
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
		f.act(what, func(v *custody.Vault, _ custody.Table) error { return read(v) })
	}
}
