package generator

import (
	"errors"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
)

// What a process may have written instead of the record that was due.
var (
	errNumber      = errors.New("another number")
	errFingerprint = errors.New("the fingerprint is not the public key's")
	errCustodians  = errors.New("not one share of each custodian, in order")
)

// checker holds what processes write against the job. It checks all that is cheap: number, every byte
// of the public key but its two signatures, the fingerprint, the custodians, and that each share
// is sealed to that custodian's tokens. It does not verify the signatures: that would cost a sixth of
// the ceremony's time, finds nothing that a process gone wrong does by chance, and nothing at all
// against one that lies, which knows the private key. The drill proves samples of the whole.
type checker struct{ *maker }

func newChecker(job Job) (*checker, error) {
	m, err := newMaker(job, nil)
	return &checker{m}, err
}

// record checks that k is of key number n.
func (c *checker) record(n int, k *batch.SealedKey) error {
	if k.Number != n {
		return errNumber
	}
	rehearsal := c.policy.Mode == keyvalue.Rehearsal
	userID := keypair.UserID(c.job.Batch, n, rehearsal)
	fingerprint, err := keypair.CheckForm(keypair.Profile(c.policy.Profile), k.Public, userID, c.job.Created, rehearsal)
	if err != nil {
		return err
	}
	if fingerprint != k.Fingerprint {
		return errFingerprint
	}
	if len(k.Shares) != len(c.ids) {
		return errCustodians
	}
	for i := range k.Shares {
		s := &k.Shares[i]
		if s.Custodian != c.ids[i] {
			return errCustodians
		}
		if err := c.recipients[i].Check(s.File); err != nil {
			return fault.At(s.Custodian, err)
		}
	}
	return nil
}
