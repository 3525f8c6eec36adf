package custody_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony/keygen"
)

// sealedKey is the record of a key of the vault: the public part of one pair, and the private part of another when
// there is one, sealed and split as a ceremony does.
func sealedKey(t *testing.T, v *custody.Vault, id string, number int, created time.Time, private *keypair.Pair) batch.SealedKey {
	t.Helper()
	pair := pairOf(t, id, number, created, v.Policy.Mode)
	if private == nil {
		private = pair
	}
	dataKey, err := secret.Random(rand.Reader, share.Size)
	if err != nil {
		t.Fatal(err)
	}
	defer dataKey.Wipe()
	rec := batch.SealedKey{Number: number, Fingerprint: pair.Fingerprint, Public: pair.Public}
	if rec.Sealed, err = seal.SealKey(private.Private, dataKey); err != nil {
		t.Fatal(err)
	}
	shares, err := share.Split(dataKey, v.Policy.Vault, id, pair.Fingerprint, v.Policy.IDs(), v.Policy.Threshold)
	if err != nil {
		t.Fatal(err)
	}
	for i := range shares {
		s := &shares[i]
		var tokens []*ecdh.PublicKey
		for _, tok := range v.Policy.Custodians[i].Tokens {
			tokens = append(tokens, tok.SealingKey)
		}
		file, err := seal.SealShare(s, tokens)
		if err != nil {
			t.Fatal(err)
		}
		rec.Shares = append(rec.Shares, batch.SealedShare{Custodian: s.Custodian, X: s.X, File: file, Commitment: s.Commitment()})
		s.Wipe()
	}
	return rec
}

func pairOf(t *testing.T, batch string, number int, created time.Time, mode string) *keypair.Pair {
	t.Helper()
	rehearsal := mode == keyvalue.Rehearsal
	pair, err := keygen.Generate(keypair.V4Curve25519, keypair.UserID(batch, number, rehearsal), created, rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pair.Private.Wipe)
	return pair
}

// TestPrivateKeyOfAnother: a key whose sealed part is whole, and opens, and is the private half of another
// public key of the same name, is not handed to anybody.
func TestPrivateKeyOfAnother(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 3})
	v := b.Open(t, true)
	id, err := v.OpenCeremony(custody.Ceremony{Publish: 1, Sample: 2})
	if err != nil {
		t.Fatal(err)
	}
	created := b.Now().Truncate(time.Second)
	d, err := v.Deposit(id, created, 1<<20, func(w *batch.Writer) error {
		for n := 1; n <= 3; n++ { // two of the three are sampled, one of the first two always
			var other *keypair.Pair
			if n < 3 {
				other = pairOf(t, id, n, created, keyvalue.Rehearsal)
			}
			if err := w.Add(sealedKey(t, v, id, n, created, other)); err != nil {
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
	table := b.Seat(t, v)
	if err := v.Cosign(table); err != nil {
		t.Fatal(err)
	}
	if err := v.ChooseSample(id, strings.Repeat("123456", 10)); err != nil {
		t.Fatal(err)
	}
	if err := v.Cosign(table); err != nil {
		t.Fatal(err)
	}
	st := v.State.Batch(id)
	for _, n := range st.Sample() {
		private, err := v.OpenKey(table, st.Sampled.Number, id, n)
		if n == 3 {
			if err != nil {
				t.Errorf("key 3: %v", err)
			}
			private.Wipe()
			continue
		}
		wantError(t, "key "+keyvalue.FormatKeyNumber(n), err, keypair.ErrPrivate)
		if private != nil {
			t.Errorf("key %d was handed over", n)
		}
	}
	wantError(t, "the proof", v.ProveSample(table, id, func(int, int) {}), keypair.ErrPrivate)
	if v.State.Batch(id).Proved != nil || v.Log.Size() != st.Sampled.Number+1 {
		t.Error("something was recorded of a batch that was not proved")
	}
}
