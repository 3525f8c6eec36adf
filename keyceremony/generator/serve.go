package generator

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"runtime"
	"runtime/debug"

	"bailiff/custody/secret"
)

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
