package custody

import (
	"slices"
	"strings"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/record"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/vault"
)

// OpenKey opens one private key: the only way to do so. The entry at authority must be the
// release-intent for that key, not yet delivered, or the sample-chosen that names it, not yet
// proved; a cosigned checkpoint must cover it. Of an intent, exactly the custodians that it
// names open; of a sample, all.
//
// Each custodian's token performs one operation, on one share of this key. Every share is
// checked against its commitment, the reconstructed key against the published one. The key is
// the binary transferable secret key, unlocked; the caller wipes it.
func (v *Vault) OpenKey(t Table, authority int64, batch string, number int) (*secret.Bytes, error) {
	opening, err := v.authority(authority, batch, number)
	if err != nil {
		return nil, err
	}
	b, _, err := v.batch(batch)
	if err != nil {
		return nil, err
	}
	rec, err := b.Record(number)
	if err != nil {
		return nil, err
	}
	return v.open(t, opening, b, rec)
}

// authority returns the ids of the custodians who may open, according to a covered entry.
func (v *Vault) authority(n int64, batch string, number int) ([]string, error) {
	e, _, err := v.Log.Entry(n)
	if err != nil {
		return nil, err
	}
	if _, _, err := v.Covered(n); err != nil {
		return nil, err
	}
	if e.Get("batch") != batch {
		return nil, ErrHistory
	}
	key := record.FormatKeyNumber(number)
	switch e.Kind {
	case ledger.ReleaseIntent:
		o := v.State.Orders[e.Get("order")]
		if o.Delivered == nil && o.Intent.Number == n && e.Get("key-number") == key {
			return strings.Split(e.Get("opening"), " "), nil
		}
	case ledger.SampleChosen:
		if v.State.Batch(batch).Proved == nil && slices.Contains(strings.Split(e.Get("numbers"), " "), key) {
			return v.Policy.IDs(), nil
		}
	}
	return nil, ErrHistory
}

func (v *Vault) open(t Table, opening []string, b *vault.Batch, rec *vault.Record) (*secret.Bytes, error) {
	shares, err := v.openShares(t, opening, b, rec)
	defer func() {
		for i := range shares {
			shares[i].Y.Wipe()
		}
	}()
	if err != nil {
		return nil, err
	}
	dataKey, err := v.combine(shares, rec)
	if err != nil {
		return nil, err
	}
	defer dataKey.Wipe()
	sealed, err := b.Sealed(rec)
	if err != nil {
		return nil, err
	}
	public, err := b.Public(rec)
	if err != nil {
		return nil, err
	}
	var private *secret.Bytes
	secret.Do(func() {
		if private, err = seal.OpenKey(sealed, dataKey); err == nil {
			err = v.checkKey(b, rec, public, private)
		}
	})
	if err != nil {
		private.Wipe()
		return nil, fault.At(rec.Fingerprint, err)
	}
	return private, nil
}

// checkKey holds the reconstructed key against the published one and the ledger's fingerprint.
func (v *Vault) checkKey(b *vault.Batch, rec *vault.Record, public []byte, private *secret.Bytes) error {
	m := b.Manifest()
	profile := keypair.Profile(m.Profile)
	rehearsal := m.Mode == record.Rehearsal
	fingerprint, err := keypair.Check(profile, public, keypair.UserID(m.Batch, rec.Number, rehearsal), m.Created, rehearsal)
	if err != nil {
		return err
	}
	if fingerprint != rec.Fingerprint {
		return ErrDamaged
	}
	return keypair.CheckPrivate(profile, private, public)
}

// openShares has each of the custodians named open their share of one key.
func (v *Vault) openShares(t Table, opening []string, b *vault.Batch, rec *vault.Record) ([]share.Share, error) {
	var out []share.Share
	for _, id := range opening {
		p := t.find(id)
		if p == nil {
			return out, fault.At(id, ErrQuorum)
		}
		file, err := b.Share(rec, id)
		if err != nil {
			return out, err
		}
		v.Host.notice(Event{Custodian: id, Serial: p.Token.Identity().Serial, Act: ActOpen})
		s, err := seal.OpenShare(file, p.Token)
		if err != nil {
			return out, fault.At(rec.Fingerprint, fault.At(id, err))
		}
		out = append(out, *s)
		if want := v.binding(b, rec, id); s.Binding != want {
			return out, fault.At(rec.Fingerprint, fault.At(id, share.ErrForeign))
		}
	}
	return out, nil
}

// binding is what a custodian's share of a key must say of itself.
func (v *Vault) binding(b *vault.Batch, rec *vault.Record, custodian string) share.Binding {
	m := b.Manifest()
	out := share.Binding{
		Vault: m.Vault, Batch: m.Batch, Key: rec.Fingerprint, Custodian: custodian,
		Threshold: uint8(v.Policy.Threshold), Custodians: uint8(len(v.Policy.Custodians)),
	}
	for _, s := range rec.Shares {
		if s.Custodian == custodian {
			out.X = s.X
		}
	}
	return out
}

// combine reconstructs the data key from every run of k neighbours among the shares, so that
// each share takes part, and refuses when two runs disagree.
func (v *Vault) combine(shares []share.Share, rec *vault.Record) (*secret.Bytes, error) {
	commitments := make(map[string][32]byte, len(rec.Shares))
	for _, s := range rec.Shares {
		commitments[s.Custodian] = s.Commitment
	}
	k := v.Policy.Threshold
	if len(shares) < k {
		return nil, fault.At(rec.Fingerprint, ErrQuorum)
	}
	first, err := share.Combine(shares[:k], commitments)
	if err != nil {
		return nil, fault.At(rec.Fingerprint, err)
	}
	for i := 1; i+k <= len(shares); i++ {
		other, err := share.Combine(shares[i:i+k], commitments)
		if err == nil && !other.Equal(first) {
			err = fault.At(shares[i+k-1].Custodian, share.ErrWrongShare)
		}
		other.Wipe()
		if err != nil {
			first.Wipe()
			return nil, fault.At(rec.Fingerprint, err)
		}
	}
	return first, nil
}
