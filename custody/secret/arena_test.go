package secret

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The room of a secret is all zero before it is given back, guards included, however large.
func TestEraseZeroesTheWholeRoom(t *testing.T) {
	for _, n := range []int{1, 32, 5000, 64 << 10, 1 << 20} {
		b := New(n)
		copy(b.Expose(), bytes.Repeat([]byte{0x5a}, n))
		room := b.slot.bytes()
		if !b.slot.erase() {
			t.Errorf("%d bytes: guards damaged by nobody", n)
		}
		if !bytes.Equal(room, make([]byte, len(room))) {
			t.Errorf("%d bytes: not all zero", n)
		}
		plantGuards(room, n)
		b.Wipe()
	}
}

func TestOverrunPanicsAfterClearing(t *testing.T) {
	for _, n := range []int{0, 32, 40, 100 << 10} {
		for _, where := range []int{0, guard - 1, guard + n, guard + n + guard - 1} {
			b := New(n)
			room := b.slot.bytes()
			room[where] ^= 1
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%d bytes: an overrun at %d went unnoticed", n, where)
					}
				}()
				b.Wipe()
			}()
			if !bytes.Equal(room, make([]byte, len(room))) || b.Expose() != nil {
				t.Errorf("%d bytes: not cleared", n)
			}
		}
	}
}

func TestManyShortLivedSecretsShareAChunk(t *testing.T) {
	New(32).Wipe()
	class := classOf(32 + 2*guard)
	before := len(pages.free[class])
	for range 100_000 {
		New(32).Wipe()
	}
	if after := len(pages.free[class]); after != before {
		t.Errorf("%d free rooms became %d", before, after)
	}
}

func TestClassesHoldTheirSizes(t *testing.T) {
	for size := 1; size <= largest; size++ {
		class := classOf(size)
		if room := smallest << class; room < size || class > 0 && room/2 >= size {
			t.Fatalf("%d bytes in rooms of %d", size, room)
		}
	}
	if classOf(largest+1) != classes {
		t.Error("a large secret in a shared chunk")
	}
}

func TestLargeSecretIsUnmapped(t *testing.T) {
	b := New(1 << 20)
	data := b.Expose()
	if flags, err := mappingFlags(data); err != nil || flags == "" {
		t.Fatalf("not mapped: %v", err)
	}
	addr := uintptr(unsafe.Pointer(unsafe.SliceData(data)))
	b.Wipe()
	page := uintptr(unix.Getpagesize())
	present := make([]byte, 1)
	_, _, errno := unix.Syscall(unix.SYS_MINCORE, addr/page*page, page, uintptr(unsafe.Pointer(&present[0])))
	if errno != unix.ENOMEM {
		t.Errorf("still mapped: %v", errno)
	}
}

// The kernel's own account of the pages: locked, and not in core dumps.
func TestPagesAreLockedAndNotDumped(t *testing.T) {
	for _, n := range []int{32, 4000, 1 << 20} {
		b := New(n)
		flags, err := mappingFlags(b.Expose())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(flags, " dd") {
			t.Errorf("%d bytes: would be dumped: %s", n, flags)
		}
		if locked := strings.Contains(flags, " lo"); locked == refused(b.Expose()) {
			t.Errorf("%d bytes: locked %v, reported %v", n, locked, pages.lockAgain())
		}
		b.Wipe()
	}
}

// refused reports whether the arena knows that the kernel did not lock the page of data.
func refused(data []byte) bool {
	pages.mu.Lock()
	defer pages.mu.Unlock()
	addr := uintptr(unsafe.Pointer(unsafe.SliceData(data)))
	for _, m := range pages.unlocked {
		from := uintptr(unsafe.Pointer(unsafe.SliceData(m)))
		if from <= addr && addr < from+uintptr(len(m)) {
			return true
		}
	}
	return false
}

// mappingFlags returns the VmFlags of the mapping that holds data (proc_pid_smaps(5)).
func mappingFlags(data []byte) (string, error) {
	addr := uintptr(unsafe.Pointer(unsafe.SliceData(data)))
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return "", err
	}
	inside := false
	for line := range strings.Lines(string(smaps)) {
		var from, to uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			inside = from <= addr && addr < to
		}
		if inside && strings.HasPrefix(line, "VmFlags:") {
			return line, nil
		}
	}
	return "", errors.New("no such mapping")
}
