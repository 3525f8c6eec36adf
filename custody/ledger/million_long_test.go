//go:build long

package ledger_test

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/custody/ledger"
)

// TestLongMillionEntries reads and verifies a ledger of a million real files, which are on the disk
// when it begins, three times: the first may find that the machine has dropped them from its memory. The bound
// on the processor time of each, twice the 20 seconds that are ten on two processors, is for slow machines.
func TestLongMillionEntries(t *testing.T) {
	const entries, bound = 1_000_000, 40 * time.Second
	begin := time.Now()
	dir := large(t, entries)
	unix.Sync()
	t.Logf("writing took %.1f s", time.Since(begin).Seconds())
	for n := range 3 {
		if took := openMillion(t, dir, entries); took > bound {
			t.Errorf("opening %d took %.1f s of the processors, more than %v", n+1, took.Seconds(), bound)
		}
	}
}

// openMillion opens the ledger once, prints what that took, and returns the processor time.
func openMillion(t *testing.T, dir string, entries int64) time.Duration {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	user, system := spent(t)
	begin := time.Now()
	l, err := ledger.Open(&durable.Disk{}, dir, vault)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(begin)
	u, s := spent(t)
	user, system = u-user, s-system
	runtime.GC()
	runtime.ReadMemStats(&after)
	if l.Size() != entries {
		t.Fatalf("%d entries", l.Size())
	}
	kept := float64(int64(after.HeapAlloc)-int64(before.HeapAlloc)) / float64(entries)
	t.Logf("counts: %d entries in %.1f s, processor %.1f s user and %.1f s system, %.0f bytes kept for each",
		entries, took.Seconds(), user.Seconds(), system.Seconds(), kept)
	if kept > 100 {
		t.Errorf("%.0f bytes for each entry: bodies are kept", kept)
	}
	runtime.KeepAlive(l)
	return user + system
}

// spent returns the processor time of this process so far.
func spent(t *testing.T) (user, system time.Duration) {
	t.Helper()
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		t.Fatal(err)
	}
	return time.Duration(r.Utime.Nano()), time.Duration(r.Stime.Nano())
}
