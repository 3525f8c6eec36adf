package secret

import (
	"runtime"
	"time"
)

// rounds is how often Erase has the garbage collector run. What the standard library keeps of a key beside
// it, to sign faster, is dropped once the key was found unused, and found unused itself in the next round.
const rounds = 3

// patience bounds how long Erase waits for what runs when something was found unused.
const patience = 100 * time.Millisecond

// Erase erases what [Do] left on the heap and nobody uses any more. It is called at the end of each
// operation that had secrets in the clear: token unlocked, ledger cosigned, key opened or locked. It takes
// some milliseconds, more where much memory is in use; nothing in a build or a process that does not erase.
func Erase() {
	if !Erasing || ephemeral.Load() {
		return
	}
	for range rounds {
		collect()
	}
}

// collect runs the garbage collector and then waits for the functions that were to be called for
// what it found unused.
func collect() {
	called := make(chan struct{})
	runtime.AddCleanup(&struct{ _ *byte }{}, func(c chan struct{}) { close(c) }, called)
	runtime.GC()
	select {
	case <-called:
	case <-time.After(patience):
	}
}
