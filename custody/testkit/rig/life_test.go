//go:build cgo

package rig_test

import (
	"bufio"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/testkit/rig"
)

// childOf in the environment makes of this test program one that starts a rig there, tells how it
// went, and waits.
const childOf = "BAILIFF_TEST_RIG_CHILD"

// child is that program.
func child(dir string) int {
	r, err := rig.Start(rig.Options{Dir: dir, Readers: 2})
	if err != nil {
		os.Stdout.WriteString(err.Error() + "\n")
		return 1
	}
	os.Stdout.WriteString(r.Env() + "\n")
	time.Sleep(time.Minute)
	return 0
}

// startChild starts it, as the user given, and returns what it says.
func startChild(t *testing.T, dir string, user *syscall.Credential) (*exec.Cmd, string) {
	t.Helper()
	self, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer self.Close()
	// By its descriptor: another user may not walk to where the test program lies.
	cmd := &exec.Cmd{Path: "/proc/self/fd/3", Args: []string{"rig.test"}, ExtraFiles: []*os.File{self}}
	cmd.Env = append(os.Environ(), childOf+"="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: user}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, strings.TrimSpace(said)
}

// TestKilled: what a program that is killed has started ends with it.
func TestKilled(t *testing.T) {
	dir := folder(t)
	cmd, said := startChild(t, dir, nil)
	socket := filepath.Join(dir, "pcscd.comm")
	if said != "PCSCLITE_CSOCK_NAME="+socket {
		t.Fatal(said)
	}
	attached, err := rig.Attach(dir)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := attached.Readers(); err != nil || len(names) != 2 {
		t.Errorf("readers %q, %v", names, err)
	}
	if conn, err := net.Dial("unix", socket); err != nil {
		t.Error(err)
	} else {
		conn.Close()
	}
	if _, err := rig.Start(rig.Options{Dir: dir}); !errors.Is(err, rig.ErrFolder) {
		t.Errorf("a second rig in the same folder: %v", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, dir)
}

// awaitEnd waits until nobody holds a rig's folder, nor listens there.
func awaitEnd(t *testing.T, dir string) {
	t.Helper()
	state := "nothing tried"
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		l, err := new(durable.Disk).Lock(filepath.Join(dir, "lock"))
		if err != nil {
			state = err.Error()
			continue
		}
		if err := l.Unlock(); err != nil {
			t.Fatal(err)
		}
		conn, err := net.Dial("unix", filepath.Join(dir, "pcscd.comm"))
		if err != nil {
			return
		}
		conn.Close()
		state = "the daemon answers"
	}
	t.Fatalf("the rig goes on: %s", state)
}

// TestOutOfReach: the driver's ports are not those of the machine.
func TestOutOfReach(t *testing.T) {
	for _, port := range []string{"35963", "35964", "35965", "35966"} {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			conn.Close()
			t.Errorf("port %s of the machine answers", port)
		}
	}
}

// TestUser: who is not root has a rig too, or is told that the kernel grants none.
func TestUser(t *testing.T) {
	dir := folder(t)
	var user *syscall.Credential // ourselves, unless we are root
	if os.Geteuid() == 0 {
		const nobody = 65534
		user = &syscall.Credential{Uid: nobody, Gid: nobody}
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	cmd, said := startChild(t, dir, user)
	if !strings.HasPrefix(said, "PCSCLITE_CSOCK_NAME=") && !strings.Contains(said, rig.ErrNamespace.Error()) {
		t.Fatal(said)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, dir)
}

// folder is a temporary folder with a path short enough for a socket, in one that anybody may walk.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rig")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestRefusals(t *testing.T) {
	if _, err := rig.Start(rig.Options{Dir: filepath.Join(t.TempDir(), strings.Repeat("x", 100))}); !errors.Is(err, rig.ErrFolder) {
		t.Errorf("a path too long for a socket: %v", err)
	}
	if _, err := rig.Start(rig.Options{Dir: folder(t), Readers: 17}); !errors.Is(err, rig.ErrStart) {
		t.Errorf("17 readers: %v", err)
	}
	if _, err := shared.NewCard(rig.CardOptions{Firmware: "6.0"}); !errors.Is(err, rig.ErrCard) {
		t.Errorf("firmware 6.0: %v", err)
	}
	c, _ := insert(t, 0, rig.CardOptions{})
	if err := c.Insert(1); !errors.Is(err, rig.ErrTaken) {
		t.Errorf("in two readers: %v", err)
	}
	other, err := shared.NewCard(rig.CardOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for reader, want := range map[int]error{0: rig.ErrTaken, 4: rig.ErrCard, -1: rig.ErrCard} {
		if err := other.Insert(reader); !errors.Is(err, want) {
			t.Errorf("into reader %d: %v", reader, err)
		}
	}
	if err := other.Remove(); !errors.Is(err, rig.ErrCard) {
		t.Errorf("out of no reader: %v", err)
	}
}

// TestKept: a card whose file is named comes back as it was.
func TestKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "card.json")
	c, reader := insert(t, 1, rig.CardOptions{Serial: 77, File: file})
	y := open(t, reader)
	if err := y.VerifyPIN("999999"); err == nil {
		t.Fatal("a wrong PIN was right")
	}
	if err := errors.Join(y.Close(), c.Remove()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	_, reader = insert(t, 1, rig.CardOptions{File: file})
	y = open(t, reader)
	if n, err := y.Serial(); err != nil || n != 77 {
		t.Errorf("serial %d, %v", n, err)
	}
	if n, err := y.Retries(); err != nil || n != 2 {
		t.Errorf("%d tries, %v", n, err)
	}
}
