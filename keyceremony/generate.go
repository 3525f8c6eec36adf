package keyceremony

import (
	"time"

	"bailiff/custody/batch"
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
