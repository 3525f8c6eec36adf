package rig

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
)

// Why there is no rig.
var (
	// ErrMissing comes with the file that lacks: Debian's packages pcscd and vsmartcard-vpcd have it.
	ErrMissing = errors.New("rig: a program or a driver is not installed")
	// ErrNamespace: neither root nor allowed to make user namespaces.
	ErrNamespace = errors.New("rig: the kernel grants no namespace of its own to the virtual readers")
	// ErrFolder: the folder's path is too long for a socket, or another rig has the folder.
	ErrFolder = errors.New("rig: the folder cannot be that of the virtual readers")
	// ErrStart comes with what went wrong inside.
	ErrStart = errors.New("rig: the virtual readers did not start")
	// ErrTaken: the reader has a card, or the card is in a reader.
	ErrTaken = errors.New("rig: the reader is taken, or the card is in one already")
	// ErrCard comes with why a card cannot do what it was told, or does not exist.
	ErrCard = errors.New("rig: the software card refuses")
)

const (
	socketFile  = "pcscd.comm"
	controlFile = "control"
	lockFile    = "lock"

	maxSocket = 107 // bytes of a socket's path (unix(7))
)

// Options are those of [Start].
type Options struct {
	Dir     string    // made if it is not there, private to the user
	Readers int       // 1 to 16; zero: 4; [NoReader]. They come in pairs: an odd number is rounded up.
	Log     io.Writer // what the daemon complains about; nil: nobody hears it
}

// NoReader asks for a daemon that has no reader.
const NoReader = -1

const (
	defaultReaders = 4
	startTime      = 15 * time.Second
)

// Rig is readers and cards that this program started, or to which it has attached itself.
type Rig struct {
	dir   string
	life  *os.File      // nil when attached
	ended chan struct{} // closed when the inside has ended
	inner *exec.Cmd
}

// Start starts the daemon with empty readers. The program must call [Main] first thing.
func Start(o Options) (*Rig, error) {
	dir, err := prepare(&o)
	if err != nil {
		return nil, err
	}
	r := &Rig{dir: dir}
	ready, err := r.run(o)
	if err != nil {
		return nil, err
	}
	defer ready.Close()
	if err := ready.SetReadDeadline(time.Now().Add(startTime)); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	var said reply
	if err := json.NewDecoder(ready).Decode(&said); err != nil {
		said.Error = "no answer from inside: " + err.Error()
	}
	why := ErrStart
	if said.Forbidden {
		why = ErrNamespace
	}
	if said.Error != "" {
		return nil, errors.Join(fault.At(said.Error, why), r.Close())
	}
	return r, nil
}

// prepare checks what can be checked before, and makes the folder.
func prepare(o *Options) (string, error) {
	if o.Readers == 0 {
		o.Readers = defaultReaders
	}
	if o.Readers < 1 && o.Readers != NoReader || o.Readers > maxReaders {
		return "", fault.At(strconv.Itoa(o.Readers), ErrStart)
	}
	for _, file := range []string{daemonFile, driverFile} {
		if _, err := os.Stat(file); err != nil {
			return "", fault.At(file, ErrMissing)
		}
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return "", err
	}
	if len(filepath.Join(dir, socketFile)) > maxSocket {
		return "", fault.At(dir, ErrFolder)
	}
	if err := new(durable.Disk).MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	lock, err := new(durable.Disk).Lock(filepath.Join(dir, lockFile))
	if errors.Is(err, durable.ErrLocked) {
		return "", fault.At(dir, ErrFolder)
	}
	if err != nil {
		return "", err
	}
	// The sockets are open to whoever reaches them.
	return dir, errors.Join(os.Chmod(dir, 0o700), lock.Unlock())
}

// run starts the inside and returns where it will say that it is ready. Root without the right to
// make namespaces is a user like another.
func (r *Rig) run(o Options) (*os.File, error) {
	for _, asUser := range []bool{false, true} {
		if !asUser && os.Geteuid() != 0 {
			continue
		}
		ready, err := r.start(o, asUser)
		switch {
		case errors.Is(err, syscall.EPERM) && !asUser:
		case errors.Is(err, syscall.EPERM), errors.Is(err, syscall.EINVAL), errors.Is(err, syscall.ENOSPC):
			return nil, fault.At(err.Error(), ErrNamespace)
		default:
			return ready, err
		}
	}
	return nil, ErrNamespace
}

func (r *Rig) start(o Options, asUser bool) (*os.File, error) {
	lifeIn, life, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer lifeIn.Close()
	ready, readyOut, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, life.Close())
	}
	defer readyOut.Close()
	r.life, r.ended = life, make(chan struct{})
	r.inner = &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{insideName, r.dir, strconv.Itoa(o.Readers)},
		Stderr: o.Log, ExtraFiles: []*os.File{lifeIn, readyOut}, SysProcAttr: isolate(asUser),
		Env: []string{"LC_ALL=C"},
	}
	if err := r.launch(); err != nil {
		_ = errors.Join(ready.Close(), life.Close())
		return nil, err
	}
	return ready, nil
}

// launch starts the inside from a thread of its own, which waits for it: the inside is killed when
// the thread that started it ends.
func (r *Rig) launch() error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := r.inner.Start()
		started <- err
		if err == nil {
			_ = r.inner.Wait()
		}
		close(r.ended)
	}()
	return <-started
}

// Attach reaches the rig that another process started in a folder.
func Attach(dir string) (*Rig, error) {
	r := &Rig{dir: dir}
	_, err := r.do(order{Do: "list"})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Close stops the daemon and waits until everything that was started has ended. It may be called
// again, and on a rig to which this program only attached itself, where it does nothing.
func (r *Rig) Close() error {
	if r.life == nil {
		return nil
	}
	err := r.life.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	select {
	case <-r.ended:
	case <-time.After(patience):
		err = errors.Join(err, r.inner.Process.Kill())
		<-r.ended
	}
	return err
}

// Socket is where the daemon listens: the value of PCSCLITE_CSOCK_NAME for programs that are to see
// the cards. The library reads it once, at its first call.
func (r *Rig) Socket() string { return filepath.Join(r.dir, socketFile) }

// Env is the line for the environment of other programs.
func (r *Rig) Env() string { return "PCSCLITE_CSOCK_NAME=" + r.Socket() }

// Readers returns the names that the daemon gives the readers.
func (r *Rig) Readers() ([]string, error) {
	said, err := r.do(order{Do: "list"})
	return said.Readers, err
}

// Cards returns the cards there are, in the order in which they were made.
func (r *Rig) Cards() ([]CardState, error) {
	said, err := r.do(order{Do: "list"})
	return said.Cards, err
}

// do gives one order and returns the answer.
func (r *Rig) do(o order) (reply, error) {
	conn, err := net.Dial("unix", filepath.Join(r.dir, controlFile))
	if err != nil {
		return reply{}, fmt.Errorf("rig: %w", err)
	}
	defer conn.Close()
	if err := json.NewEncoder(conn).Encode(o); err != nil {
		return reply{}, fmt.Errorf("rig: %w", err)
	}
	var said reply
	if err := json.NewDecoder(conn).Decode(&said); err != nil {
		return reply{}, fmt.Errorf("rig: %w", err)
	}
	switch {
	case said.Taken:
		return reply{}, ErrTaken
	case said.Error != "":
		return reply{}, fault.At(said.Error, ErrCard)
	}
	return said, nil
}
