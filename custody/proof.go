package custody

import (
	"crypto/sha256"
	"errors"
	"slices"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
)

// ProveSample opens every sampled key with a token of every custodian and has it decrypt what
// was encrypted to its public key, then puts the reserve list into the batch's folder and records
// that the batch is proved. The sample's entry must be cosigned. progress is told how many shares the
// tokens have opened.
//
// A proof that an earlier run recorded and nobody cosigned is done again, and not recorded twice.
func (v *Vault) ProveSample(t Quorum, batch string, progress func(done, total int)) error {
	if err := v.readyToProve(t, batch); err != nil {
		return err
	}
	b, st, err := v.batch(batch)
	if err != nil {
		return err
	}
	records, err := b.Select(st.Sample()...)
	if err != nil {
		return err
	}
	burnt, err := v.BurntList(batch)
	if err != nil {
		return err
	}
	reserve, err := v.ReserveList(batch)
	if err != nil {
		return err
	}
	if err := v.proveKeys(t, st, b, records, progress); err != nil {
		return err
	}
	if err := v.appendProof(st, burnt, reserve); err != nil {
		return err
	}
	v.proved[batch] = true
	return nil
}

// appendProof appends that a batch is proved, once. The reserve list whose digest the entry names is
// there before it.
func (v *Vault) appendProof(st *BatchState, burnt, reserve []byte) error {
	if st.Proved != nil {
		if err := checkLists(st.Proved.Act, burnt, reserve); err != nil {
			return err
		}
		return v.checkReserve(st.ID, reserve)
	}
	if err := v.keepReserve(st.ID, reserve); err != nil {
		return err
	}
	_, err := v.append(&ledger.BatchProved{
		Batch: st.ID, Published: st.Opened.Act.Publish, Burnt: sha256.Sum256(burnt), Reserve: sha256.Sum256(reserve),
	}, nil)
	return err
}

// readyToProve checks what can be known before a token is asked: everybody is there, and the sample
// is the one that the recorded dice draw.
func (v *Vault) readyToProve(t Quorum, batch string) error {
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
	if err := v.CheckHeads(t); err != nil {
		return err
	}
	return v.verifyDraw(st)
}

func (v *Vault) proveKeys(t Quorum, st *BatchState, b *batch.Batch, records []*batch.Record, progress func(done, total int)) error {
	defer secret.Erase()
	var all []*opening
	defer func() {
		for _, o := range all {
			o.wipe()
		}
	}()
	for _, rec := range records {
		o, err := v.newOpening(t, st.Sampled.Number, b, rec)
		if err != nil {
			return err
		}
		all = append(all, o)
	}
	if err := v.openShares(t, all, progress); err != nil {
		return err
	}
	for _, o := range all {
		if err := v.proveKey(o); err != nil {
			return err
		}
	}
	return nil
}

// proveKey opens one key and has it decrypt what was encrypted to its public key.
func (v *Vault) proveKey(o *opening) error {
	private, err := v.open(o)
	if err != nil {
		return err
	}
	defer private.Wipe()
	secret.Do(func() { err = keypair.RoundTrip(o.public, private, v.Host.Rand) })
	return fault.At(o.record.Fingerprint, err)
}

// Published returns the batch and its state when it is proved and the proof is cosigned, so
// that its published keys may leave the vault or be released.
func (v *Vault) Published(id string) (*batch.Batch, *BatchState, error) {
	b, st, err := v.batch(id)
	if err != nil {
		return nil, nil, err
	}
	if st.Proved == nil {
		return nil, nil, fault.At(id, ErrPublished)
	}
	if _, _, err := v.Covered(st.Proved.Number); errors.Is(err, ErrNotCosigned) {
		return nil, nil, fault.At(id, ErrPublished)
	} else if err != nil {
		return nil, nil, err
	}
	return b, st, nil
}

// Locate checks that a key of a batch was published, under that number and fingerprint.
func (v *Vault) Locate(batch string, number int, fingerprint string) error {
	b, st, err := v.Published(batch)
	if err != nil {
		return err
	}
	role := st.published(number)
	if errors.Is(role, ErrNoKey) {
		return fault.At(fingerprint, ErrNoKey)
	}
	rec, _, err := v.record(b, number)
	if err != nil {
		return err
	}
	if rec.Fingerprint != fingerprint {
		return fault.At(fingerprint, ErrNoKey)
	}
	return fault.At(fingerprint, role)
}

// CheckPrivate reports whether private is the private half of the key of that number, as [Vault.Locate] found it.
func (v *Vault) CheckPrivate(batch string, number int, private *secret.Bytes) error {
	b, _, err := v.Published(batch)
	if err != nil {
		return err
	}
	_, public, err := v.record(b, number)
	if err != nil {
		return err
	}
	return keypair.CheckPrivate(keypair.Profile(b.Manifest().Profile), private, public)
}

// AppendExport records that a public batch of that digest left the vault; the same file is
// recorded once.
func (v *Vault) AppendExport(batch string, file [32]byte) error {
	_, st, err := v.Published(batch)
	if err != nil {
		return err
	}
	if slices.Contains(st.Exports, file) {
		return nil
	}
	_, err = v.append(&ledger.BatchExported{Batch: batch, File: file}, nil)
	return err
}

// SecondsPerTouch is the time that the printed prices reckon for one token operation, with the
// person, the PIN and the touch.
const SecondsPerTouch = 5

// Price is what an act costs at the table.
type Price struct {
	Custodians int // how many must be present
	Touches    int // token operations, all custodians together
}

// Minutes returns the time that the touches take, rounded up.
func (p Price) Minutes() int { return (p.Touches*SecondsPerTouch + 59) / 60 }

// CeremonyPrice returns what a ceremony with that sample costs: everybody opens every sampled
// key, and cosigns the root, the sample and the proof.
func CeremonyPrice(p *policy.Policy, sample int) Price {
	n := len(p.Custodians)
	return Price{Custodians: n, Touches: n * (sample + 3)}
}

// ResumePrice returns what is left of a ceremony whose root is cosigned: everybody opens every
// sampled key and cosigns the proof and, unless they have, the sample.
func (v *Vault) ResumePrice(b *BatchState) Price {
	n := len(v.Policy.Custodians)
	left := b.Opened.Act.Sample + 2
	if cosigned(v.State, b.Sampled, everything) {
		left--
	}
	return Price{Custodians: n, Touches: n * left}
}

// ReleasePrice returns what one release costs: k custodians cosign the intent, open, and cosign
// the delivery.
func ReleasePrice(p *policy.Policy) Price {
	return Price{Custodians: p.Threshold, Touches: 3 * p.Threshold}
}
