package rig

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody/durable"
)

// insideName is the name under which the program is started again inside of the namespaces.
const insideName = "bailiff-rig-inside"

// Descriptors that the inside process inherits.
const (
	fdLife  = 3 // ends when the parent does
	fdReady = 4 // where the inside says that it is ready, or why it is not
)

// Main does nothing, unless the program was started by [Start] as the inside of a rig: then it is
// that, and does not return. Programs and tests that use the rig call it before anything else.
func Main() {
	if len(os.Args) != 3 || os.Args[0] != insideName {
		return
	}
	runtime.LockOSThread() // the daemon ends when the thread that started it does
	readers, err := strconv.Atoi(os.Args[2])
	if err == nil {
		err = inside(os.Args[1], readers)
	}
	ready := os.NewFile(fdReady, "ready")
	if err != nil {
		forbidden := errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES)
		_ = json.NewEncoder(ready).Encode(reply{Error: err.Error(), Forbidden: forbidden})
		os.Exit(1)
	}
	os.Exit(0)
}

// board is the inside: readers and cards.
type board struct {
	slots []*slot

	asking sync.Mutex // guards daemon
	daemon *daemon

	mu    sync.Mutex
	cards []*seated
}

// inside runs until the parent ends.
func inside(dir string, readers int) error {
	lock, err := new(durable.Disk).Lock(filepath.Join(dir, lockFile))
	if err != nil {
		return err
	}
	defer func() { _ = lock.Unlock() }()
	if err := tidy(dir); err != nil {
		return err
	}
	slots, err := furnish(dir, readers)
	if err != nil {
		return err
	}
	cmd, err := startDaemon()
	if err != nil {
		return err
	}
	defer func() { // it has nothing to lose, and would take a second to end by itself
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = tidy(daemonFolder)
	}()
	b := &board{slots: slots}
	if err := b.await(filepath.Join(daemonFolder, socketFile)); err != nil {
		return err
	}
	l, err := net.Listen("unix", filepath.Join(daemonFolder, controlFile))
	if err != nil {
		return err
	}
	defer l.Close()
	go b.listen(l)
	if err := json.NewEncoder(os.NewFile(fdReady, "ready")).Encode(reply{}); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.NewFile(fdLife, "life"))
	for _, s := range slots {
		s.take()
	}
	return err
}

// tidy removes what a rig leaves in its folder, the lock excepted.
func tidy(dir string) error {
	for _, name := range []string{socketFile, "pcscd.pid", controlFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

var errSlow = errors.New("pcscd does not answer, or not with its readers")

// patience is how long anything of the daemon may take.
const patience = 10 * time.Second

// await waits until the daemon answers and has all readers.
func (b *board) await(socket string) error {
	for end := time.Now().Add(patience); time.Now().Before(end); pause() {
		d, err := dialDaemon(socket)
		switch {
		case errors.Is(err, errDaemon):
			return err
		case err != nil:
			continue
		}
		all, err := d.states()
		if err == nil && len(all) == len(b.slots) {
			b.daemon = d
			return nil
		}
		d.conn.Close()
	}
	return errSlow
}

const (
	// look is how often the daemon looks into a reader, and a little more.
	look = 450 * time.Millisecond
	// attempts are how often a card is put in until the daemon sees it.
	attempts = 3
)

// awaitState waits until the daemon sees a reader as wanted.
func (b *board) awaitState(name string, most time.Duration, wanted func(readerState) bool) error {
	for end := time.Now().Add(most); time.Now().Before(end); pause() {
		b.asking.Lock()
		all, err := b.daemon.states()
		b.asking.Unlock()
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.name == name && wanted(s) {
				return nil
			}
		}
	}
	return errSlow
}
