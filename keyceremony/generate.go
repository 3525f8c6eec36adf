package keyceremony

import (
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/keyceremony/generator"
)

// generate returns the function that fills a batch with the keys that the generator makes.
func (c *Ceremony) generate(id string, created time.Time) func(*batch.Writer) error {
	return func(w *batch.Writer) error {
		policy, err := c.Vault.Policy.Format()
		if err != nil {
			return err
		}
		total := c.Script.Total()
		job := generator.Job{Policy: policy, Batch: id, Created: created, From: 1, To: total}
		for k, err := range c.Generator.Generate(job) {
			if err != nil {
				return err
			}
			if err := w.Add(k); err != nil {
				return err
			}
			c.Progress(StageGenerate, k.Number, total)
		}
		return nil
	}
}

// What a sealed batch takes on its disk, in bytes: its ledger entries and lists; for each key, by profile, its two halves and what
// lists say of it; for each key and token, a share. Measured, and rounded up.
const (
	spaceOfBatch = 4 << 20
	spaceOfShare = 700
)

func spaceOfKey(p keypair.Profile) int64 {
	switch p {
	case keypair.V6Curve25519:
		return 3000
	case keypair.V6PostQuantum:
		return 31_000
	case keypair.RSA3072:
		return 7000
	case keypair.RSA4096:
		return 9000
	}
	return 2000
}

// Space returns how many bytes a batch of that many keys takes, sealed to that many tokens of all custodians together.
func Space(p keypair.Profile, keys, tokens int) int64 {
	return spaceOfBatch + int64(keys)*(spaceOfKey(p)+int64(tokens)*spaceOfShare)
}

// room refuses a ceremony whose batch its disk cannot hold.
func (c *Ceremony) room() error {
	tokens := 0
	for _, custodian := range c.Vault.Policy.Custodians {
		tokens += len(custodian.Tokens)
	}
	return c.Vault.Host.Disk.Space(c.Vault.Path, Space(keypair.Profile(c.Script.Profile), c.Script.Total(), tokens))
}
