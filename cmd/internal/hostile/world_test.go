package hostile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"golang.org/x/sys/unix"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

const (
	root       = "../../../testdata/"
	pin        = "rehearse-4711"        // of every token of the good world
	passphrase = "correct horse"        // of every officer's secret key
	goodTime   = "2026-11-21T18:00:00Z" // when the good world is looked at
)

// world is a copy of testdata/good in which a vector happens.
type world struct {
	testing.TB
	dir       string
	now       time.Time
	tokens    []string // at the table
	disk      *durable.Disk
	keys      map[int]*packet.PrivateKey // the officers', once opened
	meanwhile func()                     // happens between check and use
	devices   *custodytest.Production    // of the vault that flipWorld founds
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, dir: t.TempDir(), tokens: []string{"c01", "c02"}, disk: new(durable.Disk), meanwhile: func() {}, keys: map[int]*packet.PrivateKey{}}
	w.must(os.CopyFS(w.dir, os.DirFS(root+"good")))
	w.now = w.time(goodTime)
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) time(s string) time.Time {
	w.Helper()
	t, err := keyvalue.Time(s)
	w.must(err)
	return t
}

func (w *world) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *world) read(name string) []byte {
	w.Helper()
	data, err := os.ReadFile(w.path(name))
	w.must(err)
	return data
}

func (w *world) put(name string, data []byte) {
	w.Helper()
	w.must(os.MkdirAll(filepath.Dir(w.path(name)), 0o755))
	w.must(os.RemoveAll(w.path(name)))
	w.must(os.WriteFile(w.path(name), data, 0o644))
}

// enter puts a vector into the world.
func (w *world) enter(v *vector) {
	w.Helper()
	for _, p := range v.also {
		w.put(p.file, p.data)
	}
	if v.file != "" {
		w.put(v.file, v.body)
		return
	}
	for line := range strings.Lines(string(v.body)) {
		if later, ok := strings.CutPrefix(line, "meanwhile "); ok {
			w.meanwhile = func() { w.step(later) }
			continue
		}
		w.step(line)
	}
}

func (w *world) step(line string) {
	w.Helper()
	words := strings.Fields(line)
	step, ok := steps[words[0]]
	if !ok {
		w.Fatalf("unknown step %q", line)
	}
	w.must(step(w, words[1:]))
}

// steps are the steps of vectors that are situations and no bytes; testdata/README.md lists them.
var steps = map[string]func(*world, []string) error{
	"now":     func(w *world, a []string) error { w.now = w.time(a[0]); return nil },
	"tokens":  func(w *world, a []string) error { w.tokens = a; return nil },
	"remove":  func(w *world, a []string) error { return os.RemoveAll(w.path(a[0])) },
	"rename":  func(w *world, a []string) error { return os.Rename(w.path(a[0]), w.path(a[1])) },
	"symlink": func(w *world, a []string) error { return os.Symlink(a[1], w.path(a[0])) },
	"fifo":    func(w *world, a []string) error { return unix.Mkfifo(w.path(a[0]), 0o644) },
	"sparse":  sparse,
	"copy": func(w *world, a []string) error {
		if info, err := os.Stat(w.path(a[0])); err != nil || info.IsDir() {
			return errors.Join(err, os.CopyFS(w.path(a[1]), os.DirFS(w.path(a[0]))))
		}
		w.put(a[1], w.read(a[0]))
		return nil
	},
	"edit":    edit,
	"full":    func(w *world, _ []string) error { return w.failing(unix.ENOSPC) },
	"locked":  func(w *world, _ []string) error { return w.failing(unix.EROFS) },
	"receive": func(w *world, _ []string) error { return w.receive() },
	"release": func(w *world, _ []string) error { return w.release() },
	"flip":    flip,
}

// sparse makes a file of that many bytes which takes no room.
func sparse(w *world, a []string) error {
	var size int64
	if _, err := fmt.Sscan(a[1], &size); err != nil {
		return err
	}
	w.put(a[0], nil)
	return os.Truncate(w.path(a[0]), size)
}

// flip turns the last bit of one byte of a file, counted from 0, in place.
func flip(w *world, a []string) error {
	var at int
	if _, err := fmt.Sscan(a[1], &at); err != nil {
		return err
	}
	bad := flipped(w.read(a[0]), at)
	if err := os.Chmod(w.path(a[0]), 0o600); err != nil {
		return err
	}
	f, err := os.OpenFile(w.path(a[0]), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(bad[at:at+1], int64(at))
	return errors.Join(err, f.Close())
}

// edit replaces one text by another wherever it stands in a file: FILE OLD NEW, in which _ is a blank.
func edit(w *world, a []string) error {
	blank := func(s string) string { return strings.ReplaceAll(s, "_", " ") }
	text := string(w.read(a[0]))
	if !strings.Contains(text, blank(a[1])) {
		return fmt.Errorf("%s does not hold %q", a[0], blank(a[1]))
	}
	w.put(a[0], []byte(strings.ReplaceAll(text, blank(a[1]), blank(a[2]))))
	return nil
}

// failing makes every write fail.
func (w *world) failing(err error) error {
	w.disk = &durable.Disk{Hook: func(op durable.Op, path string) error {
		if slices.Contains([]durable.Op{durable.OpCreate, durable.OpWrite, durable.OpMkdir, durable.OpLock}, op) {
			return &fs.PathError{Op: string(op), Path: path, Err: err}
		}
		return nil
	}}
	return nil
}

func (w *world) tick() time.Time {
	w.now = w.now.Add(time.Second)
	return w.now
}

func (w *world) host() custody.Host {
	return custody.Host{Disk: w.disk, Now: w.tick, Rand: rand.Reader}
}

// unlock opens a software token.
func (w *world) unlock(name string) (*soft.Token, error) {
	f, err := soft.Open(new(durable.Disk), w.path("tokens/"+name+".token"))
	if err != nil {
		return nil, err
	}
	p := secret.From([]byte(pin))
	defer p.Wipe()
	t, err := f.Unlock(p)
	if err == nil {
		w.Cleanup(func() { _ = t.Close() })
	}
	return t, err
}

func (w *world) unlockAll() (out []token.Token, err error) {
	for _, name := range w.tokens {
		t, err := w.unlock(name)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}
