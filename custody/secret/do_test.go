package secret_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"bailiff/custody/secret"
)

func TestDoCallsAndPanicsThrough(t *testing.T) {
	calls := 0
	secret.Do(func() { calls++; secret.Do(func() { calls++ }) })
	if calls != 2 {
		t.Errorf("%d calls", calls)
	}
	defer func() {
		if got := recover(); got != "stop" {
			t.Errorf("recovered %v", got)
		}
	}()
	secret.Do(func() { panic("stop") })
}

// The value computed within Do is looked for in all memory of the process, heap and stacks included.
func TestDoErasesItsTraces(t *testing.T) {
	inverse := make([]byte, 32) // of the value: the value itself must stand nowhere
	buffer := secret.New(1 << 20)
	defer buffer.Wipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		secret.Do(func() { compute(inverse) })
	}()
	<-done
	for range 3 {
		runtime.GC()
	}
	found := copies(t, inverse, buffer.Expose())
	if secret.Erasing && found != 0 {
		t.Errorf("Do left %d copies", found)
	}
	value := make([]byte, 32)
	for i := range value {
		value[i] = ^inverse[i]
	}
	if copies(t, inverse, buffer.Expose()) == 0 {
		t.Error("a copy that is there was not found: the search is broken")
	}
	runtime.KeepAlive(value)
}

// compute makes copies of a value as code does: on the stack, on the heap, grown and converted.
//
//go:noinline
func compute(inverse []byte) {
	value := sha256.Sum256([]byte("a value that exists nowhere else"))
	grown := append([]byte(nil), value[:]...)
	for range 4 {
		grown = append(grown, grown...)
	}
	text := strings.Clone(string(grown))
	for i := range inverse {
		inverse[i] = ^text[i]
	}
}

// copies counts the places in memory that hold the inverse of inverse. It reads by way of buffer,
// which is a mapping of its own.
func copies(t *testing.T, inverse, buffer []byte) int {
	t.Helper()
	mem, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	own := int64(uintptr(unsafe.Pointer(unsafe.SliceData(buffer))))
	found := 0
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var mode string
		if n, _ := fmt.Sscanf(line, "%x-%x %4s", &from, &to, &mode); n != 3 || mode != "rw-p" {
			continue
		}
		if to-from > 1<<28 || from <= own && own < to { // the race detector's tables; the buffer of the search
			continue
		}
		for ; from < to; from += int64(len(buffer)) {
			n, _ := mem.ReadAt(buffer[:min(int64(len(buffer)), to-from)], from)
			found += occurrences(buffer[:n], inverse)
		}
	}
	return found
}

func occurrences(block, inverse []byte) int {
	found := 0
	for {
		i := bytes.IndexByte(block, ^inverse[0])
		if i < 0 || len(block)-i < len(inverse) {
			return found
		}
		equal := true
		for j, c := range inverse {
			equal = equal && block[i+j] == ^c
		}
		if equal {
			found++
		}
		block = block[i+1:]
	}
}
