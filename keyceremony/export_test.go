package keyceremony_test

import (
	"bytes"
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
	"bailiff/custody/fault"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
)

// exports is a vault with a proved batch, on a disk whose operations can be made to fail.
type exports struct {
	*testing.T
	bench *custodytest.Bench
	disk  *durable.Disk
	batch string
	out   string
}

func newExports(t *testing.T) *exports {
	t.Helper()
	disk := new(durable.Disk)
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2, Disk: disk})
	c := newCeremony(t, b, newScript(b, 3, 1, 1))
	batch, err := c.Run()
	if err := errors.Join(err, c.Vault.Close()); err != nil {
		t.Fatal(err)
	}
	return &exports{T: t, bench: b, disk: disk, batch: batch, out: filepath.Join(t.TempDir(), "public.zip")}
}

// export exports the batch while the nth operation on the disk fails, and returns how many were begun.
func (e *exports) export(nth int, fail func(op durable.Op, path string) error) (int, error) {
	e.Helper()
	v := e.bench.Open(e.T, true)
	defer v.Close()
	n := 0
	e.disk.Hook = func(op durable.Op, path string) error {
		if n++; n >= nth {
			return fail(op, path)
		}
		return nil
	}
	defer func() { e.disk.Hook = nil }()
	verified, written, err := keyceremony.Export(v, e.batch, e.out, 1, func(int, int) {})
	if (err == nil) != (verified != nil) || (err == nil) != (written != durable.Written{}) {
		e.Errorf("%v and %v beside the error %v", verified, written, err)
	}
	return n, err
}

// content is what was exported.
func (e *exports) content() []byte {
	e.Helper()
	data, err := os.ReadFile(e.out)
	if err := errors.Join(err, os.Remove(e.out)); err != nil {
		e.Fatal(err)
	}
	return data
}

// TestExportWithAFault: whichever operation on the disk fails, once or from then on, that error is returned, and no file is
// left but a whole one; the next export makes the same file.
func TestExportWithAFault(t *testing.T) {
	e := newExports(t)
	if _, err := e.export(1, func(durable.Op, string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	want := e.content()
	all, err := e.export(1, func(durable.Op, string) error { return nil })
	if err != nil || !bytes.Equal(e.content(), want) || all < 20 {
		t.Fatalf("%d operations; %v", all, err)
	}
	for nth := 1; nth <= all; nth++ {
		for _, once := range []bool{true, false} {
			failed, kept := durable.Op(""), false
			_, err := e.export(nth, func(op durable.Op, path string) error {
				if failed != "" && once {
					return nil
				}
				if failed == "" {
					failed = op
				}
				kept = kept || op == durable.OpRemove && path == e.out
				return errLost
			})
			if !errors.Is(err, errLost) {
				t.Errorf("operation %d, %s, once %v: %v", nth, failed, once, err)
			}
			switch data, err := os.ReadFile(e.out); {
			case errors.Is(err, fs.ErrNotExist):
			case err != nil || !bytes.Equal(data, want):
				t.Errorf("operation %d, %s: what is left of the file: %d bytes, %v", nth, failed, len(data), err)
			case !kept && failed != durable.OpSyncDir:
				t.Errorf("operation %d, %s, once %v: the file stands though it was not verified", nth, failed, once)
			default:
				e.content()
			}
		}
	}
	if _, err := e.export(1, func(durable.Op, string) error { return nil }); err != nil || !bytes.Equal(e.content(), want) {
		t.Error(err)
	}
}

// TestExportOverAFile: what has the name stays as it is, and nothing is recorded.
func TestExportOverAFile(t *testing.T) {
	e := newExports(t)
	if err := os.WriteFile(e.out, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := e.bench.Open(t, true)
	defer v.Close()
	size := v.Log.Size()
	_, _, err := keyceremony.Export(v, e.batch, e.out, 1, func(int, int) {})
	if !errors.Is(err, durable.ErrExists) || fault.Objects(err)[0] != e.out || v.Log.Size() != size || string(e.content()) != "a letter" {
		t.Errorf("%d entries more, %v", v.Log.Size()-size, err)
	}
	if _, _, err := keyceremony.Export(v, "b20000101-000000", e.out, 1, func(int, int) {}); !errors.Is(err, custody.ErrNoBatch) {
		t.Errorf("a batch that is none: %v", err)
	}
	if _, _, err := keyceremony.Export(v, e.batch, filepath.Join(e.out, "public.zip"), 1, nil); !errors.Is(err, fs.ErrNotExist) || v.Log.Size() != size {
		t.Errorf("into no folder: %d entries more, %v", v.Log.Size()-size, err)
	}
}

// TestExportOfABatchThatChanges: when a file of the batch is damaged while keys are written out, what was written so far gets no
// name; when it is before, nothing is recorded.
func TestExportOfABatchThatChanges(t *testing.T) {
	e := newExports(t)
	v := e.bench.Open(t, false)
	size, published := v.Log.Size(), slices.Index(v.State.Batch(e.batch).Roles(), batch.Published)+1
	sealed, _, err := v.Published(e.batch)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := sealed.Record(published)
	if err := errors.Join(err, v.Close()); err != nil {
		t.Fatal(err)
	}
	batch := filepath.Join(e.bench.Path, "batches", e.batch)
	last := filepath.Join(e.bench.Path, "policies", "000000-c02-1.enrolment") // that is read before the records
	for _, c := range []struct {
		file     string
		op       durable.Op
		at       string
		recorded int64
	}{
		{"records.txt", durable.OpRead, last, 0},
		{"records.txt", durable.OpCreate, e.out + ".part", 1},
		{"sealed-0001.zip", durable.OpCreate, e.out + ".part", 0}, // the same file is recorded once
	} {
		path, named := filepath.Join(batch, c.file), false
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		damaged := bytes.Clone(good)
		damaged[len(damaged)-2] = 'x'
		if c.file != "records.txt" {
			damaged = bytes.ReplaceAll(good, []byte(rec.Fingerprint), []byte(strings.Repeat("0", len(rec.Fingerprint))))
		}
		_, err = e.export(1, func(op durable.Op, p string) error {
			named = named || op == durable.OpRename && p == e.out
			if op != c.op || p != c.at {
				return nil
			}
			return errors.Join(os.Chmod(path, 0o600), os.WriteFile(path, damaged, 0o600))
		})
		if err == nil || named {
			t.Errorf("%s, %s: named %v: %v", c.file, c.op, named, err)
		}
		if err := os.WriteFile(path, good, 0o600); err != nil {
			t.Fatal(err)
		}
		v := e.bench.Open(t, false)
		if size += c.recorded; v.Log.Size() != size {
			t.Errorf("%s, %s: %d entries, not %d", c.file, c.op, v.Log.Size(), size)
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestExportThatStays: a file that was not verified and cannot be removed is told as that too.
func TestExportThatStays(t *testing.T) {
	e := newExports(t)
	errStays := errors.New("it cannot be removed")
	_, err := e.export(1, func(op durable.Op, path string) error {
		switch {
		case path != e.out:
			return nil
		case op == durable.OpRead:
			return errLost
		case op == durable.OpRemove:
			return errStays
		}
		return nil
	})
	if !errors.Is(err, errLost) || !errors.Is(err, errStays) {
		t.Error(err)
	}
}

// TestExportOfOtherBytes: a file that was exchanged for another between writing and verifying is refused, and taken away.
func TestExportOfOtherBytes(t *testing.T) {
	e := newExports(t)
	for what, edit := range map[string]func(data []byte) []byte{
		"one bit":   func(data []byte) []byte { data[len(data)/2] ^= 1; return data },
		"a diary":   func([]byte) []byte { return []byte("Dear diary") },
		"no longer": func(data []byte) []byte { return data[:len(data)/2] },
	} {
		_, err := e.export(1, func(op durable.Op, path string) error {
			if op != durable.OpRead || path != e.out {
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return errors.Join(os.Remove(path), os.WriteFile(path, edit(data), 0o600))
		})
		if _, left := os.Lstat(e.out); err == nil || !errors.Is(left, fs.ErrNotExist) {
			t.Errorf("%s: %v; %v", what, err, left)
		}
	}
}
