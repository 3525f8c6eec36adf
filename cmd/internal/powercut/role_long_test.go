//go:build long

package powercut

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/testkit/notrun"
)

// The test program plays several roles, each in a process of its own. What it mounts is seen in its
// own mount namespace only and dies with the first process of its process namespace: nothing stays
// on the machine, whatever kills a run.
const (
	roleVariable = "BAILIFF_POWERCUT_ROLE"

	testRole     = "test"     // runs the tests and serves the disks; it looks at nothing that is mounted
	workerRole   = "worker"   // mounts states and judges them
	unsyncedRole = "unsynced" // runs a command whose syncs do nothing

	// mountVariable says "required" where a machine that cannot mount is a failure.
	mountVariable = "BAILIFF_MOUNT"
	workPrefix    = "bailiff-powercut-"
)

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(confine(m))
	case testRole:
		os.Exit(m.Run())
	case workerRole:
		work(os.Stdin, os.Stdout)
	case unsyncedRole:
		fmt.Fprintln(os.Stderr, unsynced(os.Args[1:]))
		os.Exit(1)
	}
}

// confine runs the tests in namespaces of their own; where that is not allowed, here: they will then
// say that they cannot mount.
func confine(m *testing.M) int {
	runtime.LockOSThread() // Pdeathsig is about this thread
	removeStale()
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), roleVariable+"="+testRole)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID, Unshareflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	err := cmd.Start()
	if err != nil {
		return m.Run()
	}
	if err = cmd.Wait(); err == nil {
		return 0
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() > 0 {
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// removeStale removes the folders of killed runs, whose mounts are gone with them. Those of a run
// that goes on are held locked.
func removeStale() {
	stale, _ := filepath.Glob(filepath.Join(os.TempDir(), workPrefix+"*"))
	for _, dir := range stale {
		f, err := os.Open(dir)
		if err != nil {
			continue
		}
		if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
			_ = os.RemoveAll(dir)
		}
		_ = f.Close()
	}
}

// workFolder makes a folder that is held until the test ends.
func workFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", workPrefix)
	if err != nil {
		t.Fatal(err)
	}
	held, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Flock(int(held.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = os.RemoveAll(dir)
		_ = held.Close()
	})
	return dir
}

// canMount reports whether this machine can do what these tests need. Where it cannot, the test counts as
// not run, and where the environment demands it, fails.
func canMount(t *testing.T) bool {
	t.Helper()
	var missing []string
	if os.Getenv(roleVariable) != testRole || os.Geteuid() != 0 {
		missing = append(missing, "the right to mount (run it as root)")
	}
	for _, device := range []string{"/dev/fuse", "/dev/loop-control"} {
		if f, err := os.OpenFile(device, os.O_RDWR, 0); err != nil {
			missing = append(missing, err.Error())
		} else {
			_ = f.Close()
		}
	}
	for program, debian := range map[string]string{
		"mkfs.ext4": "e2fsprogs", "mkfs.exfat": "exfatprogs", "mount.exfat-fuse": "exfat-fuse", "unzip": "unzip",
	} {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, program+" (Debian package "+debian+")")
		}
	}
	if len(missing) == 0 {
		return true
	}
	what := "this machine cannot mount disk images; it lacks " + strings.Join(missing, "; ")
	if os.Getenv(mountVariable) == "required" {
		t.Fatal(what)
	}
	notrun.Say(t, what)
	return false
}

// unsynced becomes the command, for which fsync and fdatasync succeed and do nothing.
func unsynced(command []string) error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	const none = unix.SECCOMP_RET_ERRNO // with the error 0
	filter := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}, // the number of the system call
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_FSYNC, Jt: 2},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_FDATASYNC, Jt: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		{Code: unix.BPF_RET | unix.BPF_K, K: none},
	}
	if err := install(filter); err != nil {
		return err
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		return err
	}
	return syscall.Exec(path, command, os.Environ())
}
