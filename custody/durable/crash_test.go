package durable_test

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
)

var errBroken = errors.New("the disk broke")

// stage makes an empty folder, prepared for a deed, and returns the path that the deed is about.
func stage(t *testing.T, d deed) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "target")
	if d.prepare != nil {
		if err := d.prepare(path); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// operations lists the operations of a deed that succeeds.
func operations(t *testing.T, d deed) []durable.Op {
	t.Helper()
	var ops []durable.Op
	disk := &durable.Disk{Hook: func(op durable.Op, _ string) error { ops = append(ops, op); return nil }}
	path := stage(t, d)
	if err := d.do(disk, path); err != nil {
		t.Fatal(err)
	}
	if got := snapshot(t, path); got != d.after {
		t.Fatalf("%.40q instead of %.40q", got, d.after)
	}
	return ops
}

// whole checks that the target is as before the deed or as after it, and that the deed can be
// done, or was done, on a sound disk afterwards.
func whole(t *testing.T, d deed, path, when string) {
	t.Helper()
	got := snapshot(t, path)
	if got != d.before && got != d.after {
		t.Errorf("%s: the target is %.40q", when, got)
	}
	var sound durable.Disk
	err := d.do(&sound, path)
	if got == d.before && err != nil {
		t.Errorf("%s: a second try: %v", when, err)
	}
	if got := snapshot(t, path); got != d.after {
		t.Errorf("%s: after a second try the target is %.40q", when, got)
	}
	if _, err := os.Lstat(path + ".part"); got == d.before && !os.IsNotExist(err) {
		t.Errorf("%s: a .part is left after a second try", when)
	}
}

// Each operation fails in turn: once alone, so that the cleaning up works, and once with all
// that come after it, as when the disk is gone.
func TestEachOperationFailing(t *testing.T) {
	for name, d := range deeds {
		t.Run(name, func(t *testing.T) {
			for at, op := range operations(t, d) {
				for _, gone := range []bool{false, true} {
					count := -1
					disk := &durable.Disk{Hook: func(durable.Op, string) error {
						if count++; count == at || gone && count > at {
							return errBroken
						}
						return nil
					}}
					path := stage(t, d)
					if err := d.do(disk, path); !errors.Is(err, errBroken) {
						t.Errorf("operation %d (%s) failed and the deed said %v", at, op, err)
					}
					if got := snapshot(t, path); got != d.before && op != durable.OpSyncDir {
						t.Errorf("operation %d (%s) failed and the target is %.40q", at, op, got)
					}
					_, err := os.Lstat(path + ".part")
					if !gone && op != durable.OpRemove && !os.IsNotExist(err) && d.prepare == nil {
						t.Errorf("operation %d (%s) failed and left a .part", at, op)
					}
					whole(t, d, path, "operation "+strconv.Itoa(at)+" ("+string(op)+")")
				}
			}
		})
	}
}

// A child is killed (SIGKILL) before each operation in turn.
func TestKilledBeforeEachOperation(t *testing.T) {
	for name, d := range deeds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for at, op := range operations(t, d) {
				path := stage(t, d)
				cmd := command(t, name, path, killAt+"="+strconv.Itoa(at))
				var exit *exec.ExitError
				if err := cmd.Run(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
					t.Fatalf("the child was not killed: %v", err)
				}
				whole(t, d, path, "killed before operation "+strconv.Itoa(at)+" ("+string(op)+")")
			}
		})
	}
}

// While another process writes the file nobody else may; once that process is killed the file
// can be written.
func TestKilledWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	cmd := command(t, "stream", path)
	kill := start(t, cmd, "writing")
	var d durable.Disk
	if err := d.Create(path, []byte(small), 0o600); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("a second writer: %v", err)
	}
	if err := d.Replace(path, []byte(small), 0o600); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("a second writer that replaces: %v", err)
	}
	kill()
	if got := snapshot(t, path); got != "" {
		t.Errorf("half a file under the final name: %.40q", got)
	}
	if len(snapshot(t, path+".part")) < 300_000 {
		t.Error("the child had not written: nothing was tested")
	}
	if err := d.Create(path, []byte(small), 0o600); err != nil || snapshot(t, path) != small {
		t.Errorf("after the kill: %v", err)
	}
}

// start starts a child, waits for the line that it prints, and returns what kills it.
func start(t *testing.T, cmd *exec.Cmd, line string) (kill func()) {
	t.Helper()
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	t.Cleanup(kill)
	if got, err := bufio.NewReader(out).ReadString('\n'); got != line+"\n" {
		t.Fatalf("the child said %q (%v)", got, err)
	}
	return kill
}

func TestDiskFullInMidWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	out, err := command(t, "full", path).Output()
	if err != nil || !strings.Contains(string(out), "file too large") {
		t.Errorf("%s %v", out, err)
	}
	if snapshot(t, path) != "" || snapshot(t, path+".part") != "" {
		t.Error("something is left")
	}
}

func TestShortWrite(t *testing.T) {
	for _, n := range []int{-1, 0, 5, len(small), 1 << 20} {
		path := filepath.Join(t.TempDir(), "target")
		var part string
		disk := &durable.Disk{Hook: func(op durable.Op, at string) error {
			switch op {
			case durable.OpWrite:
				return durable.ShortWrite{N: n}
			case durable.OpRemove:
				part = snapshot(t, at)
				return errBroken
			}
			return nil
		}}
		err := disk.Create(path, []byte(small), 0o600)
		if want := (durable.ShortWrite{N: n}); !errors.Is(err, want) {
			t.Errorf("%d: %v", n, err)
		}
		if want := small[:min(max(n, 0), len(small))]; part != want || snapshot(t, path+".part") != want {
			t.Errorf("%d: %q was written", n, part)
		}
		whole(t, deeds["Create"], path, "short write")
	}
}

// A write that fails names the file, even to somebody who is told of it by a writer on top.
func TestFailingWriteNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	disk := &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if op == durable.OpWrite {
			return errBroken
		}
		return nil
	}}
	var inside error
	_, err := disk.CreateFrom(path, 0o600, func(w io.Writer) error {
		_, inside = w.Write(make([]byte, 1<<20))
		return inside
	})
	want := []string{path + ".part"}
	if !slices.Equal(fault.Objects(inside), want) || !slices.Equal(fault.Objects(err), want) || !errors.Is(err, errBroken) {
		t.Errorf("inside %v, outside %v", inside, err)
	}
}

// The disk gives back something other than what was written.
func TestVerifyNoticesEveryChange(t *testing.T) {
	changes := map[string]func(part string) error{
		"a flipped bit":  func(part string) error { return overwrite(part, 3, "\x00") },
		"a longer file":  func(part string) error { return overwrite(part, int64(len(small)), "x") },
		"a shorter file": func(part string) error { return os.Truncate(part, 5) },
		"an empty file":  func(part string) error { return os.Truncate(part, 0) },
		"another file": func(part string) error {
			return errors.Join(os.Rename(part, part+".away"), os.WriteFile(part, []byte(small), 0o600))
		},
	}
	for what, change := range changes {
		path := filepath.Join(t.TempDir(), "target")
		disk := &durable.Disk{Hook: func(op durable.Op, at string) error {
			if op == durable.OpVerify {
				return change(at)
			}
			return nil
		}}
		if err := disk.Create(path, []byte(small), 0o600); !errors.Is(err, durable.ErrVerify) {
			t.Errorf("%s: %v", what, err)
		}
		if snapshot(t, path) != "" {
			t.Errorf("%s: the file got its final name", what)
		}
	}
}

func overwrite(path string, at int64, with string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(with), at)
	return errors.Join(err, f.Close())
}
