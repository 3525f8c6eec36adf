package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/ledger"
)

var errFault = errors.New("the disk failed")

// breaking returns a disk whose n-th operation other than reading fails (n from 0; never if
// negative). If dead, so do all those after it: the power is cut, and nothing is cleaned up.
func breaking(n int, dead bool) (*durable.Disk, *[]durable.Op) {
	var ops []durable.Op
	return &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if op == durable.OpRead {
			return nil
		}
		ops = append(ops, op)
		at := len(ops) - 1
		if n >= 0 && (at == n || dead && at > n) {
			if op == durable.OpWrite {
				return errors.Join(errFault, durable.ShortWrite{N: 10})
			}
			return errFault
		}
		return nil
	}}, &ops
}

// eachFault calls work with a disk that fails at its first operation, then with one that fails
// at its second, and so on, until work succeeds because it needs no more operations.
func eachFault(t *testing.T, work func(d *durable.Disk) error) {
	t.Helper()
	for _, dead := range []bool{false, true} {
		for n := 0; ; n++ {
			d, ops := breaking(n, dead)
			err := work(d)
			if n >= len(*ops) {
				if err != nil || n < 5 {
					t.Fatalf("done after %d operations: %v", n, err)
				}
				break
			}
			// An unfinished file that cannot be removed does not fail its writer.
			if op := (*ops)[n]; !errors.Is(err, errFault) && op != durable.OpRemove {
				t.Fatalf("operation %d, %s failed, and the error is %v", n, op, err)
			}
		}
	}
}

// TestAppendSurvivesAFaultAtEachStep: whatever fails, what is on the disk opens; it holds all
// the entries before, and the new one or nothing of it; and the act can be recorded after all.
func TestAppendSurvivesAFaultAtEachStep(t *testing.T) {
	for name, c := range map[string]struct {
		good   map[string]string
		number int // in the sample history
	}{
		"first": {nil, 0},
		"later": {files(t, "testdata/ledger"), 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachFault(t, func(d *durable.Disk) error {
				return appendTo(t, d, copyTo(t, c.good), acts()[c.number], c.number)
			})
		})
	}
}

// appendTo records an act through a failing disk and looks at what came of it.
func appendTo(t *testing.T, d *durable.Disk, dir string, a act, number int) error {
	t.Helper()
	l, err := ledger.Open(d, dir, vault)
	if err != nil {
		t.Fatal(err)
	}
	before, root := l.Size(), l.Root()
	e, failed := l.Append(a.Act, at(20), a.part(t, number))
	if (e == nil) != (failed != nil) {
		t.Fatalf("entry %v beside the error %v", e, failed)
	}
	again := open(t, dir)
	if got, err := again.RootAt(before); err != nil || got != root {
		t.Fatalf("after %v the history changed: %v", failed, err)
	}
	if grown := again.Size() - before; grown > 1 || failed == nil && grown != 1 {
		t.Fatalf("after %v the ledger has %d entries more", failed, grown)
	}
	retry(t, dir, again.Size())
	return failed
}

// retry records another act, without a personal part, and looks for traces of the failed one.
func retry(t *testing.T, dir string, size int64) {
	t.Helper()
	l := open(t, dir)
	a := acts()[9]
	if size == 0 {
		a = acts()[0]
	}
	if _, err := l.Append(a.Act, at(30), nil); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir)
	if l.Size() != size+1 || len(l.Leftovers()) != 0 || len(l.Erased()) != 0 {
		t.Fatalf("size %d, want %d; leftovers %q; erased %v", l.Size(), size+1, l.Leftovers(), l.Erased())
	}
}

func TestAddCheckpointSurvivesAFaultAtEachStep(t *testing.T) {
	t.Parallel()
	good := files(t, "testdata/ledger")
	eachFault(t, func(d *durable.Disk) error {
		dir := copyTo(t, good)
		l, err := ledger.Open(d, dir, vault)
		if err != nil {
			t.Fatal(err)
		}
		data := checkpoint(t, l, l.Size(), "c01", "c02")
		failed := l.AddCheckpoint(data)
		again := open(t, dir)
		sizes, err := again.Checkpoints()
		if err != nil || len(sizes) != 2 && len(sizes) != 3 || failed == nil && len(sizes) != 3 {
			t.Fatalf("after %v there are %v, %v", failed, sizes, err)
		}
		if len(sizes) == 2 {
			if err := again.AddCheckpoint(data); err != nil {
				t.Fatal(err)
			}
		}
		retry(t, dir, again.Size())
		return failed
	})
}

func TestCreateSurvivesAFaultAtEachStep(t *testing.T) {
	t.Parallel()
	eachFault(t, func(d *durable.Disk) error {
		dir := filepath.Join(t.TempDir(), "ledger")
		l, failed := ledger.Create(d, dir, vault)
		if (l == nil) != (failed != nil) {
			t.Fatalf("log %v beside the error %v", l, failed)
		}
		if _, err := os.Stat(dir); err != nil { // not made: make it now
			if _, err := ledger.Create(&durable.Disk{}, dir, vault); err != nil {
				t.Fatal(err)
			}
		}
		if open(t, dir).Size() != 0 {
			t.Fatal("a new ledger is not empty")
		}
		return failed
	})
}

// TestAFailedWriteStopsTheLog: what a failed write left is not guessed at.
func TestAFailedWriteStopsTheLog(t *testing.T) {
	_, dir := sample(t)
	fail := true
	l, err := ledger.Open(&durable.Disk{Hook: func(op durable.Op, _ string) error {
		if fail && op == durable.OpSyncDir {
			return errFault
		}
		return nil
	}}, dir, vault)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(opened(), at(20), nil); !errors.Is(err, errFault) {
		t.Fatal(err)
	}
	fail = false
	if _, err := l.Append(opened(), at(20), nil); !errors.Is(err, ledger.ErrReopen) {
		t.Errorf("appended: %v", err)
	}
	if err := l.AddCheckpoint(checkpoint(t, l, l.Size(), "c01")); !errors.Is(err, ledger.ErrReopen) {
		t.Errorf("a checkpoint was added: %v", err)
	}
	if _, err := l.Cosigned(); !errors.Is(err, ledger.ErrReopen) {
		t.Errorf("cosigned: %v", err)
	}
	if _, err := l.Checkpoints(); !errors.Is(err, ledger.ErrReopen) {
		t.Errorf("checkpoints: %v", err)
	}
	retry(t, dir, 13) // the entry had got its name
}

func TestLeftoversAreReportedThenRemoved(t *testing.T) {
	_, dir := sample(t)
	want := []string{
		"entries/000000/000000000012.txt.part", "personal/000000/000000000004.txt.part",
		"personal/000000/000000000012.txt", "checkpoints/000000000011.txt.part",
	}
	for _, name := range want {
		write(t, dir, name, "half")
	}
	l := open(t, dir)
	got := slices.Sorted(slices.Values(l.Leftovers()))
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("leftovers %q, want %q", got, want)
	}
	intent := acts()[8]
	if _, err := l.Append(intent.Act, at(20), intent.part(t, 8)); err != nil {
		t.Fatal(err)
	}
	if len(l.Leftovers()) != 0 || len(open(t, dir).Leftovers()) != 0 {
		t.Errorf("leftovers %q", l.Leftovers())
	}
}
