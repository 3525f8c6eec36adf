package generator

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"time"

	"bailiff/custody/batch"
)

// Bounds, in bytes of a frame's body.
const (
	maxJob    = 1 << 20
	maxKey    = 64 << 10
	maxShares = 16
)

const jobMagic = "bailiff-job/1\n"

// errFrame refuses a frame that is not of the one form it can have.
var errFrame = errors.New("generator: malformed frame")

// writeFrame writes a frame, body, whose first 4 bytes are kept for the length.
func writeFrame(w io.Writer, body []byte) error {
	binary.BigEndian.PutUint32(body, uint32(len(body)-4))
	_, err := w.Write(body)
	return err
}

// readFrame reads the body of a frame of at most limit bytes; io.EOF at a clean end.
func readFrame(r io.Reader, limit int) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > uint32(limit) {
		return nil, errFrame
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return body, nil
}

func appendField[T string | []byte](b []byte, field T) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(field))), field...)
}

// appendJob appends the body of a job's frame.
func appendJob(b []byte, j *Job) []byte {
	b = append(b, jobMagic...)
	b = binary.BigEndian.AppendUint64(b, uint64(j.Created.Unix()))
	b = binary.BigEndian.AppendUint32(b, uint32(j.From))
	b = binary.BigEndian.AppendUint32(b, uint32(j.To))
	return appendField(appendField(b, j.Batch), j.Policy)
}

func parseJob(b []byte) (j Job, err error) {
	c := cursor{rest: b}
	c.bad = !bytes.Equal(c.cut(len(jobMagic)), []byte(jobMagic))
	j.Created = time.Unix(int64(c.number(8)), 0).UTC()
	j.From, j.To = int(c.number(4)), int(c.number(4))
	j.Batch, j.Policy = string(c.field()), c.field()
	if c.bad || len(c.rest) > 0 {
		return Job{}, ErrJob
	}
	if err := j.check(); err != nil {
		return Job{}, err
	}
	return j, nil
}

// appendKey appends the body of a key's frame.
func appendKey(b []byte, k *batch.SealedKey) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(k.Number))
	b = appendField(appendField(appendField(b, k.Fingerprint), k.Public), k.Sealed)
	b = append(b, byte(len(k.Shares)))
	for i := range k.Shares {
		s := &k.Shares[i]
		b = append(appendField(b, s.Custodian), s.X)
		b = appendField(append(b, s.Commitment[:]...), s.File)
	}
	return b
}

// parseKey reads the body of a key's frame, which the key keeps.
func parseKey(b []byte) (k batch.SealedKey, err error) {
	c := cursor{rest: b}
	k.Number = int(c.number(4))
	k.Fingerprint, k.Public, k.Sealed = string(c.field()), c.field(), c.field()
	n := int(c.number(1))
	if n > maxShares {
		return batch.SealedKey{}, errFrame
	}
	k.Shares = make([]batch.SealedShare, n)
	for i := range k.Shares {
		s := &k.Shares[i]
		s.Custodian, s.X = string(c.field()), byte(c.number(1))
		copy(s.Commitment[:], c.cut(len(s.Commitment)))
		s.File = c.field()
	}
	if c.bad || len(c.rest) > 0 {
		return batch.SealedKey{}, errFrame
	}
	return k, nil
}

// cursor reads a body from the front; bad stays set once it was too short for something, which is then zero.
type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) cut(n int) []byte {
	if n < 0 || n > len(c.rest) {
		c.bad = true
		return nil
	}
	b := c.rest[:n:n]
	c.rest = c.rest[n:]
	return b
}

// number reads n bytes, big-endian.
func (c *cursor) number(n int) (v uint64) {
	for _, b := range c.cut(n) {
		v = v<<8 | uint64(b)
	}
	return v
}

func (c *cursor) field() []byte { return c.cut(int(c.number(4))) }
