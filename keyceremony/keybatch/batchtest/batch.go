package batchtest

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"iter"
	"slices"
	"testing"

	"bailiff/custody/batch"
	"bailiff/custody/keypair"
	"bailiff/custody/ledger"
	"bailiff/custody/token"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keygen"
)

const dice = "351426351426"

// Batch makes a batch up to its cosigned proof and returns what is exported of it.
func (v *Vault) Batch(tb testing.TB, o Options) *keybatch.Contents {
	tb.Helper()
	total := o.Publish + o.Sample + o.Reserve
	v.append(tb, &o, &ledger.CeremonyOpened{Batch: o.Batch, Publish: o.Publish, Sample: o.Sample, Reserve: o.Reserve})
	keys := v.keys(tb, &o, total)
	tree := &ledger.Tree{Name: o.Batch}
	for _, k := range keys {
		tree.Add(batch.Leaf(k.PublicDigest, k.SealedDigest))
	}
	m := v.manifest(&o, total, tree)
	manifest, err := m.Format()
	must(tb, err)
	c := &keybatch.Contents{Manifest: m, Tree: tree, Enrolments: v.enrolments(tb)}
	numbers := []int64{0, v.append(tb, &o, &ledger.BatchSealed{
		Batch: o.Batch, Keys: total, Root: tree.Root(), Manifest: sha256.Sum256(manifest),
	})}
	body := ledger.CheckpointBody(v.ID, v.Log.Size(), v.Log.Root())
	v.Cosign(tb, "c01-1", "c02-1", "c03-1")

	sample, err := batch.Sample(body, dice, total, o.Sample)
	must(tb, err)
	numbers = append(numbers, v.append(tb, &o, &ledger.SampleChosen{Batch: o.Batch, Dice: dice, Numbers: sample}))
	v.Cosign(tb, "c01-2", "c03-1")
	assign(keys, sample, o.Reserve)
	c.Burnt, c.Reserve = v.burnt(tb, &o, keys, sample), v.reserve(tb, &o, keys)
	numbers = append(numbers, v.append(tb, &o, &ledger.BatchProved{
		Batch: o.Batch, Published: o.Publish, Burnt: sha256.Sum256(c.Burnt), Reserve: sha256.Sum256(c.Reserve),
	}))
	c.Checkpoint = v.Cosign(tb, "c01-1", "c02-1")

	c.Policy, err = v.Policy.Format()
	must(tb, err)
	for _, n := range numbers {
		proof, err := v.Log.Prove(n, v.Log.Size())
		must(tb, err)
		c.Entries = append(c.Entries, keybatch.Entry{Number: n, Bytes: v.entry(tb, n), Proof: proof})
	}
	c.Keys = Sequence(keys)
	return c
}

// Sequence yields keys as [keybatch.Contents] wants them.
func Sequence(keys []keybatch.Key) iter.Seq2[keybatch.Key, error] {
	return func(yield func(keybatch.Key, error) bool) {
		for _, k := range keys {
			if k.Role != keybatch.RolePublished {
				k.Public = nil
			}
			if !yield(k, nil) {
				return
			}
		}
	}
}

// keys makes key pairs and throws the private halves away.
func (v *Vault) keys(tb testing.TB, o *Options, total int) []keybatch.Key {
	tb.Helper()
	keys := make([]keybatch.Key, total)
	for i := range keys {
		id := keypair.UserID(o.Batch, i+1, true)
		created := Created()
		if o.AlterTimes != nil {
			o.AlterTimes(&created)
		}
		pair, err := keygen.Generate(keypair.V4Curve25519, id, created, true)
		must(tb, err)
		pair.Private.Wipe()
		k := keybatch.Key{Number: i + 1, Fingerprint: pair.Fingerprint, Public: pair.Public}
		if _, err := rand.Read(k.SealedDigest[:]); err != nil {
			tb.Fatal(err)
		}
		keys[i] = k
	}
	if o.AlterKeys != nil {
		o.AlterKeys(keys)
	}
	for i := range keys {
		keys[i].PublicDigest = sha256.Sum256(keys[i].Public)
	}
	return keys
}

func (v *Vault) manifest(o *Options, total int, tree *ledger.Tree) *batch.Manifest {
	created := Created()
	if o.AlterTimes != nil {
		o.AlterTimes(&created)
	}
	return &batch.Manifest{
		Vault: v.ID, Batch: o.Batch, Mode: v.Policy.Mode, Profile: v.Policy.Profile, Created: created,
		Threshold: v.Policy.Threshold, Custodians: len(v.Policy.Custodians), Keys: total,
		Volumes: []batch.Volume{{Name: "sealed-0001.zip", Size: 1}}, Root: tree.Root(),
	}
}

func (v *Vault) burnt(tb testing.TB, o *Options, keys []keybatch.Key, sample []int) []byte {
	tb.Helper()
	l := &batch.BurntList{Vault: v.ID, Batch: o.Batch}
	for _, n := range sample {
		l.Keys = append(l.Keys, batch.ListedKey{Number: n, Fingerprint: keys[n-1].Fingerprint})
	}
	if o.AlterBurnt != nil {
		o.AlterBurnt(l)
	}
	data, err := l.Format()
	must(tb, err)
	return data
}

func (v *Vault) reserve(tb testing.TB, o *Options, keys []keybatch.Key) []byte {
	tb.Helper()
	l := &batch.ReserveList{Vault: v.ID, Batch: o.Batch}
	for _, k := range keys {
		if k.Role == keybatch.RoleReserve {
			l.Keys = append(l.Keys, batch.ListedKey{Number: k.Number, Fingerprint: k.Fingerprint})
		}
	}
	if o.AlterReserve != nil {
		o.AlterReserve(l)
	}
	data, err := l.Format()
	must(tb, err)
	return data
}

// assign gives every key its role.
func assign(keys []keybatch.Key, sample []int, reserve int) {
	for i := range slices.Backward(keys) {
		switch {
		case slices.Contains(sample, i+1):
			keys[i].Role = keybatch.RoleBurnt
		case reserve > 0:
			keys[i].Role, reserve = keybatch.RoleReserve, reserve-1
		default:
			keys[i].Role = keybatch.RolePublished
		}
	}
}

func (v *Vault) enrolments(tb testing.TB) map[string][]byte {
	tb.Helper()
	out := map[string][]byte{}
	for i, s := range v.Policy.Signers() {
		e, err := token.Enrol(v.tokens[i], v.Policy.Mode, Created())
		must(tb, err)
		data, err := e.Format()
		must(tb, err)
		out[fmt.Sprintf("%s-%d", s.Custodian, s.Index)] = data
	}
	return out
}
