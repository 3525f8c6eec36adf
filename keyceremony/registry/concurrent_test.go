package registry_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/registry"
)

const (
	childVar = "BAILIFF_TEST_CHILD" // what a copy of this test program is to do
	poolVar  = "BAILIFF_TEST_POOL"  // with which database
)

// child is a copy of this program, which is to run one of the tests named TestChild.
func child(t *testing.T, task, path string, more ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestChild", "-test.v")
	cmd.Env = append(os.Environ(), append(more, childVar+"="+task, poolVar+"="+path)...)
	return cmd
}

const (
	processes = 3
	each      = 40 // assignments of a process
	clients   = 8  // goroutines in a process
)

// TestAssignAtOnce: several programs, each with several goroutines, share the keys without
// giving one twice.
func TestAssignAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pool.db")
	p, v := open(t, path), batchtest.NewVault(t, vaultID)
	pin(t, p, v.Anchor)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: processes * each, Sample: 1})
	if _, err := b.into(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range processes {
		wg.Go(func() {
			out, err := child(t, "assign", path, "BAILIFF_TEST_NAME="+strconv.Itoa(i)).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			mu.Lock()
			defer mu.Unlock()
			for line := range strings.Lines(string(out)) {
				w := strings.Fields(line)
				if len(w) != 3 || w[0] != "given" {
					continue
				}
				if given[w[1]] != "" {
					t.Errorf("%s was given to %s and %s", w[1], given[w[1]], w[2])
				}
				given[w[1]] = w[2]
			}
		})
	}
	wg.Wait()
	if len(given) != processes*each {
		t.Errorf("%d keys were given, of %d", len(given), processes*each)
	}
	for fingerprint, member := range given {
		if k, err := p.Key(t.Context(), fingerprint); err != nil || k.Member != member {
			t.Errorf("%s: %+v, %v", fingerprint, k, err)
		}
	}
	if _, err := p.Assign(t.Context(), "late", now()); !errors.Is(err, registry.ErrEmpty) {
		t.Errorf("a key more: %v", err)
	}
}

// TestChildAssigns is the work of each process of TestAssignAtOnce. Alone it does nothing.
func TestChildAssigns(t *testing.T) {
	if os.Getenv(childVar) != "assign" {
		return
	}
	p := open(t, os.Getenv(poolVar))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for i := next.Add(1); i <= each; i = next.Add(1) {
				member := os.Getenv("BAILIFF_TEST_NAME") + "-" + strconv.FormatInt(i, 10)
				k, err := p.Assign(t.Context(), member, now())
				if err != nil {
					t.Error(err)
					return
				}
				fmt.Fprintf(os.Stdout, "given %s %s\n", k.Fingerprint, member)
			}
		})
	}
	wg.Wait()
}

// TestSameMember: however often a member asks at once, they get one key.
func TestSameMember(t *testing.T) {
	p, v := fresh(t), batchtest.NewVault(t, vaultID)
	pin(t, p, v.Anchor)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: clients, Sample: 1})
	if _, err := b.into(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	var given atomic.Int64
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			_, err := p.Assign(t.Context(), "the same", now())
			if err == nil {
				given.Add(1)
			} else if !errors.Is(err, registry.ErrAssigned) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if given.Load() != 1 {
		t.Errorf("%d keys", given.Load())
	}
}

// reader is a file that does something once so many reads were made after it was armed.
type reader struct {
	io.ReaderAt
	armed bool
	left  int
	then  func() error
}

func (r *reader) ReadAt(p []byte, off int64) (int, error) {
	if r.armed {
		if r.left--; r.left <= 0 {
			if err := r.then(); err != nil {
				return 0, err
			}
		}
	}
	return r.ReaderAt.ReadAt(p, off)
}

// interrupted makes and pins a batch of 100 keys whose import stops in the middle, where it does then.
func interrupted(t *testing.T, p *registry.Pool, then func() error) made {
	t.Helper()
	v := batchtest.NewVault(t, vaultID)
	pin(t, p, v.Anchor)
	file := batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: batchID, Publish: 100, Sample: 1}))
	r := &reader{ReaderAt: bytes.NewReader(file), left: 50, then: then}
	f, err := keybatch.Open(r, int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	verified, err := f.Verify(v.Anchor, nil, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.armed = true
	return made{verified, sha256.Sum256(file)}
}

// TestKilled: a program that is killed in the middle of an import leaves nothing of it.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pool.db")
	out, err := child(t, "import", path).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the program was not killed: %v\n%s", err, out)
	}
	p := open(t, path)
	if _, err := p.Pinned(t.Context(), vaultID); err != nil {
		t.Errorf("what was done before is gone: %v", err)
	}
	wantEmpty(t, p)
}

// TestChildImports is killed by itself for TestKilled. Alone it does nothing.
func TestChildImports(t *testing.T) {
	if os.Getenv(childVar) != "import" {
		return
	}
	p := open(t, os.Getenv(poolVar))
	b := interrupted(t, p, func() error { return syscall.Kill(os.Getpid(), syscall.SIGKILL) })
	_, err := b.into(t.Context(), p)
	t.Errorf("still alive: %v", err)
}

// TestInterrupted: the disk fails, or somebody gives up, in the middle of an import.
func TestInterrupted(t *testing.T) {
	broken := errors.New("the stick was pulled")
	p := fresh(t)
	if _, err := interrupted(t, p, func() error { return broken }).into(t.Context(), p); !errors.Is(err, broken) {
		t.Errorf("import: %v", err)
	}
	wantEmpty(t, p)
	p = fresh(t)
	ctx, cancel := context.WithCancel(t.Context())
	b := interrupted(t, p, func() error { cancel(); return nil })
	if _, err := b.into(ctx, p); !errors.Is(err, context.Canceled) {
		t.Errorf("import: %v", err)
	}
	wantEmpty(t, p)
	if got, err := b.into(t.Context(), p); err != nil || got.New != 100 {
		t.Errorf("afterwards: %+v, %v", got, err)
	}
}
