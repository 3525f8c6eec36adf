package generator

import "bailiff/custody/vault"

// What a checker says is wrong.
var (
	ErrNumber      = errNumber
	ErrFingerprint = errFingerprint
	ErrCustodians  = errCustodians
)

// CheckRecord checks a record as that of key n of a job.
func CheckRecord(job Job, n int, k *vault.KeyRecord) error {
	c, err := newChecker(job)
	if err != nil {
		return err
	}
	return c.record(n, k)
}
