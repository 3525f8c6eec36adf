package main

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"bailiff/custody/testkit/notrun"
)

// rootVariable says that the test program runs in the middle of another one, as root of a user namespace.
const rootVariable = "BAILIFF_TEST_ROOT"

// needRoot reports whether the memory of another process can be read here. For a user who is not root it runs the
// test again, by itself, as root of a user namespace: the kernel shows such a root the memory of the programs that
// were started there, those that close themselves included.
func needRoot(t *testing.T) bool {
	t.Helper()
	if os.Geteuid() == 0 {
		return true
	}
	again := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), rootVariable+"=1")
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}},
	}
	out, err := again.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) || errors.Is(err, syscall.ENOSPC) {
		notrun.Say(t, "it reads the memory of other processes, for which it must be root, or allowed to make a user namespace")
		return false
	}
	t.Logf("as root of a user namespace:\n%s", out)
	if err != nil {
		t.Error(err)
	}
	return false
}
