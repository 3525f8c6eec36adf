package keyceremony_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody"
	"bailiff/custody/custodytest"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
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

// TestExportOfABatchThatChanges: when a volume is damaged while its keys are written out, what was written so far gets no name.
func TestExportOfABatchThatChanges(t *testing.T) {
	e := newExports(t)
	volume := filepath.Join(e.bench.Path, "batches", e.batch, "public-0001.zip")
	named := false
	_, err := e.export(1, func(op durable.Op, path string) error {
		named = named || op == durable.OpRename && path == e.out
		if op == durable.OpCreate && path == e.out+".part" {
			return os.Truncate(volume, 1000)
		}
		return nil
	})
	if err == nil || named {
		t.Errorf("named %v: %v", named, err)
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
	_, err := e.export(1, func(op durable.Op, path string) error {
		if op == durable.OpRead && path == e.out {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			data[len(data)/2] ^= 1
			return errors.Join(os.Remove(path), os.WriteFile(path, data, 0o600))
		}
		return nil
	})
	if _, left := os.Lstat(e.out); err == nil || !errors.Is(left, fs.ErrNotExist) {
		t.Errorf("%v; %v", err, left)
	}
}
