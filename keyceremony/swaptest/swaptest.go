// Package swaptest makes what a program of the same user would put in the place of a batch that a
// ceremony has just written. It is for tests.
package swaptest

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/policy"
	"bailiff/keyceremony/generator"
)

// Batch makes another batch under the same id, and leaves it in dir: key pairs of its own, sealed to the
// true custodians, so that every token opens its share of every key, and everything verifies. Whoever
// runs it has had every private key in their hands.
func Batch(dir string, p *policy.Policy, id string, created time.Time, keys int) (fingerprints []string, err error) {
	text, err := p.Format()
	if err != nil {
		return nil, err
	}
	w, err := batch.NewWriter(&durable.Disk{}, dir, batch.Header{
		Vault: p.Vault, Batch: id, Mode: p.Mode, Profile: p.Profile, Created: created,
		Threshold: p.Threshold, Custodians: p.IDs(),
	}, 0)
	if err != nil {
		return nil, err
	}
	g := &generator.InProcess{Rand: rand.Reader}
	for k, err := range g.Generate(generator.Job{Policy: text, Batch: id, Created: created, From: 1, To: keys}) {
		if err == nil {
			err = w.Add(k)
		}
		if err != nil {
			return nil, err
		}
		fingerprints = append(fingerprints, k.Fingerprint)
	}
	_, err = w.Close()
	return fingerprints, err
}

// Place puts what lies at forged in the place of what lies at path, in two renamings, as any program may
// that can write to the folder. What was there goes to path.true, beside it or elsewhere as aside says.
func Place(forged, path, aside string) error {
	if err := os.Rename(path, filepath.Join(aside, filepath.Base(path)+".true")); err != nil {
		return err
	}
	return os.Rename(forged, path)
}
