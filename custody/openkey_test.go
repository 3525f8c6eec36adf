package custody_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

var throws = strings.Repeat("123456", 10)

// deposit makes a batch of as many keys as edits, some of which are to be sampled, each record changed by its edit before it is
// written, and records its root.
func deposit(t *testing.T, b *custodytest.Bench, v *custody.Vault, sample int, edits ...func(rec *batch.SealedKey)) (batch string) {
	t.Helper()
	return depositAll(t, b, v, custody.Ceremony{Publish: len(edits) - sample, Sample: sample}, edits...)
}

// depositAll is deposit of another ceremony.
func depositAll(t *testing.T, b *custodytest.Bench, v *custody.Vault, c custody.Ceremony, edits ...func(rec *batch.SealedKey)) (id string) {
	t.Helper()
	id, err := v.OpenCeremony(c)
	if err != nil {
		t.Fatal(err)
	}
	created := b.Now().Truncate(time.Second)
	d, err := v.Deposit(id, created, 1<<20, func(w *batch.Writer) error {
		for i, edit := range edits {
			rec := sealedKey(t, v, id, i+1, created, nil)
			edit(&rec)
			if err := w.Add(rec); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Seal(d, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	return id
}

func same(*batch.SealedKey) {}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func nobody(int, int) {}

// keysOf are the sealing keys of a custodian's tokens.
func keysOf(v *custody.Vault, custodian int) (keys []*ecdh.PublicKey) {
	for _, tok := range v.Policy.Custodians[custodian].Tokens {
		keys = append(keys, tok.SealingKey)
	}
	return keys
}

// resplit puts shares of another data key into a record, in place of those of custodians.
func resplit(t *testing.T, v *custody.Vault, rec *batch.SealedKey, id, key string, custodians ...int) {
	t.Helper()
	dataKey, err := secret.Random(rand.Reader, share.Size)
	if err != nil {
		t.Fatal(err)
	}
	shares, err := share.Split(dataKey, v.Policy.Vault, id, key, v.Policy.IDs(), v.Policy.Threshold)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range custodians {
		s := &shares[c]
		if len(custodians) < len(shares) {
			s.X = rec.Shares[c].X
		}
		r, err := seal.NewRecipient(keysOf(v, c))
		if err != nil {
			t.Fatal(err)
		}
		file, err := r.Seal(s)
		if err != nil {
			t.Fatal(err)
		}
		rec.Shares[c] = batch.SealedShare{Custodian: s.Custodian, X: s.X, File: file, Commitment: s.Commitment()}
	}
}

// TestSharesThatAreNotThose: what was sealed in the place of a share, or of the key, is found out when it is opened, and nothing
// is handed over. Each fault is there twice: one key of the batch is not sampled.
func TestSharesThatAreNotThose(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	foreign := func(rec *batch.SealedKey) { // its threshold lies in the sealed record alone
		resplit(t, v, rec, "b20261121-000000", rec.Fingerprint, 0)
	}
	uncommitted := func(rec *batch.SealedKey) { rec.Shares[1].Commitment[0] ^= 1 }
	disagreeing := func(rec *batch.SealedKey) { resplit(t, v, rec, v.State.Unfinished().ID, rec.Fingerprint, 2) }
	another := func(rec *batch.SealedKey) { resplit(t, v, rec, v.State.Unfinished().ID, rec.Fingerprint, 0, 1, 2) }
	wants := []error{nil, nil, share.ErrForeign, share.ErrForeign, share.ErrWrongShare, share.ErrWrongShare, share.ErrWrongShare, share.ErrWrongShare, seal.ErrDamaged, seal.ErrDamaged}
	batch := deposit(t, b, v, 9, same, same, foreign, foreign, uncommitted, uncommitted, disagreeing, disagreeing, another, another)
	table := b.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table))
	st := v.State.Batch(batch)
	asked := 0
	v.Host.Notice = func(custody.Event) { asked++ }
	for _, n := range st.Sample() {
		asked = 0
		private, err := v.OpenKey(table, st.Sampled.Number, batch, n)
		wantError(t, "key "+keyvalue.FormatKeyNumber(n), err, wants[n-1])
		if errors.Is(wants[n-1], share.ErrForeign) && asked != 1 {
			t.Errorf("key %d: after a share that is foreign %d more were opened", n, asked-1)
		}
		if (private == nil) != (err != nil) {
			t.Errorf("key %d: handed over %v, %v", n, private != nil, err)
		}
		private.Wipe()
	}
	must(t, v.Close())
	b = custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2}) // a quorum is everybody
	v = b.Open(t, true)
	batch, table = deposit(t, b, v, 1, uncommitted, uncommitted), b.Seat(t, v)
	must(t, v.Cosign(table), v.ChooseSample(batch, throws), v.Cosign(table))
	st = v.State.Batch(batch)
	private, err := v.OpenKey(table, st.Sampled.Number, batch, st.Sample()[0])
	if wantError(t, "a wrong share of a quorum", err, share.ErrWrongShare); private != nil {
		t.Error("a key is handed over")
	}
}

// TestAuthority: a key is opened under the cosigned entry that names it, as long as that allows it, by those whom it names, all of
// whom are there with their token; otherwise no token is asked.
func TestAuthority(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	asked := map[string]int{}
	v.Host.Notice = func(e custody.Event) {
		if e.Act == custody.ActOpen {
			asked[e.Custodian]++
		}
	}
	table := b.Seat(t, v)
	id := deposit(t, b, v, 2, same, same, same)
	refused := func(what string, table custody.Quorum, entry int64, batch string, number int, want error) {
		t.Helper()
		clear(asked)
		private, err := v.OpenKey(table, entry, batch, number)
		if wantError(t, what, err, want); private != nil || len(asked) > 0 {
			t.Errorf("%s: handed over %v, asked %v", what, private != nil, asked)
		}
	}
	opened := func(what string, table custody.Quorum, entry int64, number int, by ...string) {
		t.Helper()
		clear(asked)
		private, err := v.OpenKey(table, entry, id, number)
		if err != nil || len(asked) != len(by) {
			t.Errorf("%s: asked %v, %v", what, asked, err)
			return
		}
		for _, c := range by {
			if asked[c] != 1 {
				t.Errorf("%s: %s was asked %d times", what, c, asked[c])
			}
		}
		must(t, v.CheckPrivate(id, number, private))
		private.Wipe()
	}
	_, err := v.OpenKey(table, 2, "b20261121-000000", 1)
	wantError(t, "no batch", err, custody.ErrNoBatch)
	must(t, v.Cosign(table))
	wantError(t, "a proof without a sample", v.ProveSample(table, id, nobody), custody.ErrHistory)
	must(t, v.ChooseSample(id, throws))
	st := v.State.Batch(id)
	burnt := st.Sample()
	kept := 6 - burnt[0] - burnt[1]
	wantError(t, "a proof by two, to begin with", v.ProveSample(table[:2], id, nobody), custody.ErrQuorum)
	refused("a sample that is not cosigned", table, st.Sampled.Number, id, burnt[0], custody.ErrNotCosigned)
	must(t, v.Cosign(table))
	refused("not of the sample", table, st.Sampled.Number, id, kept, custody.ErrHistory)
	refused("an entry of another kind", table, st.Sealed.Number, id, burnt[0], custody.ErrHistory)
	refused("an entry to come", table, 99, id, burnt[0], ledger.ErrNone)
	refused("somebody is absent", table[:2], st.Sampled.Number, id, burnt[0], custody.ErrQuorum)
	refused("no such key", table, st.Sampled.Number, id, 4, batch.ErrKeys)
	wantError(t, "a proof by two", v.ProveSample(table[:2], id, nobody), custody.ErrQuorum)
	exchanged := slices.Clone(table)
	exchanged[0].Token, exchanged[1].Token = table[1].Token, table[0].Token
	refused("the tokens of each other", exchanged, st.Sampled.Number, id, burnt[0], seal.ErrNotForToken)
	wantError(t, "not proved", v.Locate(id, kept, ""), custody.ErrPublished)
	_, _, err = v.Published(id)
	wantError(t, "not proved", err, custody.ErrPublished)
	must(t, v.ProveSample(table, id, nobody))
	wantError(t, "a proof that is not cosigned", v.Locate(id, kept, ""), custody.ErrPublished)
	wantError(t, "its export", v.AppendExport(id, [32]byte{}), custody.ErrPublished)
	must(t, v.Cosign(table))
	refused("a sample that is proved", table, st.Sampled.Number, id, burnt[0], custody.ErrHistory)

	sealedBatch, _, err := v.Published(id)
	must(t, err)
	rec, err := sealedBatch.Record(kept)
	must(t, err, v.Locate(id, kept, rec.Fingerprint))
	wantError(t, "a key of another name", v.Locate(id, kept, strings.Repeat("0", 40)), custody.ErrNoKey)
	wantError(t, "a number that is none", v.Locate(id, 4, rec.Fingerprint), custody.ErrNoKey)
	other, err := sealedBatch.Record(burnt[0])
	must(t, err)
	wantError(t, "a burnt key", v.Locate(id, burnt[0], other.Fingerprint), custody.ErrBurnt)

	intend := func(opening ...string) int64 {
		t.Helper()
		_, err := v.Append(&ledger.ReleaseIntent{Order: "x1", Batch: id, KeyNumber: kept, Key: rec.Fingerprint, Opening: opening}, nil)
		must(t, err)
		return v.State.Orders["x1"].Intent.Number
	}
	_, err = v.Append(&ledger.OrderReceived{Order: "x1", Key: rec.Fingerprint, NotBefore: b.Now()}, nil)
	must(t, err)
	first := intend("c01", "c02")
	refused("an intent that is not cosigned", table, first, id, kept, custody.ErrNotCosigned)
	must(t, v.Cosign(table))
	opened("an intent", table, first, kept, "c01", "c02")
	refused("another key", table, first, id, burnt[0], custody.ErrHistory)
	refused("another custodian", table[1:], first, id, kept, custody.ErrQuorum)
	second := intend("c02", "c03")
	must(t, v.Cosign(table))
	refused("an intent that another took the place of", table, first, id, kept, custody.ErrHistory)
	opened("the second intent", table[1:], second, kept, "c02", "c03")
	for _, act := range []ledger.Act{
		&ledger.ReleaseOpened{Order: "x1", Key: rec.Fingerprint}, &ledger.ReleaseDelivered{Order: "x1", Key: rec.Fingerprint},
	} {
		if _, err := v.Append(act, nil); err != nil {
			t.Fatal(act.Kind(), err)
		}
	}
	refused("an order that is delivered", table, second, id, kept, custody.ErrHistory)
	later := deposit(t, b, v, 2, same, same, same)
	refused("the sample of an earlier batch", table, st.Sampled.Number, later, burnt[0], custody.ErrHistory)
	must(t, v.Cosign(table), v.ChooseSample(later, throws), v.Cosign(table))
	refused("a key of another batch", table, v.State.Batch(later).Sampled.Number, id, burnt[0], custody.ErrHistory)
	must(t, v.Close())
	v = b.Open(t, false)
	v.Host.Notice = func(e custody.Event) { asked[e.Custodian]++ }
	refused("a reader", table, v.State.Batch(later).Sampled.Number, later, v.State.Batch(later).Sample()[0], fs.ErrPermission)
}

// TestClaimsOfAnEarlierRun: what a run recorded and nobody cosigned is not cosigned by the next: of a root the batch is
// abandoned, a proof is done again.
func TestClaimsOfAnEarlierRun(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	reopened := func() custody.Quorum {
		t.Helper()
		must(t, v.Close())
		v = b.Open(t, true)
		return b.Seat(t, v)
	}
	root := deposit(t, b, v, 1, same, same)
	table := reopened()
	must(t, v.Cosign(table))
	if st := v.State.Batch(root); st.Abandoned == nil {
		t.Error("a root of an earlier run is cosigned")
	}
	if _, err := os.Lstat(v.BatchPath(root)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("its batch is there:", err)
	}
	wantError(t, "its sample", v.ChooseSample(root, throws), custody.ErrAbandoned)
	proof := deposit(t, b, v, 1, same, same)
	must(t, v.Cosign(table), v.ChooseSample(proof, throws), v.Cosign(table), v.ProveSample(table, proof, nobody))
	table = reopened()
	size := v.Log.Size()
	wantError(t, "a proof of an earlier run", v.Cosign(table), custody.ErrUnfinished)
	wantError(t, "by custodians who remember more", v.ProveSample(forgetting(table), proof, nobody), ledger.ErrStale)
	must(t, v.ProveSample(table, proof, nobody))
	if v.Log.Size() != size {
		t.Errorf("the proof is recorded %d times more", v.Log.Size()-size)
	}
	must(t, v.Cosign(table))
	wantError(t, "no such key", v.Locate(proof, 6, "x"), custody.ErrNoKey)
}

// ahead remembers more than there is.
type ahead struct{}

func (ahead) Head(string) (token.Head, error)   { return token.Head{Size: 1000}, nil }
func (ahead) KeepHead(string, token.Head) error { return nil }

func forgetting(t custody.Quorum) custody.Quorum {
	t = slices.Clone(t)
	t[0].Heads = ahead{}
	return t
}

// TestPrivateOf: CheckPrivate compares with the public key of that number.
func TestPrivateOf(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, true)
	id := deposit(t, b, v, 1, same, same, same)
	table := b.Seat(t, v)
	wantError(t, "before its proof", v.CheckPrivate(id, 1, nil), custody.ErrPublished)
	must(t, v.Cosign(table), v.ChooseSample(id, throws), v.Cosign(table))
	st := v.State.Batch(id)
	n := st.Sample()[0]
	private, err := v.OpenKey(table, st.Sampled.Number, id, n)
	must(t, err, v.ProveSample(table, id, nobody), v.Cosign(table), v.CheckPrivate(id, n, private))
	wantError(t, "of another number", v.CheckPrivate(id, n%3+1, private), keypair.ErrPrivate)
	wantError(t, "of no number", v.CheckPrivate(id, 4, private), batch.ErrKeys)
	private.Wipe()
	before := v.Log.Size()
	must(t, v.AppendExport(id, [32]byte{1}), v.AppendExport(id, [32]byte{1}), v.AppendExport(id, [32]byte{2}))
	if v.Log.Size() != before+2 {
		t.Errorf("%d exports recorded, of two files", v.Log.Size()-before)
	}
}
