package durable_test

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"testing"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
)

// Environment variables that make the test binary a child with a part to play.
const (
	role   = "BAILIFF_TEST_ROLE"
	where  = "BAILIFF_TEST_PATH"
	killAt = "BAILIFF_TEST_KILL_AT"
)

func TestMain(m *testing.M) {
	path := os.Getenv(where)
	switch os.Getenv(role) {
	case "":
		os.Exit(m.Run())
	case "lock":
		holdLock(path)
	case "stream":
		streamForEver(path)
	case "full":
		fillDisk(path)
	default:
		killedDuring(os.Getenv(role), path)
	}
}

// command is a child that plays a part on path.
func command(t *testing.T, part, path string, env ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(append(os.Environ(), role+"="+part, where+"="+path), env...)
	cmd.Stderr = os.Stderr
	return cmd
}

// killedDuring does a deed and kills its own process before the operation that killAt counts.
func killedDuring(deed, path string) {
	left, err := strconv.Atoi(os.Getenv(killAt))
	if err != nil {
		panic(err)
	}
	d := &durable.Disk{Hook: func(durable.Op, string) error {
		if left--; left < 0 {
			_ = unix.Kill(unix.Getpid(), unix.SIGKILL)
			select {}
		}
		return nil
	}}
	if err := deeds[deed].do(d, path); err != nil {
		panic(err)
	}
}

// holdLock takes a lock, says so, and keeps it until its input ends.
func holdLock(path string) {
	var d durable.Disk
	lock, err := d.Lock(path)
	if err != nil {
		panic(err)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = lock.Unlock()
}

// streamForEver writes a file without end and says when it is well under way.
func streamForEver(path string) {
	var d durable.Disk
	_, err := d.CreateFrom(path, 0o600, func(w io.Writer) error {
		for i := 0; ; i++ {
			if _, err := w.Write(bytes.Repeat([]byte("endless "), 1<<12)); err != nil {
				return err
			}
			if i == 20 {
				fmt.Println("writing")
			}
			if i > 20 { // to the end, but slowly: the parent kills the child
				_, _ = io.Copy(io.Discard, os.Stdin)
			}
		}
	})
	panic(err)
}

// fillDisk fails as on a full disk: the kernel takes the first 100,000 bytes of a file and no more.
func fillDisk(path string) {
	signal.Ignore(unix.SIGXFSZ)
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 100_000, Max: 100_000}); err != nil {
		panic(err)
	}
	var d durable.Disk
	fmt.Println(d.Create(path, make([]byte, 300_000), 0o600))
}

// deed is one way to change the disk, for the tests that break it at every operation.
type deed struct {
	prepare func(path string) error
	do      func(d *durable.Disk, path string) error
	before  string // what stands under path before, "" for nothing
	after   string
}

var (
	small  = "the whole content\n"
	stream = string(bytes.Repeat([]byte("0123456789abcdef"), 50_000)) // several blocks
)

// deeds change what snapshot sees from before to after.
var deeds = map[string]deed{
	"Create": {
		do:    func(d *durable.Disk, path string) error { return d.Create(path, []byte(small), 0o600) },
		after: small,
	},
	"CreateFrom": {
		do: func(d *durable.Disk, path string) error {
			_, err := d.CreateFrom(path, 0o600, func(w io.Writer) error {
				_, err := io.Copy(w, struct{ io.Reader }{bytes.NewReader([]byte(stream))})
				return err
			})
			return err
		},
		after: stream,
	},
	"Create after a crash": {
		prepare: func(path string) error { return os.WriteFile(path+".part", []byte("left over"), 0o600) },
		do:      func(d *durable.Disk, path string) error { return d.Create(path, []byte(small), 0o600) },
		after:   small,
	},
	"Replace": {
		prepare: func(path string) error { return os.WriteFile(path, []byte("old"), 0o600) },
		do:      func(d *durable.Disk, path string) error { return d.Replace(path, []byte("new"), 0o600) },
		before:  "old", after: "new",
	},
	"Replace nothing": {
		do:    func(d *durable.Disk, path string) error { return d.Replace(path, []byte("new"), 0o600) },
		after: "new",
	},
	"Mkdir": {
		do:    func(d *durable.Disk, path string) error { return d.Mkdir(path, 0o700) },
		after: "directory:",
	},
	"RenameDir": {
		prepare: func(path string) error {
			if err := os.Mkdir(path+".draft", 0o700); err != nil {
				return err
			}
			return os.WriteFile(path+".draft/kit.txt", nil, 0o600)
		},
		do:    func(d *durable.Disk, path string) error { return d.RenameDir(path+".draft", path) },
		after: "directory: kit.txt",
	},
	"Remove": {
		prepare: func(path string) error { return os.WriteFile(path, []byte("old"), 0o600) },
		do:      func(d *durable.Disk, path string) error { return d.Remove(path) },
		before:  "old",
	},
}

// snapshot tells what stands under path.
func snapshot(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Lstat(path)
	if os.IsNotExist(err) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		entries, err := os.ReadDir(path)
		if err != nil {
			t.Fatal(err)
		}
		out := "directory:"
		for _, e := range entries {
			out += " " + e.Name()
		}
		return out
	}
	if info.Mode()&fs.ModeType != 0 {
		return info.Mode().Type().String()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
