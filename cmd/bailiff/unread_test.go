package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestNobodyReadsOn: where whoever reads the result wants no more of it, as head does, the program ends by the signal that says so and
// complains of nothing, at a terminal too.
func TestNobodyReadsOn(t *testing.T) {
	for _, line := range []string{"bailiff ledger show --vault vault", "bailiff ledger show --vault vault --json"} {
		for _, terminal := range []bool{true, false} {
			said, ended := unread(t, line, terminal)
			if !ended.Signaled() || ended.Signal() != syscall.SIGPIPE || said != "" {
				t.Errorf("%s, at a terminal %v: %v, %q", line, terminal, ended, said)
			}
		}
	}
}

// unread runs a command into a pipe that nobody reads, its other streams at a terminal or not.
func unread(t *testing.T, line string, terminal bool) (said string, ended syscall.WaitStatus) {
	t.Helper()
	control, screen, err := openTerminal()
	if err != nil {
		t.Fatal(err)
	}
	defer control.Close()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer write.Close()
	read.Close()
	words := strings.Fields(line)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = scene(t, os.Getenv(fixtureVariable), func(string) error { return nil }), write, screen
	if terminal {
		cmd.Stdin, cmd.SysProcAttr = screen, &syscall.SysProcAttr{Setsid: true, Setctty: true}
	}
	seen := watch(control)
	_ = cmd.Run()
	screen.Close()
	<-seen.done
	return seen.text.String(), cmd.ProcessState.Sys().(syscall.WaitStatus)
}
