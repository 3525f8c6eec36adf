package generator

import (
	"io"

	"bailiff/custody/batch"
)

// What is wrong with a key.
var (
	ErrNumber      = errNumber
	ErrFingerprint = errFingerprint
	ErrCustodians  = errCustodians
)

// CheckKey checks that k is key n of a job.
func CheckKey(job Job, n int, k *batch.SealedKey) error {
	m, err := newMaker(job, nil)
	if err != nil {
		return err
	}
	return m.check(n, k)
}

// AppendJob returns the body of a job's frame.
func AppendJob(job Job) []byte { return appendJob(nil, &job) }

// ServeJob makes the keys of such a body.
func ServeJob(body []byte, out io.Writer) error { return serve(body, out) }
