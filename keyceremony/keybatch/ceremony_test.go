package keybatch_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

// TestAnchors: a good file is refused under every anchor but its own.
func TestAnchors(t *testing.T) {
	v, other := batchtest.NewVault(t, vaultID), batchtest.NewVault(t, otherVault)
	twin := batchtest.NewVault(t, vaultID) // the same id, other custodians
	file := batchtest.Write(t, v.Batch(t, small()))
	for _, c := range []struct {
		name  string
		alter func(a *policy.Anchor)
		want  error
	}{
		{"another vault", func(a *policy.Anchor) { *a = *other.Anchor }, keybatch.ErrVault},
		{"other custodians", func(a *policy.Anchor) { *a = *twin.Anchor }, policy.ErrAnchor},
		{"another mode", func(a *policy.Anchor) { a.Mode = keyvalue.Production }, keybatch.ErrMode},
		{"another policy", func(a *policy.Anchor) { a.PolicyEntry[0]++ }, policy.ErrAnchor},
		{"a lower threshold", func(a *policy.Anchor) { a.Threshold-- }, policy.ErrAnchor},
		{"a signer more", func(a *policy.Anchor) { a.Signers = append(a.Signers, twin.Anchor.Signers[0]) }, policy.ErrAnchor},
		{"a signer less", func(a *policy.Anchor) { a.Signers = a.Signers[1:] }, policy.ErrAnchor},
	} {
		a := *v.Anchor
		a.Signers = slices.Clone(a.Signers)
		c.alter(&a)
		_, err := verify(&batchtest.Vault{Anchor: &a}, file)
		t.Run(c.name, func(t *testing.T) { wantError(t, err, c.want, "") })
	}
}

// TestCosigners: k-1 custodians are too few, two tokens of one custodian among them.
func TestCosigners(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	c := v.Batch(t, small())
	for _, who := range []string{"c01-1", "c01-2", "c03-1"} {
		c.Checkpoint = v.Checkpoint(t, who)
		_, err := verify(v, batchtest.Write(t, c))
		wantError(t, err, ledger.ErrTooFew, "checkpoint.txt")
	}
	for _, who := range [][]string{{"c01-2", "c03-1"}, {"c01-1", "c02-1", "c03-1"}} {
		c.Checkpoint = v.Checkpoint(t, who...)
		if _, err := verify(v, batchtest.Write(t, c)); err != nil {
			t.Errorf("%v: %v", who, err)
		}
	}
}

// altered alters the act of that type.
func altered[A any](change func(*A)) func(ledger.Act) {
	return func(act ledger.Act) {
		if a, ok := any(act).(*A); ok {
			change(a)
		}
	}
}

// ceremonies are what a ceremony that was wrong, though cosigned, could have left behind.
var ceremonies = []struct {
	name  string
	alter func(o *batchtest.Options)
	want  error
}{
	{"a key twice", func(o *batchtest.Options) {
		o.AlterKeys = func(k []keybatch.Key) { k[5].Public, k[5].Fingerprint = k[0].Public, k[0].Fingerprint }
		o.AlterBurnt = func(l *batch.BurntList) { // when the dice chose both, the list cannot say so
			if l.Keys[0].Fingerprint == l.Keys[1].Fingerprint {
				l.Keys[1].Fingerprint = strings.Repeat("0", 40)
			}
		}
	}, keybatch.ErrDuplicate},
	{"a key with another user ID", func(o *batchtest.Options) {
		o.AlterKeys = func(k []keybatch.Key) {
			for i := range k[:3] {
				k[i].Public, k[i+3].Public = k[i+3].Public, k[i].Public
				k[i].Fingerprint, k[i+3].Fingerprint = k[i+3].Fingerprint, k[i].Fingerprint
			}
		}
	}, keypair.ErrUserID},
	{"fingerprints swapped", func(o *batchtest.Options) {
		o.AlterKeys = func(k []keybatch.Key) {
			for i := range k[:3] {
				k[i].Fingerprint, k[i+3].Fingerprint = k[i+3].Fingerprint, k[i].Fingerprint
			}
		}
	}, keybatch.ErrFingerprint},
	{"a sample that is not the burnt list", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.SampleChosen) { a.Numbers = []int{1, 2} })
		o.AlterBurnt = func(l *batch.BurntList) { l.Keys[0].Number, l.Keys[1].Number = 3, 4 }
	}, keybatch.ErrBurntList},
	{"a burnt list of other fingerprints", func(o *batchtest.Options) {
		o.AlterBurnt = func(l *batch.BurntList) { l.Keys[0].Fingerprint = strings.Repeat("0", 40) }
	}, keybatch.ErrBurntList},
	{"a burnt list of another batch", func(o *batchtest.Options) {
		o.AlterBurnt = func(l *batch.BurntList) { l.Batch = otherBatch }
	}, keybatch.ErrBatch},
	{"a burnt list of another vault", func(o *batchtest.Options) {
		o.AlterBurnt = func(l *batch.BurntList) { l.Vault = otherVault }
	}, keybatch.ErrVault},
	{"another burnt digest", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.BatchProved) { a.Burnt = [32]byte{} })
	}, keybatch.ErrBurntList},
	{"a reserve list of other fingerprints", func(o *batchtest.Options) {
		o.AlterReserve = func(l *batch.ReserveList) { l.Keys[0].Fingerprint = strings.Repeat("0", 40) }
	}, keybatch.ErrReserveList},
	{"a reserve list of other numbers", func(o *batchtest.Options) {
		o.AlterReserve = func(l *batch.ReserveList) { l.Keys[0].Number = 1 }
	}, keybatch.ErrReserveList},
	{"a reserve list without keys", func(o *batchtest.Options) {
		o.AlterReserve = func(l *batch.ReserveList) { l.Keys = nil }
	}, keybatch.ErrReserveList},
	{"a reserve list of another batch", func(o *batchtest.Options) {
		o.AlterReserve = func(l *batch.ReserveList) { l.Batch = otherBatch }
	}, keybatch.ErrBatch},
	{"a reserve list of another vault", func(o *batchtest.Options) {
		o.AlterReserve = func(l *batch.ReserveList) { l.Vault = otherVault }
	}, keybatch.ErrVault},
	{"another reserve digest", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.BatchProved) { a.Reserve = [32]byte{} })
	}, keybatch.ErrReserveList},
	{"fewer sampled than burnt", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.SampleChosen) { a.Numbers = []int{1} })
	}, keybatch.ErrCounts},
	{"more published", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.BatchProved) { a.Published = 4 })
	}, keybatch.ErrCounts},
	{"another root", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.BatchSealed) { a.Root = [32]byte{} })
	}, keybatch.ErrRoot},
	{"a proof of another batch", func(o *batchtest.Options) {
		o.AlterEntry = altered(func(a *ledger.BatchProved) { a.Batch = otherBatch })
	}, keybatch.ErrBatch},
	{"keys from the future", func(o *batchtest.Options) {
		o.AlterTimes = func(created *time.Time) { *created = created.Add(time.Hour) }
	}, keybatch.ErrTime},
}

func TestCeremonies(t *testing.T) {
	for _, c := range ceremonies {
		t.Run(c.name, func(t *testing.T) {
			v, o := batchtest.NewVault(t, vaultID), small()
			c.alter(&o)
			_, err := verify(v, batchtest.Write(t, v.Batch(t, o)))
			wantError(t, err, c.want, "")
		})
	}
}
