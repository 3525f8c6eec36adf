package custody

import (
	"slices"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
)

// OpenKey opens one private key: the only way to do so. The entry at authority must be the
// release-intent for that key, not yet delivered, or the sample-chosen that names it, not yet
// proved; a cosigned checkpoint must cover it. Of an intent, exactly the custodians that it
// names open; of a sample, all.
//
// Each custodian's token performs one operation, on one share of this key. Every share is
// checked against its commitment, the reconstructed key against the published one. The key is
// the binary transferable secret key, unlocked; the caller wipes it.
func (v *Vault) OpenKey(t Quorum, authority int64, batch string, number int) (*secret.Bytes, error) {
	b, _, err := v.batch(batch)
	if err != nil {
		return nil, err
	}
	rec, _, err := v.record(b, number)
	if err != nil {
		return nil, err
	}
	return v.openRecord(t, authority, b, rec)
}

// record returns the record of one key and its public part, all of it authentic: the tree under the batch's root vouches
// for it save for the fingerprint, which its public key must have.
func (v *Vault) record(b *batch.Batch, number int) (rec *batch.Record, public []byte, err error) {
	if rec, err = b.Record(number); err == nil {
		public, err = v.public(b, rec)
	}
	if err != nil {
		return nil, nil, fault.At(b.Manifest().Batch, err)
	}
	return rec, public, nil
}

// openRecord is OpenKey for a record that is authentic.
func (v *Vault) openRecord(t Quorum, authority int64, b *batch.Batch, rec *batch.Record) (*secret.Bytes, error) {
	defer secret.Erase()
	o, err := v.newOpening(t, authority, b, rec)
	if err != nil {
		return nil, err
	}
	defer o.wipe()
	if err := v.openShares(t, []*opening{o}, func(int, int) {}); err != nil {
		return nil, err
	}
	return v.open(o)
}

// opening is one key that is being opened: what the batch holds of it, all of it authentic, and its
// shares as far as the tokens have opened them.
type opening struct {
	batch          *batch.Batch
	record         *batch.Record
	sealed, public []byte
	files          []shareFile
	shares         []share.Share // one for each file
}

func (o *opening) wipe() {
	for i := range o.shares {
		o.shares[i].Wipe()
	}
}

// newOpening refuses all that can be refused without a token, before the first one is asked.
func (v *Vault) newOpening(t Quorum, authority int64, b *batch.Batch, rec *batch.Record) (*opening, error) {
	if err := v.mayWrite(); err != nil {
		return nil, err
	}
	custodians, err := v.authority(authority, b.Manifest().Batch, rec)
	if err != nil {
		return nil, err
	}
	o := &opening{batch: b, record: rec}
	if o.sealed, err = b.Sealed(rec); err != nil {
		return nil, err
	}
	if o.public, err = v.public(b, rec); err != nil {
		return nil, err
	}
	if o.files, err = v.shareFiles(t, custodians, b, rec); err != nil {
		return nil, err
	}
	o.shares = make([]share.Share, len(o.files))
	return o, nil
}

// open puts the data key together from the shares, and opens the private key with it.
func (v *Vault) open(o *opening) (*secret.Bytes, error) {
	dataKey, err := v.combine(o.shares, o.record)
	if err != nil {
		return nil, err
	}
	defer dataKey.Wipe()
	var private *secret.Bytes
	secret.Do(func() {
		if private, err = seal.OpenKey(o.sealed, dataKey); err == nil {
			err = keypair.CheckPrivate(keypair.Profile(o.batch.Manifest().Profile), private, o.public)
		}
	})
	if err != nil {
		private.Wipe()
		return nil, fault.At(o.record.Fingerprint, err)
	}
	return private, nil
}

// authority returns the ids of the custodians who may open, according to a covered entry.
func (v *Vault) authority(n int64, id string, rec *batch.Record) ([]string, error) {
	e, _, err := v.Log.Entry(n)
	if err != nil {
		return nil, err
	}
	if _, _, err := v.Covered(n); err != nil {
		return nil, err
	}
	switch a := e.Act.(type) {
	case *ledger.ReleaseIntent:
		o := v.State.Orders[a.Order]
		if a.Batch == id && o.Delivered == nil && o.Intent.Number == n && a.KeyNumber == rec.Number && a.Key == rec.Fingerprint {
			return a.Opening, nil
		}
	case *ledger.SampleChosen:
		proved := cosigned(v.State, v.State.Batch(a.Batch).Proved, everything)
		if a.Batch == id && !proved && slices.Contains(a.Numbers, rec.Number) {
			return v.Policy.IDs(), nil
		}
	}
	return nil, ErrHistory
}

// public returns the published key after holding it against the batch and the ledger's fingerprint.
func (v *Vault) public(b *batch.Batch, rec *batch.Record) ([]byte, error) {
	public, err := b.Public(rec)
	if err != nil {
		return nil, err
	}
	m := b.Manifest()
	rehearsal := m.Mode == keyvalue.Rehearsal
	id := keypair.UserID(m.Batch, rec.Number, rehearsal)
	fingerprint, err := keypair.Check(keypair.Profile(m.Profile), public, id, m.Created, rehearsal)
	if err == nil && fingerprint != rec.Fingerprint {
		err = ErrDamaged
	}
	return public, fault.At(rec.Fingerprint, err)
}

// shareFile is a share with the custodian who is there to open it.
type shareFile struct {
	*Present
	data []byte
}

// shareFiles gathers the shares of one key for the custodians named, each of whom is present with
// a token to which theirs is sealed.
func (v *Vault) shareFiles(t Quorum, opening []string, b *batch.Batch, rec *batch.Record) ([]shareFile, error) {
	out := make([]shareFile, len(opening))
	for i, id := range opening {
		p := t.find(id)
		if p == nil {
			return nil, fault.At(id, ErrQuorum)
		}
		data, err := b.Share(rec, id)
		if err != nil {
			return nil, err
		}
		ok, err := seal.ForToken(data, p.Token.SealingKey())
		if err == nil && !ok {
			err = seal.ErrNotForToken
		}
		if err != nil {
			return nil, fault.At(rec.Fingerprint, fault.At(id, err))
		}
		out[i] = shareFile{p, data}
	}
	return out, nil
}

// openShares has the tokens open their shares of all the keys: one custodian after the other, so that
// at a table with few readers a token is put in once for all of them. progress is told how many
// shares are open.
func (v *Vault) openShares(t Quorum, all []*opening, progress func(done, total int)) error {
	done, total := 0, 0
	for _, o := range all {
		total += len(o.files)
	}
	here, away := t.turns()
	for _, p := range slices.Concat(here, away) {
		for _, o := range all {
			i := slices.IndexFunc(o.files, func(f shareFile) bool { return f.Custodian == p.Custodian })
			if i < 0 {
				continue
			}
			if err := v.openShare(o, i); err != nil {
				return fault.At(o.record.Fingerprint, fault.At(p.Custodian, err))
			}
			done++
			progress(done, total)
		}
	}
	return nil
}

// openShare has one token open one share of one key.
func (v *Vault) openShare(o *opening, i int) error {
	f := o.files[i]
	v.Host.notice(Event{Custodian: f.Custodian, Serial: f.Token.Identity().Serial, Act: ActOpen})
	s, err := seal.OpenShare(f.data, f.Token)
	if err != nil {
		return err
	}
	o.shares[i] = *s
	if s.Binding != v.binding(o.batch, o.record, f.Custodian) {
		return share.ErrForeign
	}
	return nil
}

// binding is what a custodian's share of a key must say of itself.
func (v *Vault) binding(b *batch.Batch, rec *batch.Record, custodian string) share.Binding {
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
func (v *Vault) combine(shares []share.Share, rec *batch.Record) (*secret.Bytes, error) {
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
