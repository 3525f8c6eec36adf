package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// confinedName is what the test program is called when it starts a program to which the kernel refuses one system call:
//
//	confined CALL ERRNO PROGRAM ARG...
const confinedName = "confined"

// playConfined does so, if that is what it was started for. A filter holds for the thread that sets it and what that one
// executes (seccomp(2)).
func playConfined() {
	if os.Args[0] != confinedName {
		return
	}
	runtime.LockOSThread()
	call, _ := strconv.Atoi(os.Args[1])
	errno, _ := strconv.Atoi(os.Args[2])
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}, // the number of the call
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: uint32(call), Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(errno)},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
	if _, _, no := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&program))); err == nil && no != 0 {
		err = no
	}
	if err == nil {
		err = execAt(os.Args[3], os.Args[3:])
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(99)
}

// execAt is execve(2) by way of execveat(2), which works where the first is refused.
func execAt(path string, args []string) error {
	name, err := unix.BytePtrFromString(path)
	if err != nil {
		return err
	}
	argv, err := syscall.SlicePtrFromStrings(args)
	if err != nil {
		return err
	}
	envv, err := syscall.SlicePtrFromStrings(os.Environ())
	if err != nil {
		return err
	}
	here := unix.AT_FDCWD
	_, _, errno := unix.Syscall6(unix.SYS_EXECVEAT, uintptr(here), uintptr(unsafe.Pointer(name)),
		uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&envv[0])), 0, 0)
	return errno
}

// What is to come of a command to which a call is refused.
const (
	aWarning = `(?m)^Warning: .*(the memory of this program may be read|may have read the memory of this one)` // and it goes on
	aRefusal = `(?m)^error: .+\nhint: .`
	aKernel  = `(?m)^error: (getrandom|getpid): the kernel refuses this call`
	anything = ``
)

// TestRefusedCalls: under a parent that has the kernel refuse it one system call, the program works as well, says that it is less
// protected, or refuses with a sentence. It never goes on unprotected in silence, and never ends with a panic.
func TestRefusedCalls(t *testing.T) {
	for _, c := range []struct {
		name string
		call int
		want string
	}{
		{"prctl", unix.SYS_PRCTL, aWarning}, {"memfd_create", unix.SYS_MEMFD_CREATE, aWarning},
		{"fchmod", unix.SYS_FCHMOD, aWarning}, {"sendfile", unix.SYS_SENDFILE, aWarning},
		{"execve", unix.SYS_EXECVE, aWarning}, {"prlimit64", unix.SYS_PRLIMIT64, aWarning},
		{"madvise", unix.SYS_MADVISE, aWarning}, {"getrandom", unix.SYS_GETRANDOM, aKernel},
		{"fsync", unix.SYS_FSYNC, aRefusal}, {"renameat2", unix.SYS_RENAMEAT2, aRefusal},
		{"flock", unix.SYS_FLOCK, aRefusal}, {"statfs", unix.SYS_STATFS, aRefusal},
		{"fstat", unix.SYS_FSTAT, aRefusal}, {"getdents64", unix.SYS_GETDENTS64, aRefusal},
		{"mkdirat", unix.SYS_MKDIRAT, aRefusal}, {"mlock", unix.SYS_MLOCK, anything},
		{"mlockall", unix.SYS_MLOCKALL, anything}, {"munmap", unix.SYS_MUNMAP, anything},
		{"capget", unix.SYS_CAPGET, anything}, {"fadvise64", unix.SYS_FADVISE64, anything},
		{"readlinkat", unix.SYS_READLINKAT, anything}, {"ioctl", unix.SYS_IOCTL, anything},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			said, code := confined(t, c.call, unix.EPERM, releaseByTwo)
			if code == 127 && strings.Contains(said, ": error while loading shared libraries: ") {
				return // a C library that makes the call refuses before there is a program
			}
			if !regexp.MustCompile(c.want).MatchString(said) || (code == 0) == (c.want == aRefusal || c.want == aKernel) {
				t.Errorf("exit code %d\n%s", code, said)
			}
			if regexp.MustCompile(`panic:|fatal error:|goroutine `).MatchString(said) {
				t.Errorf("a panic:\n%s", said)
			}
		})
	}
}

// A program that takes -1 for its own number may send a signal to every process there is. This command starts none and sends none.
func TestRefusedNumber(t *testing.T) {
	if said, code := confined(t, unix.SYS_GETPID, unix.EPERM, "bailiff version"); code != 11 || !regexp.MustCompile(aKernel).MatchString(said) {
		t.Errorf("exit code %d\n%s", code, said)
	}
}

// TestRefusedInSilence: a sandbox that only says that it took the copy from its readers does not have the program start itself
// again for ever.
func TestRefusedInSilence(t *testing.T) {
	said, code := confined(t, unix.SYS_FCHMOD, 0, "bailiff doctor")
	if !strings.Contains(said, "!! Memory of the program: the program could not be started again") {
		t.Errorf("exit code %d\n%s", code, said)
	}
}

// confined runs a command in a copy of the fixture.
func confined(t *testing.T, call int, errno unix.Errno, line string) (said string, code int) {
	t.Helper()
	words := strings.Fields(strings.Replace(line, " --json", "", 1))
	program, err := exec.LookPath(words[0])
	if err != nil {
		t.Fatal(err)
	}
	cmd := &exec.Cmd{Path: "/proc/self/exe", Dir: scene(t, os.Getenv(fixtureVariable), func(string) error { return nil })}
	cmd.Args = append([]string{confinedName, strconv.Itoa(call), strconv.Itoa(int(errno)), filepath.Clean(program)}, words[1:]...)
	out, _ := cmd.CombinedOutput()
	return string(out), cmd.ProcessState.ExitCode()
}
