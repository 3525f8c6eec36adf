package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// nobody is a user who owns nothing, as whom the limits are tested where the test runs as root.
const nobody = 65534

// TestProcessIsClosed: the running program leaves no core dump, and a program of the same user can neither read its memory
// nor attach to it.
func TestProcessIsClosed(t *testing.T) {
	program := filepath.Join(openFolder(t), "bailiff")
	if err := os.Rename(buildFor(t, erasing, "bailiff"), program); err != nil {
		t.Fatal(err)
	}
	closed, open := idle(t, program, "generate"), idle(t, "cat")
	for what, name := range map[string]string{"its environment": "environ", "its memory": "mem", "its mappings": "maps"} {
		if out, err := as(exec.Command("head", "-c", "1", fmt.Sprintf("/proc/%d/%s", open, name))).CombinedOutput(); err != nil && name != "mem" {
			t.Fatalf("%s of a process that is open cannot be read: %v %s", what, err, out)
		}
		out, err := as(exec.Command("head", "-c", "1", fmt.Sprintf("/proc/%d/%s", closed, name))).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "Permission denied") {
			t.Errorf("%s: %v %s", what, err, out)
		}
	}
	if out, err := as(exec.Command("strace", "-p", fmt.Sprint(closed))).CombinedOutput(); err == nil || !strings.Contains(string(out), "Operation not permitted") {
		t.Errorf("a debugger: %v %s", err, out)
	}
	if owner := ownerOf(t, closed); owner != 0 {
		t.Errorf("its files in /proc are those of user %d, not root's", owner)
	}
	if owner := ownerOf(t, open); owner == 0 {
		t.Error("so are those of a process that is open: the look is broken")
	}
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", closed))
	if err != nil {
		t.Fatal(err)
	}
	if f := limitOf(limits, "Max core file size"); len(f) < 2 || f[0] != "0" || f[1] != "0" {
		t.Errorf("core dumps are limited to %q", f)
	}
}

// openFolder is a folder that every user may enter.
func openFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "bailiff-limits-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// as makes a command that of a user who is not root.
func as(cmd *exec.Cmd) *exec.Cmd {
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	cmd.Dir, cmd.Env = "/", append(os.Environ(), "LC_ALL=C")
	return cmd
}

// idle starts a program that waits for its standard input, and returns its process.
func idle(t *testing.T, name string, args ...string) (pid int) {
	t.Helper()
	cmd := as(exec.Command(name, args...))
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(10 * time.Millisecond) {
		call, _ := os.ReadFile(fmt.Sprintf("/proc/%d/wchan", cmd.Process.Pid))
		limits, _ := os.ReadFile(fmt.Sprintf("/proc/%d/limits", cmd.Process.Pid))
		if f := limitOf(limits, "Max core file size"); name == "cat" && len(call) > 0 || len(f) > 1 && f[1] == "0" && ownerOf(t, cmd.Process.Pid) == 0 {
			return cmd.Process.Pid
		}
	}
	return cmd.Process.Pid
}

func limitOf(limits []byte, name string) []string {
	for line := range bytes.Lines(limits) {
		if rest, ok := strings.CutPrefix(string(line), name); ok {
			return strings.Fields(rest)
		}
	}
	return nil
}

func ownerOf(t *testing.T, pid int) uint32 {
	t.Helper()
	info, err := os.Stat(fmt.Sprintf("/proc/%d/environ", pid))
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid
}
