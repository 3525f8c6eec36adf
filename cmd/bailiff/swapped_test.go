package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/policy"
	"bailiff/keyceremony/swaptest"
)

const swappedKeys = 20 // and 2 of the sample, 1 in reserve

// TestSwappedBatch is another process of the same user beside the built program: from when the batch's tree is in
// place it has the program run in short steps only, until the manifest is there and no root is recorded; then it puts a
// batch of its own in the place of the true one, as every custodian's token would open it. The program
// notices, records nothing, and the next run makes another batch.
func TestSwappedBatch(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		dir := scene(t, os.Getenv(fixtureVariable), func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "swap.toml"), []byte(scriptFor(f.Vault, swappedKeys)), 0o644)
		})
		if trySwap(t, dir, f) {
			return
		}
	}
	t.Fatal("the program was never stopped between writing and sealing")
}

const swapLine = "bailiff ceremony run --vault vault --script swap.toml --json --dice " + dice + allTokens

// trySwap reports whether the batch was swapped in time.
func trySwap(t *testing.T, dir string, f facts) bool {
	t.Helper()
	words := strings.Fields(swapLine)
	cmd := exec.Command(words[0], words[1:]...)
	var out, errs bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	s := &swapper{dir: dir, known: f.Batch, pid: cmd.Process.Pid, done: done}
	swapped := make(chan error, 1)
	go func() { swapped <- s.run() }()
	ended := cmd.Wait()
	close(done)
	if err := <-swapped; err != nil {
		if errors.Is(err, errLate) && ended == nil {
			return false
		}
		t.Fatal(err, ended, errs.String())
	}
	if ended == nil {
		var proved ceremonyDone
		if err := json.Unmarshal(out.Bytes(), &proved); err != nil {
			t.Fatal(err)
		}
		t.Fatalf("batch %s is proved and %v; somebody else has the private keys %v", proved.Batch, checkPublished(dir, proved.Batch), s.fingerprints)
	}
	if code := cmd.ProcessState.ExitCode(); code != 5 {
		t.Errorf("exit code %d\n%s", code, errs.String())
	}
	if present(dir, entryFile(entries+1)) {
		return false // it had compared the batch, and was about to record the true root when it was stopped
	}
	o, err := perform(dir, swapLine)
	if err != nil || o.code != 0 || !strings.Contains(o.errors, "is abandoned.") {
		t.Errorf("the next run: %v %+v", err, o)
	}
	if err := checkFinished(dir); err != nil {
		t.Error(err)
	}
	return true
}

// errLate says that the program was past the moment.
var errLate = errors.New("too late")

// swapper is the other process.
type swapper struct {
	dir, known   string
	pid          int
	done         <-chan struct{}
	fingerprints []string
}

func (s *swapper) run() error {
	batch, err := s.written()
	if err != nil {
		return err
	}
	for {
		if err := s.stop(); err != nil {
			return err
		}
		switch {
		case present(s.dir, entryFile(entries+1)):
			return errors.Join(errLate, s.resume())
		case present(batch, "manifest.txt"):
			return errors.Join(s.swap(batch), s.resume())
		}
		if err := s.resume(); err != nil {
			return err
		}
		time.Sleep(20 * time.Microsecond)
	}
}

// written waits for the tree of the new batch, which is put in place just before the manifest is.
func (s *swapper) written() (string, error) {
	for {
		trees, err := filepath.Glob(filepath.Join(s.dir, "vault/batches/*/tree.bin"))
		if err != nil {
			return "", err
		}
		for _, tree := range trees {
			if batch := filepath.Dir(tree); filepath.Base(batch) != s.known {
				return batch, nil
			}
		}
		select {
		case <-s.done:
			return "", errLate
		default:
		}
	}
}

// stop stops the program, and waits until it stands still.
func (s *swapper) stop() error {
	if err := syscall.Kill(s.pid, syscall.SIGSTOP); err != nil {
		return errors.Join(errLate, err)
	}
	for {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.pid))
		if err != nil {
			return errors.Join(errLate, err)
		}
		_, state, _ := bytes.Cut(stat, []byte(") "))
		switch state[0] {
		case 'T':
			return nil
		case 'Z', 'X':
			return errLate
		}
	}
}

func (s *swapper) resume() error { return syscall.Kill(s.pid, syscall.SIGCONT) }

// swap makes a batch of its own and renames it into place.
func (s *swapper) swap(id string) error {
	text, err := os.ReadFile(filepath.Join(s.dir, "vault/policies/000000.policy"))
	if err != nil {
		return err
	}
	p, err := policy.Parse(text)
	if err != nil {
		return err
	}
	made, err := batch.Open(&durable.Disk{}, id)
	if err != nil {
		return err
	}
	defer made.Close()
	forged := filepath.Join(s.dir, "forged")
	s.fingerprints, err = swaptest.Batch(forged, p, filepath.Base(id), made.Manifest().Created, made.Manifest().Keys)
	if err != nil {
		return err
	}
	return swaptest.Place(forged, id, s.dir)
}
