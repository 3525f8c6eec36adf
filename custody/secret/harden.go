package secret

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// Hardening says which protections of the process hold.
type Hardening struct {
	Core     bool     // no core dumps: RLIMIT_CORE is 0, and cannot be raised again without privilege; secrets are left out of any
	Dumpable bool     // the process is NOT dumpable: others of the same user cannot read its memory or attach to it
	Locked   bool     // no page of the process goes to swap (mlockall); when false, Notes tells about the secrets' own pages
	Notes    []string // a sentence for each protection that does not hold
}

// Harden protects the process and reports what holds. Call it first thing in main; it may be called
// again, to ask anew. It works as far as the kernel and the user's privileges allow and leaves
// it to the caller to go on or to refuse.
func Harden() Hardening {
	var h Hardening
	h.Core = h.note("core dumps", forbidCore())
	h.Core = h.note("leaving secrets out of core dumps", pages.leftOut()) && h.Core
	h.Dumpable = h.note("reading by other processes", forbidAttach())
	h.Locked = h.note("locking the whole process into memory", lockProcess())
	h.note("locking secrets into memory", pages.lockAgain())
	return h
}

// note records err, if any, and reports whether the protection holds.
func (h *Hardening) note(what string, err error) bool {
	if err != nil {
		h.Notes = append(h.Notes, fmt.Sprintf("%s: %v", what, err))
	}
	return err == nil
}

func forbidCore() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("setrlimit: %w", err)
	}
	return nil
}

func forbidAttach() error {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("prctl: %w", err)
	}
	// The kernel gives to root what it tells of a process that is closed (proc_pid(5)); a sandbox may have said only that it closed it.
	var told unix.Stat_t
	if user := unix.Geteuid(); unix.Stat("/proc/self/environ", &told) == nil && user != 0 && told.Uid == uint32(user) {
		return errors.New("prctl: the process is open all the same")
	}
	return nil
}

// lockProcess locks what the process has and will have, page by page as it is first used. It
// does so only where no limit can make later memory requests of the Go runtime fail.
func lockProcess() error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_MEMLOCK, &limit); err != nil {
		return fmt.Errorf("getrlimit: %w", err)
	}
	limit.Cur = limit.Max
	if err := unix.Setrlimit(unix.RLIMIT_MEMLOCK, &limit); err != nil {
		return fmt.Errorf("setrlimit: %w", err)
	}
	if limit.Max != unix.RLIM_INFINITY && !mayLock() {
		return fmt.Errorf("RLIMIT_MEMLOCK allows %d bytes", limit.Max)
	}
	if err := unix.Mlockall(unix.MCL_CURRENT | unix.MCL_FUTURE | unix.MCL_ONFAULT); err != nil {
		return fmt.Errorf("mlockall: %w", err)
	}
	return nil
}

// mayLock reports whether the process has the capability CAP_IPC_LOCK, which lifts the limit.
func mayLock() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return false
	}
	return data[0].Effective&(1<<unix.CAP_IPC_LOCK) != 0
}

// ErrEphemeral says that a process cannot rely on its end to erase its secrets.
var ErrEphemeral = errors.New("secret: the process may leave its memory behind")

// ephemeral is set once [Ephemeral] was called: like the arena, a fact about the process.
var ephemeral atomic.Bool

// Ephemeral declares that this process does nothing but make a bounded number of secrets and
// ends at once: its end erases its memory, and [Do] calls its argument directly from now on. It
// cannot be undone. It calls [Harden] first, and returns ErrEphemeral, changing nothing, unless the process
// leaves no core dump and is closed to others of the same user.
//
// What this gives: the kernel clears every page of an ended process before it hands it to
// another one, so nothing that ran in this process can be read by a program afterwards, however
// it ended. What it does not give: until then, whoever may read the memory of any process (root, a debugger
// allowed by the kernel) finds traces of every secret that the process made so far, not only of those
// in use; pages are cleared when they are handed on, not at once, so an image of the machine's
// physical memory taken in between may show them (a kernel with init_on_free=1 clears them at once); and
// where neither the whole process nor its heap can be locked ([Hardening].Locked), traces can reach an active swap.
func Ephemeral() error {
	h := Harden()
	if !h.Core || !h.Dumpable {
		return errors.Join(ErrEphemeral, errors.New(strings.Join(h.Notes, "; ")))
	}
	ephemeral.Store(true)
	return nil
}

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
