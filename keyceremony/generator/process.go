package generator

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
)

// process is a running generator process.
type process struct {
	in, out *os.File // our ends
	words   words    // its standard error
	exit    chan error
}

// run makes the keys of one range in a process and passes each on. It returns when the process
// has ended and was waited for.
func (p *Processes) run(ctx context.Context, job Job, m *maker, pass func(batch.SealedKey)) error {
	ctx, kill := context.WithCancel(ctx)
	defer kill()
	child, err := p.start(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrStart, err)
	}
	defer child.in.Close()
	defer child.out.Close()
	go func() { // a process that does not read must not stop us
		_ = writeFrame(child.in, appendJob(make([]byte, 4), &job)) // one that is gone shows below
	}()
	err = child.keys(job, m, pass)
	if err != nil && !errors.Is(err, io.EOF) {
		kill()
		<-child.exit
		return err
	}
	ended := <-child.exit
	switch {
	case ended != nil:
		return fmt.Errorf("%w: %w%s", ErrDied, ended, child.words.quoted())
	case err != nil:
		return ErrShort
	}
	return nil
}

// keys reads each key of the range, and the end. io.EOF says that the end came before the last of them.
func (c *process) keys(job Job, m *maker, pass func(batch.SealedKey)) error {
	r := bufio.NewReaderSize(c.out, maxKey)
	for n := job.From; n <= job.To; n++ {
		body, err := readFrame(r, maxKey)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return io.EOF
		}
		var k batch.SealedKey
		if err == nil {
			k, err = parseKey(body)
		}
		if err == nil {
			err = fault.At(keyvalue.FormatKeyNumber(n), m.check(n, &k))
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrOutput, err)
		}
		pass(k)
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return fmt.Errorf("%w: more than its last key", ErrOutput)
	}
	return nil
}

// start starts a process, which is killed when ctx is done.
func (p *Processes) start(ctx context.Context) (*process, error) {
	theirIn, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirIn.Close()
	out, theirOut, err := os.Pipe()
	if err != nil {
		in.Close()
		return nil, err
	}
	defer theirOut.Close()
	c := &process{in: in, out: out, exit: make(chan error, 1)}
	cmd := exec.CommandContext(ctx, p.Path)
	cmd.Args = p.Args
	cmd.Env = append([]string{}, p.Env...) // not nil, which would be our own
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirIn, theirOut, &c.words
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.WaitDelay = time.Second // for who else may hold its standard error
	if err := c.attend(cmd); err != nil {
		in.Close()
		out.Close()
		return nil, err
	}
	return c, nil
}

// attend starts cmd and waits for its end, on a thread that lives as long as the process: the
// kernel sends the death signal when the thread that started it ends.
func (c *process) attend(cmd *exec.Cmd) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.exit <- cmd.Wait()
		}
	}()
	return <-started
}

// maxWords bounds what is kept of a process's standard error, in bytes.
const maxWords = 512

// words keeps the beginning of what a process wrote to its standard error.
type words struct{ kept []byte }

func (w *words) Write(p []byte) (int, error) {
	w.kept = append(w.kept, p[:min(len(p), maxWords-len(w.kept))]...)
	return len(p), nil
}

// quoted returns its first line for an error: never raw, and no more, since what follows a panic's
// first line are values from the stack.
func (w *words) quoted() string {
	line, _, _ := strings.Cut(string(w.kept), "\n")
	if line == "" {
		return ""
	}
	return fmt.Sprintf(": %q", line)
}

// garbage is the size of the heap, relative to what is in use, at which a generator process collects:
// it lives for a second, and its next key needs as much memory as its last.
const garbage = 400 // per cent

// Serve is all that a generator process does: it hardens the process, reads a job from in, makes the keys, and
// writes them to out. The process must end when Serve returns: its end is what erases the
// keys (see secret.Ephemeral). It returns ErrParent as soon as in ends, ErrJob when there is something else.
func Serve(in io.Reader, out io.Writer) error {
	if err := secret.Ephemeral(); err != nil {
		return err
	}
	runtime.GOMAXPROCS(1) // there is a process for each processor
	debug.SetGCPercent(garbage)
	ended := make(chan error, 2)
	go func() {
		body, err := readFrame(in, maxJob)
		if errors.Is(err, io.EOF) {
			ended <- ErrParent
			return
		}
		if err != nil {
			ended <- ErrJob
			return
		}
		go func() { ended <- serve(body, out) }()
		_, _ = in.Read(make([]byte, 1)) // blocks as long as whoever asked is there
		ended <- ErrParent
	}()
	return <-ended
}

// serve makes the keys of a job, one after the other.
func serve(body []byte, out io.Writer) error {
	job, err := parseJob(body)
	if err != nil {
		return err
	}
	m, err := newMaker(job, rand.Reader)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(out, maxKey)
	frame := make([]byte, 4, maxKey)
	for n := job.From; n <= job.To; n++ {
		k := m.one(n)
		if k.err != nil {
			return k.err
		}
		frame = appendKey(frame[:4], &k.key)
		if err := writeFrame(w, frame); err != nil {
			return err
		}
	}
	return w.Flush()
}
