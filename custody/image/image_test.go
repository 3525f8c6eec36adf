package image_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"bailiff/custody/image"
	"bailiff/custody/testkit/notrun"
)

// The test program plays the programs that run from an image: what it does is its first argument.
const (
	enter   = "enter"   // enters an image, and tells about itself
	again   = "again"   // enters one, and starts itself again
	loose   = "loose"   // runs from a copy that could be read, and was locked after its start
	noexec  = "noexec"  // enters one where the kernel runs nothing from memory
	waiting = "waiting" // enters one, and waits for its input to end
	panics  = "panics"  // enters one, and panics
)

const name = "image-test"

var running, exposed = play()

// play enters an image, as package launch does: early, and on the thread that the process began with.
func play() (*image.Image, error) {
	if len(os.Args) < 2 || os.Args[0] != name {
		return nil, nil
	}
	switch os.Args[1] {
	case loose:
		must(os.Chmod("/proc/self/exe", 0o100))
	case noexec:
		must(os.WriteFile("/proc/sys/vm/memfd_noexec", []byte("2"), 0))
	}
	return image.Enter()
}

func TestMain(m *testing.M) {
	if len(os.Args) < 2 || os.Args[0] != name {
		os.Exit(m.Run())
	}
	if os.Args[1] == again && len(os.Args) == 2 {
		child := &exec.Cmd{Path: "/proc/self/exe", Args: []string{name, again, "child"}, Stdout: os.Stdout, Stderr: os.Stderr}
		_ = child.Run()
		os.Exit(child.ProcessState.ExitCode())
	}
	if os.Args[1] == panics {
		panic("a fault")
	}
	must(json.NewEncoder(os.Stdout).Encode(tell(running, exposed)))
	if os.Args[1] == waiting {
		_, _ = io.Copy(io.Discard, os.Stdin)
	}
	os.Exit(7)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// told is what a process says of itself.
type told struct {
	PID, Dumpable, Died int
	Args, Env           []string
	Digest              []byte
	Error, NoDigest     string
	Names               []string // of its threads
	Written, Leaking    bool     // its copy could be written to; is handed on to its children
	Readable            bool     // its own file, to itself
}

func tell(i *image.Image, entered error) (s told) {
	runtime.LockOSThread()
	s = told{PID: os.Getpid(), Args: os.Args, Env: os.Environ()}
	s.Dumpable, _ = unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	var signal int32
	_, _, _ = unix.Syscall(unix.SYS_PRCTL, unix.PR_GET_PDEATHSIG, uintptr(unsafe.Pointer(&signal)), 0)
	s.Died = int(signal)
	if entered != nil {
		s.Error = entered.Error()
	}
	sum, err := i.Digest()
	if s.Digest = sum[:]; err != nil {
		s.NoDigest = err.Error()
	}
	s.Readable = unix.Access("/proc/self/exe", unix.R_OK) == nil
	threads, _ := filepath.Glob("/proc/self/task/*/comm")
	for _, thread := range threads {
		text, _ := os.ReadFile(thread)
		s.Names = append(s.Names, strings.TrimSpace(string(text)))
	}
	running, err := os.Stat("/proc/self/exe")
	must(err)
	for fd := 3; fd < 64; fd++ {
		info, err := os.Stat(fmt.Sprintf("/proc/self/fd/%d", fd))
		if err != nil || !os.SameFile(info, running) {
			continue
		}
		flags, _ := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
		s.Leaking = s.Leaking || flags&unix.FD_CLOEXEC == 0
		_, err = unix.Pwrite(fd, []byte{0}, 0)
		s.Written = s.Written || err == nil || unix.Ftruncate(fd, 1) == nil
	}
	return s
}

// nobody is a user who owns nothing, which is whom the programs run as where the test runs as root.
const nobody = 65534

// start prepares the test program to run as an ordinary user, from program: another user may not walk to where
// it lies.
func start(t *testing.T, program *os.File, args ...string) *exec.Cmd {
	t.Helper()
	cmd := &exec.Cmd{Path: "/proc/self/fd/3", Args: append([]string{name}, args...), Dir: "/", ExtraFiles: []*os.File{program}}
	cmd.Env = []string{
		"LANG=C", "LD_PRELOAD=/nonexistent.so", "GLIBC_TUNABLES=glibc.malloc.check=3", "GOTRACEBACK=crash",
		"LIBPCSCLITE_DELEGATE=libpcscspy.so.0", "GODEBUG=rsa1024min=0", "GOGC=off", "GOMEMLIMIT=1", "KEPT=yes",
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	cmd.Stderr = os.Stderr
	return cmd
}

func own(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// hear runs it to its end and returns what it said.
func hear(t *testing.T, cmd *exec.Cmd, code int) (s told) {
	t.Helper()
	runtime.LockOSThread() // with which a process that was started dies
	defer runtime.UnlockOSThread()
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
		t.Fatalf("%v, %s", err, out.String())
	}
	if err := json.Unmarshal(out.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEntered: the process is what it was to whoever started it, closed from its beginning on, and knows the digest of
// the bytes that run.
func TestEntered(t *testing.T) {
	cmd := start(t, own(t), enter, "with", "", "arguments")
	s := hear(t, cmd, 7)
	if s.Error != "" || s.Dumpable == 1 || s.Readable {
		t.Errorf("readable: %+v", s)
	}
	if s.PID != cmd.Process.Pid || !slices.Equal(s.Args, cmd.Args) || s.Died != int(syscall.SIGKILL) {
		t.Errorf("another process: %+v", s)
	}
	if !slices.Equal(s.Env, []string{"LANG=C", "KEPT=yes", "GOTRACEBACK=none"}) {
		t.Errorf("environment: %q", s.Env)
	}
	if called := slices.Compact(s.Names); len(called) != 1 || called[0] != filepath.Base(os.Args[0]) {
		t.Errorf("called %q", s.Names)
	}
	if want := digestOf(t); !bytes.Equal(s.Digest, want) || s.NoDigest != "" {
		t.Errorf("digest %x, not %x: %s", s.Digest, want, s.NoDigest)
	}
	if s.Written || s.Leaking {
		t.Errorf("the copy: %+v", s)
	}
}

// TestPanicShowsNoStack: of a panic its own words are shown, and nothing that stands on a stack.
func TestPanicShowsNoStack(t *testing.T) {
	cmd := start(t, own(t), panics)
	cmd.Stderr = nil
	said, err := cmd.Output()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || len(said) > 0 {
		t.Fatalf("%v, %s", err, said)
	}
	// A test program that is linked with C has its linker complain of what the first stage was set to load.
	linker := regexp.MustCompile(`(?m)^ERROR: ld\.so: .*\n`)
	if words := linker.ReplaceAllString(string(exit.Stderr), ""); words != "panic: a fault\n" {
		t.Errorf("%q", words)
	}
}

func digestOf(t *testing.T) []byte {
	t.Helper()
	h := sha256.New()
	if _, err := io.Copy(h, own(t)); err != nil {
		t.Fatal(err)
	}
	return h.Sum(nil)
}

// TestChildOfEntered: what the program starts as /proc/self/exe is closed from its beginning on too.
func TestChildOfEntered(t *testing.T) {
	s := hear(t, start(t, own(t), again), 7)
	if s.Error != "" || s.Dumpable == 1 || s.Readable || len(s.Args) != 3 {
		t.Errorf("%+v", s)
	}
	if !strings.HasSuffix(s.NoDigest, image.ErrNoDigest.Error()+": open /proc/self/exe: permission denied") {
		t.Errorf("without the copy, a digest: %q", s.NoDigest)
	}
}

// TestCopyThatWasReadable: a process that runs from a copy which could be read when it began says so.
func TestCopyThatWasReadable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy")
	made, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o500)
	if err == nil {
		_, err = io.Copy(made, own(t))
	}
	if err == nil && os.Geteuid() == 0 {
		err = made.Chown(nobody, nobody)
	}
	if err == nil {
		err = made.Close()
	}
	program, opened := os.Open(path)
	if err := errors.Join(err, opened); err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	if s := hear(t, start(t, program, loose), 7); s.Error != image.ErrReadable.Error() {
		t.Errorf("%+v", s)
	}
}

// TestNothingRunsFromMemory: where the kernel runs nothing from memory files, that is said, and the program goes on.
func TestNothingRunsFromMemory(t *testing.T) {
	if unix.Access("/proc/sys/vm/memfd_noexec", unix.W_OK) != nil { // nor may root of a namespace of users
		notrun.Say(t, "it sets vm.memfd_noexec, for its child alone, which needs root")
		return
	}
	cmd := start(t, own(t), noexec)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID}
	s := hear(t, cmd, 7)
	if s.Error != "vm.memfd_noexec: "+image.ErrForbidden.Error() || !bytes.Equal(s.Digest, digestOf(t)) {
		t.Errorf("%+v", s)
	}
}

// TestNamespaceOfUsers: whoever made the namespace of users that a process runs in reads it, whatever it runs from. It
// says so, as root there and as anybody.
func TestNamespaceOfUsers(t *testing.T) {
	for _, inside := range []int{0, 1000} {
		cmd := start(t, own(t), enter)
		outside := os.Geteuid()
		if outside == 0 {
			outside = nobody
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: inside, HostID: outside, Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: inside, HostID: outside, Size: 1}},
			Credential:  &syscall.Credential{Uid: uint32(inside), Gid: uint32(inside), NoSetGroups: true},
		}
		if os.Geteuid() != 0 {
			cmd.SysProcAttr.GidMappings[0].HostID = os.Getegid()
		}
		if probe := (&exec.Cmd{Path: "/bin/true", SysProcAttr: cmd.SysProcAttr}).Run(); probe != nil {
			notrun.Say(t, "it makes a namespace of users: "+probe.Error())
			return
		}
		if s := hear(t, cmd, 7); s.Error != image.ErrNamespace.Error() || !bytes.Equal(s.Digest, digestOf(t)) {
			t.Errorf("as %d: %+v", inside, s)
		}
	}
}

// TestEnteredIsShut: nobody of the same user opens anything of the process.
func TestEnteredIsShut(t *testing.T) {
	cmd := start(t, own(t), waiting)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close(); _ = cmd.Wait() }()
	if err := json.NewDecoder(out).Decode(new(told)); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"mem", "maps", "exe", "fd", "environ"} {
		look := &exec.Cmd{Path: "/usr/bin/head", Args: []string{"head", "-c", "1", fmt.Sprintf("/proc/%d/%s", cmd.Process.Pid, file)}}
		look.SysProcAttr = cmd.SysProcAttr
		look.Env = []string{"LC_ALL=C"}
		if said, err := look.CombinedOutput(); err == nil || !strings.Contains(string(said), "Permission denied") {
			t.Errorf("%s: %v %s", file, err, said)
		}
	}
}
