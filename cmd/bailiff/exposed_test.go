package main

import (
	"bailiff/custody/testkit/notrun"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestNothingRunsFromMemory: where the kernel runs no program from memory, so that others may have read this one,
// production refuses before anybody types a secret, and a rehearsal is warned.
func TestNothingRunsFromMemory(t *testing.T) {
	if unix.Access("/proc/sys/vm/memfd_noexec", unix.W_OK) != nil { // nor may root of a namespace of users
		notrun.Say(t, "it sets vm.memfd_noexec, for its child alone, which needs root")
		return
	}
	const told = "the kernel is told to run no program from memory"
	dir := scene(t, os.Getenv(fixtureVariable), func(string) error { return nil })
	for line, want := range map[string]struct {
		code int
		said string
	}{
		"bailiff token init --soft --pin-file pins --out new.token --lang en": {0, "Warning: another program of this account may have read the memory of this one: vm.memfd_noexec: " + told},
		releaseByTwo + " --lang en":                                         {0, "Warning: another program of this account"},
		"bailiff-platform officer new --name Sample --out sample --lang en": {11, "error: vm.memfd_noexec: " + told},
		"bailiff token init --out card.enrolment --lang en":                 {11, "error: vm.memfd_noexec: " + told},
		"bailiff doctor --lang en":                                          {11, "!! Memory of the program: vm.memfd_noexec: " + told},
	} {
		cmd := exec.Command("sh", "-c", "echo 2 >/proc/sys/vm/memfd_noexec && exec "+line)
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID}
		var out bytes.Buffer
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
		err := cmd.Run()
		if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
			t.Fatal(err)
		}
		if cmd.ProcessState.ExitCode() != want.code || !strings.Contains(out.String(), want.said) {
			t.Errorf("%s: exit code %d\n%s", line, cmd.ProcessState.ExitCode(), out.String())
		}
	}
}
