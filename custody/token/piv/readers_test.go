//go:build cgo

package piv

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/rig"
	"bailiff/custody/testkit/virtual"
	"bailiff/custody/token"
)

// childVariable makes the test binary be another process that uses smart cards.
const childVariable = "PIV_TEST_CHILD"

// child does one thing, says so on its output, and ends with its input.
func child(what string) int {
	switch name, _ := strings.CutPrefix(what, "hold "); {
	case name != what:
		if _, err := openDevice(name, callTime); err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println("holding")
	case what == "hide":
		fmt.Println(secret.Harden().Dumpable)
	case what == "holders":
		fmt.Println(holders())
	default:
		_, err := (&Readers{}).List(context.Background())
		for _, e := range []error{ErrDaemon, ErrPermission, ErrNoReader} {
			if errors.Is(err, e) {
				fmt.Println(e)
			}
		}
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

// start runs the child, and returns what it says and its process.
func start(t *testing.T, what, socket string, as *syscall.Credential) (said string, cmd *exec.Cmd) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if as != nil { // the folder of the test binary is its user's alone
		exe = copied(t, exe)
	}
	cmd = exec.Command(exe)
	cmd.Env = append(os.Environ(), childVariable+"="+what, "PCSCLITE_CSOCK_NAME="+socket)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%s said %q, %v", what, line, err)
	}
	return strings.TrimSpace(line), cmd
}

func copied(t *testing.T, exe string) string {
	data, err := os.ReadFile(exe)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "piv")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "piv.test")
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(path, data, 0o755)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestList(t *testing.T) {
	one := insert(t, 0, rig.CardOptions{Serial: 20005001})
	insert(t, 2, rig.CardOptions{Serial: 20005002, Firmware: "5.4.3", FormFactor: 3})
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	r := &Readers{}
	c := open(t, r, "20005002")
	_ = one.EmptyLog()
	list, err := r.List(context.Background())
	if err != nil || len(list) != readers {
		t.Fatalf("%d readers, %v", len(list), err)
	}
	for _, got := range list {
		want := Reader{Name: got.Name, State: Empty}
		switch got.Name {
		case names[0]:
			want.State, want.Serial, want.FormFactor = Usable, "20005001", 1
			want.Firmware.Major, want.Firmware.Minor, want.Firmware.Patch = 5, 7, 1
		case names[2]:
			want.State, want.Serial, want.FormFactor = Held, "20005002", 3
			want.Firmware.Major, want.Firmware.Minor, want.Firmware.Patch = 5, 4, 3
		}
		if got.State != want.State || got.Serial != want.Serial || got.FormFactor != want.FormFactor || got.Firmware != want.Firmware || got.Err != nil {
			t.Errorf("listed %+v, want %+v", got, want)
		}
	}
	log, err := one.Log()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range log {
		if !slices.Contains([]byte{0xa4, 0xfd, 0xf8, 0x1d}, x.INS) {
			t.Errorf("to list, a card is asked %02x", x.INS)
		}
	}
	if _, err := r.Open(context.Background(), "20005002", nil); !errors.Is(err, token.ErrBusy) {
		t.Errorf("opened twice: %v", err)
	}
	_ = c.Close()
	open(t, r, "20005002")
	if _, err := r.Open(context.Background(), "20005003", nil); !errors.Is(err, token.ErrAbsent) {
		t.Errorf("a card that is in no reader: %v", err)
	}
	if _, err := r.Open(context.Background(), "020005002", nil); !errors.Is(err, token.ErrSerial) {
		t.Errorf("no serial number: %v", err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.List(cancelled); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A card without PIV does not keep its reader taken, nor a descriptor.
func TestForeign(t *testing.T) {
	soft := insert(t, 0, rig.CardOptions{Serial: serial()})
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	r := &Readers{}
	before := len(connections())
	for range 5 {
		if err := soft.Arm(virtual.Failure{At: 1, Do: virtual.AnswerInstead, Status: 0x6a82}); err != nil {
			t.Fatal(err)
		}
		if one, c := r.look(names[0]); c != nil || one.State != Foreign || !errors.Is(one.Err, ErrForeign) {
			t.Errorf("found %+v", one)
		}
	}
	if n := len(connections()); n != before {
		t.Errorf("%d connections to the daemon, %d before", n, before)
	}
	if one, c := r.look(names[0]); c == nil {
		t.Errorf("a YubiKey in the reader that had another card: %+v", one)
	} else {
		_ = c.Close()
	}
}

// A card that is pulled out while it is looked at leaves a reader that takes the next one.
func TestLookRemoved(t *testing.T) {
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	r := &Readers{}
	cards := everywhere(t)
	side(t, removals(6), func(t *testing.T, reader int, m mishap) {
		if err := cards[reader].Arm(virtual.Failure{At: m.at, Do: m.do}); err != nil {
			t.Error(m, err)
		}
		if one, c := r.look(names[reader]); c != nil || one.State != Empty && one.State != Failed {
			t.Errorf("%v: found %+v", m, one)
		}
		again(t, cards[reader], reader)
		_ = openIn(t, r, reader).Close()
	})
}

// A held card that answers a look wrongly is given up, and its reader with it: nothing stays taken.
func TestLookRefused(t *testing.T) {
	soft := insert(t, 0, rig.CardOptions{Serial: 20003011})
	r := &Readers{}
	c := open(t, r, "20003011")
	if err := soft.Arm(virtual.Failure{At: 1, Do: virtual.AnswerInstead, Status: 0x6982}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.List(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Tries(); !errors.Is(err, token.ErrRemoved) {
		t.Errorf("the card that was held: %v", err)
	}
	open(t, r, "20003011")
}

func TestBusy(t *testing.T) {
	insert(t, 0, rig.CardOptions{Serial: 20005101})
	names, err := shared.Readers()
	if err != nil {
		t.Fatal(err)
	}
	said, cmd := start(t, "hold "+names[0], shared.Socket(), nil)
	if said != "holding" {
		t.Fatal(said)
	}
	r := &Readers{}
	list, err := r.List(context.Background())
	if err != nil || list[0].State != Busy {
		t.Errorf("listed %+v, %v", list[0], err)
	}
	if pid := fmt.Sprintf("(%d)", cmd.Process.Pid); !slices.ContainsFunc(list[0].Holders, func(h string) bool { return strings.HasSuffix(h, pid) }) {
		t.Errorf("held by %q, want process %s", list[0].Holders, pid)
	}
	_, err = r.Open(context.Background(), "20005101", nil)
	if !errors.Is(err, token.ErrBusy) || fault.Objects(err)[0] != names[0] {
		t.Errorf("opened: %v", err)
	}
}

// A run of bailiff that hides from its own user, as every run does, is named to that user all the same.
func TestHiddenHolder(t *testing.T) {
	said, hidden := start(t, "hide", shared.Socket(), unprivileged())
	if said != "true" {
		t.Fatalf("it does not hide: %s", said)
	}
	said, _ = start(t, "holders", shared.Socket(), unprivileged())
	if pid := fmt.Sprintf("(%d)", hidden.Process.Pid); !strings.Contains(said, pid) {
		t.Errorf("holders are %s, want process %s", said, pid)
	}
}

// unprivileged is a user who owns nothing where the tests run as root, nil elsewhere.
func unprivileged() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	const nobody = 65534
	return &syscall.Credential{Uid: nobody, Gid: nobody}
}

func TestDaemon(t *testing.T) {
	dir := t.TempDir()
	if said, _ := start(t, "list", filepath.Join(dir, "nothing"), nil); said != ErrDaemon.Error() {
		t.Errorf("no socket: %s", said)
	}
	path := filepath.Join(dir, socketName)
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := errors.Join(os.Chmod(path, 0), os.Chmod(dir, 0o755), os.Chmod(filepath.Dir(dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	if said, _ := start(t, "list", path, unprivileged()); said != ErrPermission.Error() {
		t.Errorf("a socket that is not ours to use: %s", said)
	}
}
