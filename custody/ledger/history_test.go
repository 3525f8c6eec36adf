package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
)

func TestCheckHead(t *testing.T) {
	l, dir := sample(t)
	for size := range l.Size() + 1 {
		root, err := l.RootAt(size)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.CheckHead(token.Head{Size: size, Root: root}); err != nil {
			t.Errorf("head at %d: %v", size, err)
		}
		root[0] ^= 1
		if err := l.CheckHead(token.Head{Size: size, Root: root}); !errors.Is(err, ledger.ErrFork) {
			t.Errorf("another root at %d: %v", size, err)
		}
	}
	head := token.Head{Size: l.Size(), Root: l.Root()}
	if err := os.Remove(filepath.Join(dir, "entries/000000/000000000011.txt")); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).CheckHead(head); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("a ledger cut short: %v", err)
	}
	if err := l.CheckHead(token.Head{Size: -1}); err == nil {
		t.Error("a negative size was taken")
	}
}

func TestCosignedTailAndLast(t *testing.T) {
	l, dir := sample(t)
	if n, err := l.Cosigned(); err != nil || n != 5 {
		t.Errorf("cosigned %d, %v", n, err)
	}
	if sizes, err := l.Checkpoints(); err != nil || !slices.Equal(sizes, []int64{1, 5}) {
		t.Errorf("checkpoints %v, %v", sizes, err)
	}
	next := int64(5)
	for e, err := range l.Tail() {
		if err != nil || e.Number != next {
			t.Fatalf("tail: %+v, %v", e, err)
		}
		next++
	}
	if next != l.Size() {
		t.Errorf("the tail ends at %d", next)
	}
	write(t, dir, "entries/000000/000000000010.txt", "x")
	var last error
	for e, err := range l.Entries() {
		if last = err; (err != nil) != (e == nil) {
			t.Errorf("entry %+v, %v", e, err)
		}
	}
	if !errors.Is(last, ledger.ErrChanged) {
		t.Errorf("a file changed under the open ledger: %v", last)
	}
}

func TestAddCheckpointRefusals(t *testing.T) {
	l, dir := sample(t)
	foreign := ledger.CheckpointBody(other, 6, l.Root())
	forked := ledger.CheckpointBody(vault, 6, l.Root())
	ahead := ledger.CheckpointBody(vault, l.Size()+1, l.Root())
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"the same size":   {checkpoint(t, l, 5, "c01"), ledger.ErrOld},
		"a smaller size":  {checkpoint(t, l, 4, "c01"), ledger.ErrOld},
		"another vault's": {noted(t, foreign), ledger.ErrVault},
		"another history": {noted(t, forked), ledger.ErrFork},
		"of what is lost": {noted(t, ahead), ledger.ErrStale},
		"without signers": {forked, ledger.ErrCheckpoint},
		"of another form": {append(checkpoint(t, l, 6, "c01"), '\n'), ledger.ErrCheckpoint},
	} {
		if err := l.AddCheckpoint(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	addCheckpoint(t, l, l.Size(), "c01", "c02")
	if n, _ := open(t, dir).Cosigned(); n != l.Size() {
		t.Errorf("cosigned %d of %d", n, l.Size())
	}
	if _, err := l.Checkpoint(2); !errors.Is(err, ledger.ErrNone) {
		t.Errorf("a checkpoint that nobody made: %v", err)
	}
	if data, err := l.Checkpoint(5); err != nil || string(data) != string(checkpoint(t, l, 5, "c01", "c03")) {
		t.Errorf("checkpoint 5: %q, %v", data, err)
	}
}

func noted(t *testing.T, body []byte) []byte {
	t.Helper()
	data, err := ledger.FormatCheckpoint(body, []ledger.Signature{sign(body, "c01", 1)})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestVerifyCheckpointsNamesTheOneAtFault(t *testing.T) {
	l, _ := sample(t)
	addCheckpoint(t, l, 7, "c02")
	err := l.VerifyCheckpoints(inForce)
	if !errors.Is(err, ledger.ErrTooFew) || !slices.Contains(fault.Objects(err), "checkpoints/000000000007.txt") {
		t.Errorf("one signature was enough: %v", err)
	}
	unknown := errors.New("no policy")
	if err := l.VerifyCheckpoints(func(int64) ([]ledger.Cosigner, int, error) { return nil, 0, unknown }); !errors.Is(err, unknown) {
		t.Errorf("error %v", err)
	}
	var asked []int64
	_ = l.VerifyCheckpoints(func(size int64) ([]ledger.Cosigner, int, error) {
		asked = append(asked, size)
		return cosigners(), 1, nil
	})
	if !slices.Equal(asked, []int64{1, 5, 7}) {
		t.Errorf("asked for %v", asked)
	}
}

// TestPolicyFor: a new policy is in force from the checkpoint after the first that covers it.
func TestPolicyFor(t *testing.T) {
	l, _ := sample(t)
	if _, err := l.Append(&ledger.PolicyAdopted{Number: 1, Policy: sum("1")}, at(12), nil); err != nil {
		t.Fatal(err)
	}
	addCheckpoint(t, l, 13, "c01", "c02")
	if _, err := l.Append(&ledger.PolicyAdopted{Number: 2, Policy: sum("2")}, at(13), nil); err != nil {
		t.Fatal(err)
	}
	for size, want := range map[int64]int64{1: 0, 2: 0, 5: 0, 6: 0, 13: 0, 14: 12, 15: 12} {
		if got, err := l.PolicyFor(size); err != nil || got != want {
			t.Errorf("for %d: entry %d, %v; want %d", size, got, err, want)
		}
	}
}
