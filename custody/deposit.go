package custody

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
)

// Ceremony is what the ledger records of a ceremony before its first key.
type Ceremony struct {
	Script                   [32]byte // SHA-256 of the reviewed script
	Publish, Sample, Reserve int
	Personal                 []keyvalue.Field
}

// OpenCeremony records a ceremony and returns the id of its new batch. It refuses to, before a key is
// made, when a token's attestation does not hold any more: see [Vault.Origins].
func (v *Vault) OpenCeremony(c Ceremony) (string, error) {
	if _, err := v.Origins(); err != nil {
		return "", err
	}
	var b [3]byte
	if _, err := io.ReadFull(v.Host.Rand, b[:]); err != nil {
		return "", err
	}
	id := "b" + v.Host.Now().UTC().Format("20060102") + "-" + hex.EncodeToString(b[:])
	_, err := v.append(&ledger.CeremonyOpened{
		Batch: id, Script: c.Script, Software: v.Host.Software, Publish: c.Publish, Sample: c.Sample, Reserve: c.Reserve,
	}, c.Personal)
	return id, err
}

// Deposited is a batch as it was made: its manifest, with the digests and the root that were computed
// while it was written, and not read from a disk. [Vault.Deposit] alone makes one, and [Vault.Seal] records nothing else.
type Deposited struct {
	vault    *Vault
	manifest *batch.Manifest
	digest   [32]byte // of manifest.txt
}

// Deposit writes the sealed batch of an opened ceremony: add is called with the open writer and
// adds every key in order. The batch's folder must not exist.
func (v *Vault) Deposit(id string, created time.Time, maxVolume int64, add func(*batch.Writer) error) (*Deposited, error) {
	if _, err := v.opened(id); err != nil {
		return nil, err
	}
	w, err := batch.NewWriter(v.Host.Disk, v.BatchPath(id), batch.Header{
		Vault: v.Policy.Vault, Batch: id, Mode: v.Policy.Mode, Profile: v.Policy.Profile, Created: created,
		Threshold: v.Policy.Threshold, Custodians: v.Policy.IDs(),
	}, maxVolume)
	if err != nil {
		return nil, err
	}
	if err := add(w); err != nil {
		w.Abandon()
		return nil, err
	}
	m, err := w.Close()
	if err != nil {
		return nil, err
	}
	text, err := m.Format()
	if err != nil {
		return nil, err
	}
	return &Deposited{vault: v, manifest: m, digest: sha256.Sum256(text)}, nil
}

// Seal re-reads every byte of a deposited batch from disk, compares it with what was made, and records the
// root that was computed while it was written. The disk only shows that it holds that batch: what lies there
// instead is [ErrNotMade] or damage, by name, and nothing is recorded. The batch counts once the entry is cosigned.
func (v *Vault) Seal(d *Deposited, progress func(done, total int)) error {
	m := d.manifest
	if d.vault != v {
		return ErrHistory
	}
	st, err := v.opened(m.Batch)
	if err != nil {
		return err
	}
	if err := v.checkHeader(m, st); err != nil {
		return err
	}
	if err := v.verifyDeposited(d, progress); err != nil {
		return fault.At(m.Batch, err)
	}
	_, err = v.append(&ledger.BatchSealed{Batch: m.Batch, Keys: m.Keys, Root: m.Root, Manifest: d.digest}, nil)
	return err
}

// verifyDeposited reports whether the disk holds the batch that was made, and all of it.
func (v *Vault) verifyDeposited(d *Deposited, progress func(done, total int)) error {
	b, err := batch.Open(v.Host.Disk, v.BatchPath(d.manifest.Batch))
	if err != nil {
		return err
	}
	defer b.Close()
	if b.Digest() != d.digest {
		return fault.At("manifest.txt", fault.At(d.manifest.Difference(b.Manifest()), ErrNotMade))
	}
	_, err = b.Verify(progress) // every other digest stands in the manifest
	return err
}

// opened returns the state of a batch whose ceremony has begun and whose root is not recorded.
func (v *Vault) opened(id string) (*BatchState, error) {
	if err := v.mayWrite(); err != nil {
		return nil, err
	}
	st := v.State.Batch(id)
	if st == nil || st.Abandoned != nil || st.Sealed != nil {
		return nil, fault.At(id, ErrHistory)
	}
	return st, nil
}

// checkHeader compares a manifest with the policy and the ceremony's entry.
func (v *Vault) checkHeader(m *batch.Manifest, st *BatchState) error {
	p := v.Policy
	same := m.Vault == p.Vault && m.Batch == st.ID && m.Mode == p.Mode && m.Profile == p.Profile &&
		m.Threshold == p.Threshold && m.Custodians == len(p.Custodians) && m.Keys == st.Total()
	if !same {
		return fault.At(st.ID, fault.At("manifest.txt", ErrDamaged))
	}
	return nil
}

// sealed returns the state of a batch whose root is in the ledger.
func (v *Vault) sealed(id string) (*BatchState, error) {
	st := v.State.Batch(id)
	switch {
	case st != nil && st.Abandoned != nil:
		return nil, fault.At(id, ErrAbandoned)
	case st == nil:
		return nil, fault.At(id, ErrNoBatch)
	case st.Sealed == nil:
		return nil, fault.At(id, ErrUnsealed)
	}
	return st, nil
}

// checkManifest compares the manifest on disk with the ledger.
func (v *Vault) checkManifest(b *batch.Batch, st *BatchState) error {
	m := b.Manifest()
	if err := v.checkHeader(m, st); err != nil {
		return err
	}
	if st.Sealed.Act.Manifest != b.Digest() || st.Sealed.Act.Root != [32]byte(m.Root) {
		return fault.At(st.ID, fault.At("manifest.txt", ErrDamaged))
	}
	return nil
}

// Abandon gives up a batch that was interrupted before its root was cosigned: its folder goes,
// the entry stays. Nothing of it was published or opened.
func (v *Vault) Abandon(batch string) error {
	if st := v.State.Batch(batch); st != nil && st.Sealed != nil {
		// A checkpoint that cannot be read now may cover it all the same.
		if _, _, err := v.Covered(st.Sealed.Number); err == nil {
			return fault.At(batch, ErrHistory)
		} else if !errors.Is(err, ErrNotCosigned) {
			return err
		}
	}
	if _, err := v.append(&ledger.BatchAbandoned{Batch: batch, Why: ledger.Interrupted}, nil); err != nil {
		return err
	}
	return v.Host.Disk.RemoveAll(v.BatchPath(batch))
}

// ChooseSample draws the sample from the dice that the witnesses threw and from the checkpoint
// that covers the batch's root, and records it.
func (v *Vault) ChooseSample(id, dice string) error {
	st, err := v.sealed(id)
	if err != nil {
		return err
	}
	c, _, err := v.Covered(st.Sealed.Number)
	if err != nil {
		return err
	}
	numbers, err := batch.Sample(c.Body, dice, st.Total(), st.Opened.Act.Sample)
	if err != nil {
		return err
	}
	_, err = v.append(&ledger.SampleChosen{Batch: id, Dice: dice, Numbers: numbers}, nil)
	return err
}
