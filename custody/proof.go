package custody

import (
	"crypto/sha256"
	"fmt"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
	"bailiff/custody/secret"
	"bailiff/custody/vault"
)

// ProveSample opens every sampled key with a token of every custodian and has it decrypt what
// was encrypted to its public key, then records that the batch is proved. The sample's entry
// must be cosigned. progress is told how many of the sample are done.
func (v *Vault) ProveSample(t Table, batch string, progress func(done, total int)) error {
	st, err := v.sealed(batch)
	if err != nil {
		return err
	}
	if st.Sampled == nil {
		return fault.At(batch, ErrHistory)
	}
	if err := t.Need(len(v.Policy.Custodians)); err != nil {
		return err
	}
	sample := st.Sample()
	for i, n := range sample {
		if err := v.proveKey(t, st, n); err != nil {
			return err
		}
		progress(i+1, len(sample))
	}
	burnt, err := v.BurntList(batch)
	if err != nil {
		return err
	}
	_, err = v.append(ledger.BatchProved, record.Fields(
		"batch", batch, "published", fmt.Sprint(count(st.Opened, "publish")),
		"burnt", digestText(sha256.Sum256(burnt)), "reserve", fmt.Sprint(count(st.Opened, "reserve")),
	), nil)
	return err
}

func (v *Vault) proveKey(t Table, st *BatchState, number int) error {
	private, err := v.OpenKey(t, st.Sampled.Number, st.ID, number)
	if err != nil {
		return err
	}
	defer private.Wipe()
	b, _, err := v.batch(st.ID)
	if err != nil {
		return err
	}
	rec, err := b.Record(number)
	if err != nil {
		return err
	}
	public, err := b.Public(rec)
	if err != nil {
		return err
	}
	secret.Do(func() { err = keypair.RoundTrip(public, private, v.Host.Rand) })
	return fault.At(rec.Fingerprint, err)
}

// BurntList returns the burnt list of a batch whose sample is chosen.
func (v *Vault) BurntList(batch string) ([]byte, error) {
	b, st, err := v.batch(batch)
	if err != nil {
		return nil, err
	}
	records, err := b.Select(st.Sample()...)
	if err != nil {
		return nil, err
	}
	list := vault.BurntList{Vault: v.Policy.Vault, Batch: batch}
	for _, rec := range records {
		list.Keys = append(list.Keys, vault.BurntKey{Number: rec.Number, Fingerprint: rec.Fingerprint})
	}
	return list.Format()
}

// Published returns the batch and its state when it is proved and the proof is cosigned, so
// that its published keys may leave the vault or be released.
func (v *Vault) Published(batch string) (*vault.Batch, *BatchState, error) {
	b, st, err := v.batch(batch)
	if err != nil {
		return nil, nil, err
	}
	if st.Proved == nil {
		return nil, nil, fault.At(batch, ErrPublished)
	}
	if _, _, err := v.Covered(st.Proved.Number); err != nil {
		return nil, nil, fault.At(batch, ErrPublished)
	}
	return b, st, nil
}

// Locate checks that a key of a batch was published, under that number and fingerprint.
func (v *Vault) Locate(batch string, number int, fingerprint string) error {
	b, st, err := v.Published(batch)
	if err != nil {
		return err
	}
	roles := st.Roles()
	if number < 1 || number > len(roles) {
		return fault.At(fingerprint, ErrNoKey)
	}
	rec, err := b.Record(number)
	if err != nil {
		return err
	}
	switch {
	case rec.Fingerprint != fingerprint:
		return fault.At(fingerprint, ErrNoKey)
	case roles[number-1] == Burnt:
		return fault.At(fingerprint, ErrBurnt)
	case roles[number-1] == Reserve:
		return fault.At(fingerprint, ErrReserved)
	}
	return nil
}

// RecordExport records that a public batch of that digest left the vault; the same file is
// recorded once.
func (v *Vault) RecordExport(batch string, file [32]byte) error {
	_, st, err := v.Published(batch)
	if err != nil {
		return err
	}
	for _, known := range st.Exports {
		if known == digestText(file) {
			return nil
		}
	}
	_, err = v.append(ledger.BatchExported, record.Fields("batch", batch, "file", digestText(file)), nil)
	return err
}
