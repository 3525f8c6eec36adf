package hostile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/testkit/custodytest"
)

// damage is a kind of file and the check that must notice whatever happens to it.
type damage struct {
	kind, file string
	check      func(*world) error
	step       int // of how many bytes the quick test takes one
}

// damages are the kinds of docs/testing.md, "Flips"; of software tokens, whose PIN is slow by design, the
// test stands beside package soft.
func damages(w *world) []damage {
	folder := strings.TrimSuffix(w.manifestFile(), "manifest.txt")
	return []damage{
		{"sealed batch: volume", folder + "sealed-0001.zip", (*world).sealedBatch, 41},
		{"sealed batch: records", folder + "records.txt", (*world).sealedBatch, 7},
		{"sealed batch: tree", folder + "tree.bin", (*world).sealedBatch, 7},
		{"reserve list", folder + "reserve.txt", checks["vault"], 3},
		{"manifest", folder + "manifest.txt", checks["vault"], 3},
		{"public batch", "batch.zip", checks["public"], 29},
		{"policy", policyFile, checks["vault"], 3},
		{"roster", rosterFile, checks["vault"], 3},
		{"enrolment", enrolmentFile, checks["vault"], 3},
		{"policy of devices", productionFolder + "policies/000000.policy", (*world).production, 11},
		{"enrolment of a device", productionFolder + "policies/000000-c02-1.enrolment", (*world).production, 11},
		{"enrolment of a device, brought", deviceFile, checks["origin"], 3},
		{"anchor beside the vault", anchorFile, checks["vault"], 3},
		{"anchor of a platform", anchorFile, checks["public"], 1},
		{"ledger entry: first", entryFile(0), checks["vault"], 1},
		{"ledger entry: sealed", entryFile(2), checks["vault"], 1},
		{"ledger entry: last", entryFile(5), checks["vault"], 1},
		{"checkpoint", "checkpoint.txt", checks["checkpoint"], 1},
		{"checkpoint: first", checkpointFile(1), checks["vault"], 3},
		{"checkpoint: last", checkpointFile(6), checks["vault"], 3},
		{"checkpoint by a P-256 key", deviceCheckpointFile, checks["device-checkpoint"], 1},
		{"order", "order.txt", checks["examine"], 3},
		{"signatures", "order.sig", checks["examine"], 1},
		{"sealed private key", "sealed/key.pgp", checks["sealed-key"], 1},
	}
}

// sealedBatch verifies the batch as `vault verify` does, once the ledger is known to be good.
func (w *world) sealedBatch() error {
	b, err := batch.Open(w.disk, filepath.Dir(w.path(w.manifestFile())))
	if err != nil {
		return err
	}
	defer b.Close()
	return of(b.Verify(nil))
}

// productionFolder is a vault of production whose custodians have attested devices.
const productionFolder = "production/"

// found makes that vault, of two of three, by a maker of its own.
func (w *world) found() {
	w.Helper()
	w.devices = custodytest.NewProduction(w, custodytest.Setup{Threshold: 2, Custodians: 3, Path: w.path(productionFolder)})
	w.devices.Init(w)
}

// production verifies it as `vault verify` does.
func (w *world) production() error {
	v, err := custody.Open(w.devices.Host, w.path(productionFolder), false)
	if err != nil {
		return err
	}
	defer v.Close()
	return of(v.Verify(func(int, int) {}))
}

// flipWorld is the good world with the vault of production.
func flipWorld(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.leaveQuorum()
	w.found()
	return w
}

// leaveQuorum leaves k cosignatures on checkpoints of which three custodians signed: a checkpoint that loses
// one beyond k is still a checkpoint of k.
func (w *world) leaveQuorum() {
	w.Helper()
	for _, file := range []string{"checkpoint.txt", checkpointFile(6)} {
		lines := bytes.SplitAfter(w.read(file), []byte("\n"))
		w.put(file, bytes.Join(lines[:6], nil))
	}
}

// TestFlips turns a bit of every step-th byte of every kind of file, cuts the file there, and adds a byte:
// always refused, by a named error.
func TestFlips(t *testing.T) {
	w := flipWorld(t)
	for _, d := range damages(w) {
		t.Run(d.kind, func(t *testing.T) {
			t.Parallel()
			ruin(t, d, d.step, func(i int) []int { return []int{i % 8} })
		})
	}
}

// ruin holds the check of d against damaged copies of its file and returns how many there were.
func ruin(t *testing.T, d damage, step int, bits func(i int) []int) (count int64) {
	t.Helper()
	w := flipWorld(t)
	good := w.read(d.file)
	if err := d.check(w); err != nil {
		t.Fatalf("untouched: %v", err)
	}
	names := promised(t)
	refused := func(what string, bad []byte) {
		count++
		w.put(d.file, bad)
		if err := d.check(w); !names[explain(err)] {
			t.Errorf("%s: %s: %v", what, explain(err), err)
		}
	}
	for i := 0; i < len(good); i += step {
		for _, bit := range bits(i) {
			bad := bytes.Clone(good)
			bad[i] ^= 1 << bit
			refused(fmt.Sprintf("bit %d of byte %d", bit, i), bad)
		}
		refused(fmt.Sprintf("cut to %d bytes", i), good[:i])
	}
	refused("cut by one byte", good[:len(good)-1])
	for _, more := range []string{"\x00", "\n", "x"} {
		refused(fmt.Sprintf("with %q behind it", more), append(bytes.Clone(good), more...))
	}
	return count
}

// promised are the names of errors that have an exit code.
func promised(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("../cli/testdata/exit-codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		names[strings.Fields(line)[0]] = true
	}
	delete(names, "unexpected")
	return names
}
