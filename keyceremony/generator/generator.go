// Package generator makes the sealed keys of a batch: it generates each key pair, seals the private
// key under a data key of its own, splits that, and seals each share to one custodian. What
// leaves it is public or sealed. It never touches a disk.
//
// There are two generators. [InProcess] makes keys on goroutines of the calling process and has
// each one erased as soon as it is sealed. [Processes] makes them in processes that live for a few
// hundred keys and whose end erases them (docs/decisions/0012-generator-processes.md), several times faster.
//
// A generator process reads one job from its standard input and writes each sealed key, in
// order, to its standard output. Each is a frame: its length in 4 bytes, big-endian, then
//
//	job     "bailiff-job/1\n", creation time (8 bytes, seconds since 1970), first and last number
//	        (4 bytes each), batch id and policy (4 bytes of length each, then the text)
//	key     number (4 bytes); fingerprint, public key, sealed private key (4 bytes of length each, then
//	        the bytes); number of shares (1 byte); for each share the custodian's id (length, bytes), x
//	        (1 byte), commitment (32 bytes), sealed file (length, bytes)
//
// The job holds nothing secret; closing the process's standard input ends it.
//
// Were this package wrong, a batch could hold keys that nobody can open, or that others can.
package generator

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// The ways in which generating fails. The error that wraps one names the numbers of the keys.
var (
	ErrJob    = errors.New("generator: not a job")
	ErrStart  = errors.New("generator: a process that makes keys cannot be started")
	ErrDied   = errors.New("generator: a process that makes keys died")
	ErrShort  = errors.New("generator: a process that makes keys ended before its last key")
	ErrOutput = errors.New("generator: a process that makes keys wrote something else than the key that was due")
	ErrParent = errors.New("generator: the process that asked for keys is gone")
)

// Job says which keys to make. Nothing in it is secret.
type Job struct {
	Policy  []byte    // bailiff-policy/1 of the vault
	Batch   string    // id
	Created time.Time // creation time of all the keys, whole seconds
	From    int       // number of the first key, at least 1
	To      int       // number of the last key, at most batch.MaxKeys
}

// Generator makes keys.
type Generator interface {
	// Generate yields every key of the job in order, or an error, which is the last
	// thing it yields. Whoever stops early stops the work; all of it has ended when the loop has.
	// Memory does not depend on how many keys there are.
	Generate(job Job) iter.Seq2[batch.SealedKey, error]
}

// keys is the number of keys of the job.
func (j *Job) keys() int { return j.To - j.From + 1 }

// name is how errors call the job.
func (j *Job) name() string {
	return fmt.Sprintf("%s-%s", keyvalue.FormatKeyNumber(j.From), keyvalue.FormatKeyNumber(j.To))
}

func (j *Job) check() error {
	if err := keyvalue.CheckBatchID(j.Batch); err != nil {
		return err
	}
	if j.From < 1 || j.To < j.From || j.To > batch.MaxKeys || j.Created.Nanosecond() != 0 {
		return fault.At(j.Batch, ErrJob)
	}
	return nil
}

// made is a key on its way to who asked for it.
type made struct {
	key batch.SealedKey
	err error
}

// failed is a sequence that only yields an error.
func failed(err error) iter.Seq2[batch.SealedKey, error] {
	return func(yield func(batch.SealedKey, error) bool) { yield(batch.SealedKey{}, err) }
}

// InProcess makes keys in this process, one after the other, each in one erased stack (see secret.Do). In a build that
// erases it is several times slower than [Processes]: every piece of memory that a key used is kept account of.
type InProcess struct {
	Rand io.Reader // of data keys; key pairs, shares and sealing take crypto/rand
}

// Generate implements Generator.
func (g *InProcess) Generate(job Job) iter.Seq2[batch.SealedKey, error] {
	m, err := newMaker(job, g.Rand)
	if err != nil {
		return failed(err)
	}
	return func(yield func(batch.SealedKey, error) bool) {
		for n := job.From; n <= job.To; n++ {
			if k := m.one(n); !yield(k.key, k.err) || k.err != nil {
				return
			}
		}
	}
}
