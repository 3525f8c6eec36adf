package generator

import (
	"crypto/ecdh"
	"errors"
	"io"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/keyceremony/keygen"
)

// maker makes the keys of a job. Any number of goroutines may use it.
type maker struct {
	job        Job
	policy     *policy.Policy
	ids        []string
	recipients []*seal.Recipient // one for each custodian
	rand       io.Reader         // of data keys
}

func newMaker(job Job, rand io.Reader) (*maker, error) {
	if err := job.check(); err != nil {
		return nil, err
	}
	p, err := policy.Parse(job.Policy)
	if err != nil {
		return nil, err
	}
	m := &maker{job: job, policy: p, ids: p.IDs(), rand: rand}
	for _, custodian := range p.Custodians {
		keys := make([]*ecdh.PublicKey, len(custodian.Tokens))
		for i, t := range custodian.Tokens {
			keys[i] = t.SealingKey
		}
		r, err := seal.NewRecipient(keys)
		if err != nil {
			return nil, fault.At(custodian.ID, err)
		}
		m.recipients = append(m.recipients, r)
	}
	return m, nil
}

// one makes a key pair and seals it: the private key under a data key of its own, the data key
// in shares, each share to one custodian. All of it happens in one erased stack.
func (m *maker) one(number int) (out made) {
	secret.Do(func() {
		out.key, out.err = m.seal(number)
		out.err = fault.At(keyvalue.FormatKeyNumber(number), out.err)
	})
	return out
}

func (m *maker) seal(number int) (rec batch.SealedKey, err error) {
	rehearsal := m.policy.Mode == keyvalue.Rehearsal
	userID := keypair.UserID(m.job.Batch, number, rehearsal)
	pair, err := keygen.Generate(keypair.Profile(m.policy.Profile), userID, m.job.Created, rehearsal)
	if err != nil {
		return rec, err
	}
	defer pair.Private.Wipe()
	dataKey, err := secret.Random(m.rand, share.Size)
	if err != nil {
		return rec, err
	}
	defer dataKey.Wipe()
	rec = batch.SealedKey{Number: number, Fingerprint: pair.Fingerprint, Public: pair.Public}
	if rec.Sealed, err = seal.SealKey(pair.Private, dataKey); err != nil {
		return rec, err
	}
	rec.Shares, err = m.shares(dataKey, pair.Fingerprint)
	return rec, err
}

func (m *maker) shares(dataKey *secret.Bytes, fingerprint string) ([]batch.SealedShare, error) {
	shares, err := share.Split(dataKey, m.policy.Vault, m.job.Batch, fingerprint, m.ids, m.policy.Threshold)
	if err != nil {
		return nil, err
	}
	defer func() {
		for i := range shares {
			shares[i].Wipe()
		}
	}()
	sealed := make([]batch.SealedShare, len(shares))
	for i := range shares {
		s := &shares[i]
		file, err := m.recipients[i].Seal(s)
		if err != nil {
			return nil, fault.At(s.Custodian, err)
		}
		sealed[i] = batch.SealedShare{Custodian: s.Custodian, X: s.X, File: file, Commitment: s.Commitment()}
	}
	return sealed, nil
}

// What a process may have written instead of the key that was due.
var (
	errNumber      = errors.New("another number")
	errFingerprint = errors.New("the fingerprint is not the public key's")
	errCustodians  = errors.New("not one share of each custodian, in order")
)

// check checks that k, which a process wrote, is key number n of the job. It checks all that is cheap: number,
// every byte of the public key but its two signatures, the fingerprint, the custodians, and that each share
// is sealed to that custodian's tokens. It does not verify the signatures: that would cost a sixth of
// the ceremony's time, finds nothing that a process gone wrong does by chance, and nothing at all
// against one that lies, which knows the private key. The drill proves samples of the whole.
func (m *maker) check(n int, k *batch.SealedKey) error {
	if k.Number != n {
		return errNumber
	}
	rehearsal := m.policy.Mode == keyvalue.Rehearsal
	userID := keypair.UserID(m.job.Batch, n, rehearsal)
	fingerprint, err := keypair.CheckForm(keypair.Profile(m.policy.Profile), k.Public, userID, m.job.Created, rehearsal)
	if err != nil {
		return err
	}
	if fingerprint != k.Fingerprint {
		return errFingerprint
	}
	if len(k.Shares) != len(m.ids) {
		return errCustodians
	}
	for i := range k.Shares {
		s := &k.Shares[i]
		if s.Custodian != m.ids[i] {
			return errCustodians
		}
		if err := m.recipients[i].Check(s.File); err != nil {
			return fault.At(s.Custodian, err)
		}
	}
	return nil
}
