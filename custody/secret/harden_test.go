package secret_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/secret"
)

// role names the environment variable that makes the test binary a child with a part to play.
const role = "BAILIFF_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "harden":
		report()
	case "no-lock":
		forbidLocking()
		report()
	case "dumped":
		refuse(unix.SYS_MADVISE, unix.EPERM)
		report()
	case "pretended":
		refuse(unix.SYS_PRCTL, 0)
		report()
	case "ephemeral":
		beEphemeral()
	default:
		os.Exit(m.Run())
	}
}

// seen is what a child reports about itself after Harden.
type seen struct {
	Hardening secret.Hardening
	Dumpable  int
	Limits    string
	Status    string
	Content   string
}

// report hardens the child and prints what the kernel says of it.
func report() {
	runtime.LockOSThread()
	b := secret.From([]byte("kept"))
	s := seen{Hardening: secret.Harden(), Dumpable: -1}
	s.Content = string(bytes.Clone(b.Expose()))
	if n, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err == nil {
		s.Dumpable = n
	}
	limits, _ := os.ReadFile("/proc/self/limits")
	status, _ := os.ReadFile("/proc/self/status")
	s.Limits, s.Status = string(limits), string(status)
	_ = json.NewEncoder(os.Stdout).Encode(s)
}

// forbidLocking takes the right to lock memory from the thread that goes on.
func forbidLocking() {
	runtime.LockOSThread()
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Setrlimit(unix.RLIMIT_MEMLOCK, &unix.Rlimit{}); err != nil {
		panic(err)
	}
	if err := unix.Capset(&header, &none[0]); err != nil {
		panic(err)
	}
}

func child(t *testing.T, part string) seen {
	t.Helper()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), role+"="+part)
	if part == "pretended" && os.Geteuid() == 0 { // to whom nothing is closed
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var s seen
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return s
}

func TestHardenIsTrue(t *testing.T) {
	s := child(t, "harden")
	if !s.Hardening.Core || !regexp.MustCompile(`(?m)^Max core file size +0 +0 `).MatchString(s.Limits) {
		t.Errorf("core dumps: reported %v\n%s", s.Hardening.Core, s.Limits)
	}
	if !s.Hardening.Dumpable || s.Dumpable != 0 {
		t.Errorf("dumpable: reported %v, is %d", s.Hardening.Dumpable, s.Dumpable)
	}
	if s.Hardening.Locked != (lockedKB(t, s) > 16<<10) {
		t.Errorf("locked: reported %v, %d kB are", s.Hardening.Locked, lockedKB(t, s))
	}
	if s.Hardening.Locked != (len(s.Hardening.Notes) == 0) {
		t.Errorf("notes: %q", s.Hardening.Notes)
	}
}

func TestLockingRefusedIsReportedAndSecretsWork(t *testing.T) {
	s := child(t, "no-lock")
	if s.Hardening.Locked || lockedKB(t, s) != 0 {
		t.Errorf("locked: reported %v, %d kB are", s.Hardening.Locked, lockedKB(t, s))
	}
	notes := strings.Join(s.Hardening.Notes, "\n")
	for _, want := range []string{"locking the whole process", "65536 bytes of secret memory are not locked"} {
		if !strings.Contains(notes, want) {
			t.Errorf("no note of %q in %q", want, notes)
		}
	}
	if !s.Hardening.Core || !s.Hardening.Dumpable || s.Content != "kept" {
		t.Errorf("the rest suffered: %+v", s)
	}
}

// lockedKB returns VmLck of /proc/PID/status: what counts as locked memory, in kB.
func lockedKB(t *testing.T, s seen) int {
	t.Helper()
	match := regexp.MustCompile(`(?m)^VmLck:\s+(\d+) kB$`).FindStringSubmatch(s.Status)
	if match == nil {
		t.Fatalf("no VmLck in %s", s.Status)
	}
	n := 0
	for _, digit := range match[1] {
		n = 10*n + int(digit-'0')
	}
	return n
}

// beEphemeral says whether the process could be declared ephemeral, and calls Do after that.
func beEphemeral() {
	if err := secret.Ephemeral(); err != nil {
		panic(err)
	}
	runtime.LockOSThread()
	s := seen{Hardening: secret.Harden(), Dumpable: -1}
	secret.Do(func() { s.Content = "called" })
	if n, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err == nil {
		s.Dumpable = n
	}
	_ = json.NewEncoder(os.Stdout).Encode(s)
}

func TestEphemeralProcessIsHardened(t *testing.T) {
	s := child(t, "ephemeral")
	if !s.Hardening.Core || s.Dumpable != 0 || s.Content != "called" {
		t.Errorf("%+v", s)
	}
}
