package main_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/ledger"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token/soft"
)

// moment is what a world's folder holds at some time.
type moment struct {
	files
	clock   time.Time
	entries int64 // of the ledger
}

// world is a folder with a vault and its tokens, on a disk that fails as told.
type world struct {
	dir    string
	disk   *durable.Disk
	tokens []*watched
	clock  time.Time
	start  int64 // entries of the ledger when the act began

	mu      sync.Mutex
	failure *failure // nil for a sound disk
	at      int
	struck  string          // the path of operation at
	ops     []durable.Op    // of the run so far
	loose   map[string]bool // names whose directory is not synced since they were made
	gone    bool            // killed
	opened  int             // operations that opened a share
	wrong   []string        // what must never happen
}

// watched is a token that looks at the ledger before it opens anything.
type watched struct {
	*soft.Token
	w *world
}

func (k *watched) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	k.w.watch("opening a share")
	if err := k.w.mayOpen(); err != nil {
		k.w.blame(err.Error())
	}
	k.w.opened++
	return k.Token.ECDH(peer)
}

func (k *watched) Sign(message []byte) ([]byte, error) {
	k.w.watch("signing")
	return k.Token.Sign(message)
}

// watch notes a token that is asked by a process that is gone.
func (w *world) watch(what string) {
	if w.gone {
		w.blame(what + " after the kill")
	}
}

func (w *world) blame(what string) { w.wrong = append(w.wrong, what) }

// mayOpen tells whether the ledger on the disk, and not only in the kernel's memory, has an entry of
// this act that allows a key to be opened, under a checkpoint.
func (w *world) mayOpen() error {
	v, err := custody.Open(custody.Host{Disk: new(durable.Disk), Now: time.Now, Rand: rand.Reader}, w.path("vault"), false)
	if err != nil {
		return err
	}
	defer v.Close()
	authority := int64(-1)
	for e, err := range v.Log.Range(w.start, v.Log.Size()) {
		if err != nil {
			return err
		}
		switch e.Act.(type) {
		case *ledger.ReleaseIntent, *ledger.SampleChosen:
			authority = e.Number
		}
	}
	if authority < 0 {
		return errors.New("a key is opened without an entry")
	}
	if _, _, err := v.Covered(authority); err != nil {
		return fmt.Errorf("a key is opened, and its entry: %w", err)
	}
	for name := range w.loose {
		if strings.HasPrefix(name, w.path("vault", "ledger")) {
			return fmt.Errorf("a key is opened, and %s may yet be lost", name)
		}
	}
	return nil
}

// before is the hook of the disk.
func (w *world) before(op durable.Op, path string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := len(w.ops)
	w.ops = append(w.ops, op)
	if op == durable.OpRead && strings.HasSuffix(path, ".part") {
		w.blame("an unfinished file is read: " + path)
	}
	if w.failure != nil {
		if i == w.at {
			w.struck = path
		}
		w.gone = w.gone || w.failure.kills && i >= w.at
		if err := w.failure.strike(i, w.at, op); err != nil {
			return err
		}
	}
	w.journal(op, path)
	return nil
}

// journal keeps which names the disk may still lose.
func (w *world) journal(op durable.Op, path string) {
	switch op {
	case durable.OpRename:
		for name := range maps.Clone(w.loose) {
			if rest, ok := strings.CutPrefix(name, path+".part/"); ok {
				delete(w.loose, name)
				w.loose[path+"/"+rest] = true
			}
		}
		w.loose[path] = true
	case durable.OpMkdir:
		w.loose[path] = true
	case durable.OpSyncDir:
		maps.DeleteFunc(w.loose, func(name string, _ bool) bool { return filepath.Dir(name) == path })
	case durable.OpRemove:
		maps.DeleteFunc(w.loose, func(name string, _ bool) bool { return name == path || strings.HasPrefix(name, path+"/") })
	}
}

// set puts a moment in place of what the world's folder holds, on a sound disk.
func (w *world) set(t testing.TB, to moment) {
	t.Helper()
	entries, err := os.ReadDir(w.dir)
	check(t, err)
	for _, e := range entries {
		check(t, os.RemoveAll(filepath.Join(w.dir, e.Name())))
	}
	store(t, w.dir, to.files)
	w.clock, w.start = to.clock.Add(time.Hour), to.entries
	w.loose, w.opened, w.wrong = map[string]bool{}, 0, nil
	w.heal()
}

// heal makes the disk sound; what it has not synced is as before.
func (w *world) heal() { w.failure, w.ops, w.gone = nil, nil, false }

// strike has operation at fail.
func (w *world) strike(f *failure, at int) {
	w.heal()
	w.failure, w.at = f, at
}

func (w *world) path(names ...string) string {
	return filepath.Join(append([]string{w.dir}, names...)...)
}

func (w *world) now() time.Time {
	w.clock = w.clock.Add(time.Second)
	return w.clock
}

func (w *world) host() custody.Host {
	return custody.Host{Disk: w.disk, Now: w.now, Rand: rand.Reader}
}

// open opens the world's vault.
func (w *world) open(write bool) (*custody.Vault, error) {
	return custody.Open(w.host(), w.path("vault"), write)
}

// keep copies the world's folder as it stands.
func (w *world) keep(t testing.TB) moment {
	t.Helper()
	m := moment{files: load(t, w.dir), clock: w.clock}
	if v, err := w.open(false); err == nil {
		m.entries = v.Log.Size()
		check(t, v.Close())
	}
	return m
}

// newWorld makes a world that begins at that moment, with its tokens unlocked. It lies in memory
// where the system has a file system for that: tens of thousands of files are synced.
func newWorld(t testing.TB, begin moment, tokens int) *world {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "bailiff-faults-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	w := &world{dir: dir}
	w.disk = &durable.Disk{Hook: w.before}
	w.set(t, begin)
	for i := range tokens {
		f, err := soft.Open(w.disk, w.path("tokens", fmt.Sprintf("c%02d.token", i+1)))
		check(t, err)
		w.tokens = append(w.tokens, &watched{unlock(t, f), w})
	}
	w.set(t, begin)
	return w
}

// unlock tries the one PIN of all tokens here.
func unlock(t testing.TB, f *soft.File) *soft.Token {
	t.Helper()
	pin := secret.From([]byte(custodytest.PIN))
	defer pin.Wipe()
	tok, err := f.Unlock(pin)
	check(t, err)
	t.Cleanup(func() { _ = tok.Close() })
	return tok
}
