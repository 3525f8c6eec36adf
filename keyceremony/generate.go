package keyceremony

import (
	"crypto/ecdh"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/policy"
	"bailiff/custody/record"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/vault"
	"bailiff/keyceremony/keygen"
)

// window is how many keys may be ahead of the writer, for each worker.
const window = 16

// made is a key on its way to the writer.
type made struct {
	record vault.KeyRecord
	err    error
}

// generator is what the workers share; none of it changes while they run.
type generator struct {
	policy     *policy.Policy
	batch      string
	created    time.Time
	ids        []string
	recipients []*seal.Recipient // one for each custodian
	ceremony   *Ceremony
}

// generate returns the function that fills a batch: workers make keys side by side, the writer
// takes them in order. Memory holds a window of keys, however many there are.
func (c *Ceremony) generate(batch string, created time.Time) func(*vault.BatchWriter) error {
	return func(w *vault.BatchWriter) error {
		g := &generator{policy: c.Vault.Policy, batch: batch, created: created, ids: c.Vault.Policy.IDs(), ceremony: c}
		for _, custodian := range g.policy.Custodians {
			keys := make([]*ecdh.PublicKey, len(custodian.Tokens))
			for i, t := range custodian.Tokens {
				keys[i] = t.SealingKey
			}
			r, err := seal.NewRecipient(keys)
			if err != nil {
				return fault.At(custodian.ID, err)
			}
			g.recipients = append(g.recipients, r)
		}
		return g.fill(w, c.Script.Total(), max(1, c.Workers))
	}
}

func (g *generator) fill(w *vault.BatchWriter, total, workers int) error {
	type job struct {
		number int
		out    chan made
	}
	jobs := make(chan job)
	ordered := make(chan chan made, workers*window)
	stop := make(chan struct{})
	defer close(stop)
	for range workers {
		go func() {
			for j := range jobs {
				j.out <- g.one(j.number)
			}
		}()
	}
	go func() {
		defer close(jobs)
		defer close(ordered)
		for n := 1; n <= total; n++ {
			out := make(chan made, 1)
			select {
			case ordered <- out:
			case <-stop:
				return
			}
			select {
			case jobs <- job{n, out}:
			case <-stop:
				return
			}
		}
	}()
	done := 0
	for out := range ordered {
		m := <-out
		if m.err != nil {
			return m.err
		}
		if err := w.Add(m.record); err != nil {
			return err
		}
		done++
		g.ceremony.Progress(StageGenerate, done, total)
	}
	return nil
}

// one makes a key pair and seals it: the private key under a data key of its own, the data key
// in shares, each share to one custodian. All of it happens in one erased stack.
func (g *generator) one(number int) (m made) {
	secret.Do(func() {
		m.record, m.err = g.seal(number)
		m.err = fault.At(record.FormatKeyNumber(number), m.err)
	})
	return m
}

func (g *generator) seal(number int) (rec vault.KeyRecord, err error) {
	rehearsal := g.policy.Mode == record.Rehearsal
	pair, err := keygen.Generate(keypair.Profile(g.policy.Profile), keypair.UserID(g.batch, number, rehearsal), g.created, rehearsal)
	if err != nil {
		return rec, err
	}
	defer pair.Private.Wipe()
	dataKey, err := secret.Random(g.ceremony.Vault.Host.Rand, share.Size)
	if err != nil {
		return rec, err
	}
	defer dataKey.Wipe()
	rec = vault.KeyRecord{Number: number, Fingerprint: pair.Fingerprint, Public: pair.Public}
	if rec.Sealed, err = seal.SealKey(pair.Private, dataKey); err != nil {
		return rec, err
	}
	shares, err := share.Split(dataKey, g.policy.Vault, g.batch, pair.Fingerprint, g.ids, g.policy.Threshold)
	if err != nil {
		return rec, err
	}
	for i := range shares {
		file, err := g.recipients[i].Seal(&shares[i])
		if err != nil {
			return rec, fault.At(shares[i].Custodian, err)
		}
		rec.Shares = append(rec.Shares, vault.SealedShare{
			Custodian: shares[i].Custodian, X: shares[i].X, File: file, Commitment: shares[i].Commitment(),
		})
		shares[i].Y.Wipe()
	}
	return rec, nil
}
