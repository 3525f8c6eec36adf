package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// tracer runs a program and everything that it starts, and stops them where their memory is worth a
// look: at the rename that puts one of the named entries of the ledger in its place, and at the end of
// each process, when no thread of it runs any more and its memory is still there.
type tracer struct {
	dir   string
	kinds []string                 // of the ledger's entries to stop at
	look  func(pid int, at string) // at is a kind, or end
	made  map[int]bool             // the processes that run a program: the first, and those that it started
	code  int                      // with which the first one ended
}

// end is the place of a process that is about to end.
const end = "end"

// run runs a command to its end and returns its exit code. The command's streams are what prepare
// makes them.
func (t *tracer) run(cmd *exec.Cmd) (code int, err error) {
	runtime.LockOSThread() // the kernel takes requests about a process from the thread that traces it only
	defer runtime.UnlockOSThread()
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = new(syscall.SysProcAttr)
	}
	cmd.Dir, cmd.SysProcAttr.Ptrace = t.dir, true
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	leader := cmd.Process.Pid
	t.made = map[int]bool{leader: true}
	var status unix.WaitStatus
	if _, err := unix.Wait4(leader, &status, unix.WALL, nil); err != nil || !status.Stopped() {
		return 0, fmt.Errorf("the program did not stop at its start: %v", err)
	}
	const options = unix.PTRACE_O_EXITKILL | unix.PTRACE_O_TRACEEXIT | unix.PTRACE_O_TRACESYSGOOD |
		unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACEEXEC
	if err := unix.PtraceSetOptions(leader, options); err != nil {
		return 0, err
	}
	if err := unix.PtraceSyscall(leader, 0); err != nil {
		return 0, err
	}
	return t.follow(leader)
}

// follow lets the processes go on from stop to stop until leader has ended.
func (t *tracer) follow(leader int) (code int, err error) {
	for {
		var status unix.WaitStatus
		tid, err := unix.Wait4(-1, &status, unix.WALL|unix.WNOTHREAD, nil)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.ECHILD):
			return t.code, nil
		case err != nil:
			return 0, err
		case !status.Stopped():
			if tid == leader {
				t.code = status.ExitStatus()
			}
			continue
		}
		signal := t.stopped(tid, status)
		if err := unix.PtraceSyscall(tid, signal); err != nil && !errors.Is(err, unix.ESRCH) {
			return 0, err
		}
	}
}

// stopped looks at one stop of one thread and returns the signal that it goes on with.
func (t *tracer) stopped(tid int, status unix.WaitStatus) (signal int) {
	switch status.StopSignal() {
	case unix.SIGTRAP | 0x80:
		t.call(tid)
		return 0
	case unix.SIGTRAP:
		switch status.TrapCause() {
		case unix.PTRACE_EVENT_EXEC:
			t.made[tid] = true
		case unix.PTRACE_EVENT_EXIT: // the last thread of a process to run into this is its first
			if t.made[tid] {
				t.look(tid, end)
			}
		}
		return 0
	case unix.SIGSTOP: // with which a new thread begins
		return 0
	}
	return int(status.StopSignal())
}

// call looks at a system call that a thread is about to make.
func (t *tracer) call(tid int) {
	var info struct {
		op     uint8
		_      [3]uint8
		arch   uint32
		ip, sp uint64
		nr     uint64
		args   [6]uint64
		_      [2]uint64
	}
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(tid), unsafe.Sizeof(info),
		uintptr(unsafe.Pointer(&info)), 0, 0)
	if errno != 0 || info.op != 1 || info.nr != unix.SYS_RENAMEAT2 {
		return
	}
	pid := processOf(tid)
	to := pathAt(pid, info.args[2], info.args[3])
	if !strings.Contains(to, "/ledger/entries/") {
		return
	}
	entry, err := os.ReadFile(pathAt(pid, info.args[0], info.args[1]))
	if err != nil {
		return
	}
	for _, kind := range t.kinds {
		if bytes.Contains(entry, []byte("\nkind: "+kind+"\n")) {
			t.look(pid, kind)
		}
	}
}

// pathAt reads a path, relative to an open directory, from a process's memory.
func pathAt(pid int, dir, address uint64) string {
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		return ""
	}
	defer mem.Close()
	text := make([]byte, 4096)
	n, _ := mem.ReadAt(text, int64(address))
	path, _, _ := bytes.Cut(text[:n], []byte{0})
	if filepath.IsAbs(string(path)) {
		return string(path)
	}
	from := "cwd"
	if fd := int32(dir); fd >= 0 {
		from = fmt.Sprintf("fd/%d", fd)
	}
	base, _ := os.Readlink(fmt.Sprintf("/proc/%d/%s", pid, from))
	return filepath.Join(base, string(path))
}

// processOf returns the id of the process that a thread belongs to.
func processOf(tid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", tid))
	if err != nil {
		return 0
	}
	pid := 0
	for line := range strings.Lines(string(status)) {
		if n, _ := fmt.Sscanf(line, "Tgid: %d", &pid); n == 1 {
			return pid
		}
	}
	return 0
}
