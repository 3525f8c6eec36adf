package secret

import (
	"errors"
	"fmt"

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

// note records err, if any, and tells whether the protection holds.
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

// mayLock tells whether the process has the capability CAP_IPC_LOCK, which lifts the limit.
func mayLock() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return false
	}
	return data[0].Effective&(1<<unix.CAP_IPC_LOCK) != 0
}
