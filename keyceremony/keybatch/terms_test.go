package keybatch_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
)

func terms(v *batchtest.Vault, file []byte) (*keybatch.Terms, error) {
	f, err := keybatch.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	return f.Terms(v.Anchor, nil)
}

// TestTerms: the policy is the vault's, and a key is one that the batch published under its number, or none.
func TestTerms(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	c := v.Batch(t, small())
	got, err := terms(v, batchtest.Write(t, c))
	if err != nil {
		t.Fatal(err)
	}
	want, err := v.Policy.Format()
	if err != nil {
		t.Fatal(err)
	}
	if have, err := got.Policy.Format(); err != nil || !bytes.Equal(have, want) {
		t.Errorf("another policy: %v\n%s", err, have)
	}
	seen := map[string]int{}
	for k, err := range c.Keys {
		if err != nil {
			t.Fatal(err)
		}
		seen[k.Role]++
		err := got.CheckKey(batchID, k.Number, k.Fingerprint)
		if k.Role == keybatch.RolePublished && err != nil {
			t.Errorf("key %d: %v", k.Number, err)
		}
		if k.Role != keybatch.RolePublished {
			wantError(t, err, keybatch.ErrNoSuchKey, k.Fingerprint)
		}
		wantError(t, got.CheckKey(otherBatch, k.Number, k.Fingerprint), keybatch.ErrNoSuchKey, otherBatch)
		for _, number := range []int{k.Number + 1, k.Number - 1, 0, -1, 7, 1 << 30} {
			wantError(t, got.CheckKey(batchID, number, k.Fingerprint), keybatch.ErrNoSuchKey, k.Fingerprint)
		}
	}
	if len(seen) != 3 {
		t.Errorf("keys of the roles %v", seen)
	}
}

// TestTermsAttacked: what is done to the file on its way is seen without a look at the keys, unless it is done to a key.
func TestTermsAttacked(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	other := unzip(t, batchtest.Write(t, v.Batch(t, batchtest.Options{Batch: otherBatch, Publish: 3, Sample: 2, Reserve: 1})))
	files := unzip(t, batchtest.Write(t, v.Batch(t, small())))
	for _, a := range slices.Concat(attacks, headerAttacks) {
		if a.name == "keys dated otherwise" { // which the keys alone tell, and the terms do not repeat
			continue
		}
		t.Run(a.name, func(t *testing.T) {
			f := &forgery{t, maps.Clone(files)}
			a.alter(f, other)
			got, err := terms(v, rezip(t, f.files))
			if got != nil || err == nil {
				t.Fatal("accepted")
			}
			if a.want != nil {
				wantError(t, err, a.want, a.object)
			}
		})
	}
}
