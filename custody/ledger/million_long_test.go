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
// when it begins. The bound is 20 seconds of processor time, which are 10 on two processors.
func TestLongMillionEntries(t *testing.T) {
	const entries, bound = 1_000_000, 20 * time.Second
	begin := time.Now()
	dir := large(t, entries)
	unix.Sync()
	t.Logf("writing took %.1f s", time.Since(begin).Seconds())
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	user, system := spent(t)
	begin = time.Now()
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
	kept := float64(after.HeapAlloc-before.HeapAlloc) / entries
	t.Logf("ledger %d entries: %.1f s", entries, took.Seconds())
	t.Logf("counts: %d entries, %.0f a second, processor %.1f s user and %.1f s system, %.0f bytes kept for each",
		entries, entries/took.Seconds(), user.Seconds(), system.Seconds(), kept)
	if user+system > bound {
		t.Errorf("took %v of the processors", user+system)
	}
	if kept > 100 {
		t.Errorf("%.0f bytes for each entry: bodies are kept", kept)
	}
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
