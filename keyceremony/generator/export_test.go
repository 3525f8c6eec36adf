package generator

import (
	"io"

	"bailiff/custody/batch"
)

// What a checker says is wrong.
var (
	ErrNumber      = errNumber
	ErrFingerprint = errFingerprint
	ErrCustodians  = errCustodians
)

// CheckRecord checks a record as that of key n of a job.
func CheckRecord(job Job, n int, k *batch.SealedKey) error {
	c, err := newChecker(job)
	if err != nil {
		return err
	}
	return c.record(n, k)
}

// AppendJob returns the body of a job's frame.
func AppendJob(job Job) []byte { return appendJob(nil, &job) }

// ServeJob makes the keys of such a body.
func ServeJob(body []byte, out io.Writer) error { return serve(body, out) }
