package strictzip

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"io"
)

const (
	chunkSize  = 256 << 10
	chunkCount = 8
)

// Source hands out a file's bytes in order. What Next returns is valid until its next call; an
// end of file before n bytes is io.ErrUnexpectedEOF.
type Source interface {
	Next(n int) ([]byte, error)
}

// buffered is a source of few and small pieces, none larger than its buffer.
type buffered struct{ *bufio.Reader }

// Buffered is a source of few and small pieces, none larger than 64 KiB.
func Buffered(r io.Reader) Source { return buffered{bufio.NewReaderSize(r, 64<<10)} }

func (b buffered) Next(n int) ([]byte, error) {
	p, err := b.Peek(n)
	if err != nil {
		return nil, unexpected(err)
	}
	_, err = b.Discard(n)
	return p, err
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// stream is a Source and an io.Reader that reads ahead and, if told to, hashes what it reads, on
// a goroutine of its own, so that a file's digest and those of its parts are computed at once.
type Stream struct {
	full    chan chunk
	free    chan []byte
	quit    chan struct{}
	current []byte // the chunk that left is a part of
	left    []byte
	scratch []byte // a piece that spans chunks
	err     error  // what came instead of a chunk
	sum     [sha256.Size]byte
}

// chunk is a piece of the file or, as the last one, the error that ended it: io.EOF.
type chunk struct {
	data []byte
	err  error
}

// NewStream reads r to its end. The caller must stop it when done.
func NewStream(r io.Reader, digest bool) *Stream {
	s := &Stream{
		full: make(chan chunk, chunkCount+1), // every chunk and the error: sending never blocks
		free: make(chan []byte, chunkCount),
		quit: make(chan struct{}),
	}
	go s.run(r, digest)
	return s
}

// run fills chunks, passes each on before it hashes it, and fills none before that is done.
func (s *Stream) run(r io.Reader, digest bool) {
	defer close(s.full)
	h := sha256.New()
	for made := 0; ; {
		b := s.empty(&made)
		if b == nil {
			return
		}
		n, err := io.ReadFull(r, b)
		s.full <- chunk{data: b[:n]}
		if digest {
			h.Write(b[:n])
		}
		if err != nil {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				err = io.EOF
			}
			h.Sum(s.sum[:0])
			s.full <- chunk{err: err}
			return
		}
	}
}

// empty returns a chunk to fill, or nil when the stream is stopped. made counts those there are.
func (s *Stream) empty(made *int) []byte {
	if *made < chunkCount {
		select {
		case <-s.quit:
			return nil
		case b := <-s.free:
			return b
		default:
			*made++
			return make([]byte, chunkSize)
		}
	}
	select {
	case <-s.quit:
		return nil
	case b := <-s.free:
		return b
	}
}

// fill makes left non-empty or returns the error that ended the stream.
func (s *Stream) fill() error {
	for len(s.left) == 0 && s.err == nil {
		if s.current != nil {
			s.free <- s.current[:chunkSize]
			s.current = nil
		}
		c := <-s.full
		s.current, s.left, s.err = c.data, c.data, c.err
	}
	if len(s.left) == 0 {
		return s.err
	}
	return nil
}

// Next implements [Source].
func (s *Stream) Next(n int) ([]byte, error) {
	if len(s.left) == 0 && n > 0 {
		if err := s.fill(); err != nil {
			return nil, unexpected(err)
		}
	}
	if n <= len(s.left) {
		p := s.left[:n]
		s.left = s.left[n:]
		return p, nil
	}
	s.scratch = s.scratch[:0]
	for len(s.scratch) < n {
		if err := s.fill(); err != nil {
			return nil, unexpected(err)
		}
		part := min(n-len(s.scratch), len(s.left))
		s.scratch = append(s.scratch, s.left[:part]...)
		s.left = s.left[part:]
	}
	return s.scratch, nil
}

// Read implements io.Reader.
func (s *Stream) Read(p []byte) (int, error) {
	if err := s.fill(); err != nil {
		return 0, err
	}
	n := copy(p, s.left)
	s.left = s.left[n:]
	return n, nil
}

// Digest reads what is left and returns the SHA-256 of the whole.
func (s *Stream) Digest() ([sha256.Size]byte, error) {
	for {
		s.left = nil
		if err := s.fill(); err == io.EOF {
			return s.sum, nil
		} else if err != nil {
			return [sha256.Size]byte{}, err
		}
	}
}

// Stop ends the goroutine and waits for it, so that the file can be closed.
func (s *Stream) Stop() {
	close(s.quit)
	for range s.full { // until run has closed it
	}
}
