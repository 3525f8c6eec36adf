package durable_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
)

func TestCreateFollowsTheRule(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "target")
	var steps []string
	disk := &durable.Disk{Hook: func(op durable.Op, at string) error {
		name, err := filepath.Rel(dir, at)
		steps = append(steps, string(op)+" "+name)
		if snapshot(t, path) != "" && op != durable.OpSyncDir {
			t.Errorf("the final name exists before %s", op)
		}
		return err
	}}
	if err := disk.Create(path, []byte(small), 0o640); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"create target.part", "write target.part", "sync target.part", "verify target.part",
		"rename target", "sync-dir .",
	}
	if !slices.Equal(steps, want) {
		t.Errorf("%q", steps)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o640 || snapshot(t, path) != small {
		t.Errorf("%v %v %q", info.Mode(), err, snapshot(t, path))
	}
	if snapshot(t, dir) != "directory: target" {
		t.Error(snapshot(t, dir))
	}
}

func TestCreateEmptyAndUnreadableByOthers(t *testing.T) {
	var d durable.Disk
	path := filepath.Join(t.TempDir(), "target")
	if err := d.Create(path, nil, 0o400); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 || info.Mode() != 0o400 {
		t.Error(info, err)
	}
}

func TestCreateFromStreamsAndDescribes(t *testing.T) {
	const pieces, piece = 400, 50_000
	path := filepath.Join(t.TempDir(), "target")
	var d durable.Disk
	want := sha256.New()
	written, err := d.CreateFrom(path, 0o600, func(w io.Writer) error {
		for i := range pieces {
			data := bytes.Repeat([]byte{byte(i)}, piece)
			want.Write(data)
			if _, err := w.Write(data); err != nil {
				return err
			}
			info, err := os.Stat(path + ".part")
			if err != nil {
				return err
			}
			if held := int64((i+1)*piece) - info.Size(); held > 256<<10 {
				return fmt.Errorf("%d bytes are held back", held)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if written.Size != pieces*piece || !bytes.Equal(written.Sum[:], want.Sum(nil)) {
		t.Errorf("%+v", written)
	}
	if sum := sha256.Sum256([]byte(snapshot(t, path))); sum != written.Sum {
		t.Error("the file is not what was written")
	}
}

func TestCreateFromFailsWithItsSource(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	var d durable.Disk
	_, err := d.CreateFrom(path, 0o600, func(w io.Writer) error {
		_, _ = io.WriteString(w, stream)
		return errBroken
	})
	if !errors.Is(err, errBroken) {
		t.Error(err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = d.CreateFrom(path, 0o600, func(io.Writer) error { panic("the source panics") })
	}()
	if got := snapshot(t, filepath.Dir(path)); got != "directory:" {
		t.Error(got)
	}
}

// A writer that overlooks the error of a write does not make a file.
func TestCreateFromNoticesOverlookedErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	failures := 1
	disk := &durable.Disk{Hook: func(op durable.Op, _ string) error {
		if op == durable.OpWrite && failures > 0 {
			failures--
			return errBroken
		}
		return nil
	}}
	_, err := disk.CreateFrom(path, 0o600, func(w io.Writer) error {
		for range 10 {
			_, _ = io.WriteString(w, stream)
		}
		return nil
	})
	if !errors.Is(err, errBroken) || snapshot(t, path) != "" {
		t.Errorf("%v %.40q", err, snapshot(t, path))
	}
}

// things makes one thing of each kind that may stand where a file is to be.
func things(t *testing.T, dir string) map[string]string {
	t.Helper()
	elsewhere := filepath.Join(dir, "elsewhere")
	socket := filepath.Join(dir, "socket")
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	err = errors.Join(
		os.WriteFile(elsewhere, []byte("precious"), 0o600),
		os.Symlink(elsewhere, filepath.Join(dir, "symlink")),
		os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "dangling")),
		os.Mkdir(filepath.Join(dir, "directory"), 0o700),
		unix.Mkfifo(filepath.Join(dir, "fifo"), 0o600),
		unix.Bind(fd, &unix.SockaddrUnix{Name: socket}),
	)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{"socket": socket}
	for _, name := range []string{"symlink", "dangling", "directory", "fifo"} {
		out[name] = filepath.Join(dir, name)
	}
	return out
}

func TestCreateNeverOverwrites(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	taken := things(t, dir)
	taken["file"] = filepath.Join(dir, "elsewhere")
	for what, path := range taken {
		before := snapshot(t, path)
		err := d.Create(path, []byte(small), 0o600)
		if !errors.Is(err, durable.ErrExists) || !slices.Contains(fault.Objects(err), path) {
			t.Errorf("%s: %v", what, err)
		}
		if snapshot(t, path) != before || snapshot(t, path+".part") != "" {
			t.Errorf("%s was changed", what)
		}
	}
	if snapshot(t, filepath.Join(dir, "nowhere")) != "" || snapshot(t, filepath.Join(dir, "elsewhere")) != "precious" {
		t.Error("a symlink was followed")
	}
}

// Somebody takes the final name between the first look and the renaming.
func TestCreateLosesTheNameAtTheLastMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "target")
	disk := &durable.Disk{Hook: func(op durable.Op, at string) error {
		if op == durable.OpRename {
			return os.WriteFile(at, []byte("precious"), 0o600)
		}
		return nil
	}}
	if err := disk.Create(path, []byte(small), 0o600); !errors.Is(err, durable.ErrExists) {
		t.Error(err)
	}
	if snapshot(t, path) != "precious" || snapshot(t, path+".part") != "" {
		t.Errorf("%q", snapshot(t, path))
	}
}

func TestReplaceRefusesWhatIsNoFile(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	for what, path := range things(t, dir) {
		before := snapshot(t, path)
		if err := d.Replace(path, []byte(small), 0o600); !errors.Is(err, durable.ErrNotRegular) {
			t.Errorf("%s: %v", what, err)
		}
		if snapshot(t, path) != before {
			t.Errorf("%s was changed", what)
		}
	}
}

func TestLeftOverIsRemovedOnlyIfRegular(t *testing.T) {
	var d durable.Disk
	dir := t.TempDir()
	for what, thing := range things(t, dir) {
		path := filepath.Join(dir, "target-"+what)
		if err := os.Rename(thing, path+".part"); err != nil {
			t.Fatal(err)
		}
		before := snapshot(t, path+".part")
		for _, write := range []func(string, []byte, fs.FileMode) error{d.Create, d.Replace} {
			if err := write(path, []byte(small), 0o600); !errors.Is(err, durable.ErrNotRegular) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if snapshot(t, path) != "" || snapshot(t, path+".part") != before {
			t.Errorf("%s was changed", what)
		}
	}
	path := filepath.Join(dir, "target")
	if err := os.WriteFile(path+".part", []byte(strings.Repeat("longer than the content", 9)), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := d.Create(path, []byte(small), 0o600); err != nil || snapshot(t, path) != small {
		t.Errorf("%v %q", err, snapshot(t, path))
	}
}

func TestNamesThatAreNone(t *testing.T) {
	t.Chdir(t.TempDir())
	var d durable.Disk
	for _, path := range []string{"", ".", "..", "/", "x/..", "../..", "a\x00b", "x.part"} {
		if err := d.Create(path, nil, 0o600); !errors.Is(err, durable.ErrName) {
			t.Errorf("%q: %v", path, err)
		}
	}
	if got := snapshot(t, "."); got != "directory:" {
		t.Error(got)
	}
	if err := d.Create("missing/target", nil, 0o600); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := d.Create("relative", []byte(small), 0o600); err != nil || snapshot(t, "relative") != small {
		t.Error(err)
	}
}
