package secret_test

import (
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// refuse has the kernel refuse one system call to the whole process, as a sandbox does; or pretend that it did it, with 0.
func refuse(call uint32, errno unix.Errno) {
	runtime.LockOSThread()
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}, // the number of the call
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: call, Jf: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(errno)},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		panic(err)
	}
	_, _, no := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	if no != 0 {
		panic(no)
	}
}

// Where secrets cannot be left out of core dumps, that is reported before there are any, and they work.
func TestDumpedSecretsAreReported(t *testing.T) {
	s := child(t, "dumped")
	if s.Hardening.Core || !strings.Contains(strings.Join(s.Hardening.Notes, "\n"), "leaving secrets out of core dumps: madvise: ") {
		t.Errorf("%+v", s.Hardening)
	}
	if !s.Hardening.Dumpable || s.Dumpable != 0 || s.Content != "kept" {
		t.Errorf("the rest suffered: %+v", s)
	}
}

// A process that is said to be closed to others of its user, and is not, is not taken for closed.
func TestPretendedToBeClosedIsReported(t *testing.T) {
	s := child(t, "pretended")
	if s.Hardening.Dumpable || !strings.Contains(strings.Join(s.Hardening.Notes, "\n"), "reading by other processes: prctl: ") {
		t.Errorf("%+v", s.Hardening)
	}
}
