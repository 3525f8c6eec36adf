package registry_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/registry"
)

// TestPolicy: the policy comes with the first batch of a vault, to the byte; a pool that was made before policies were kept
// is given it by the same batch again, and keeps all else.
func TestPolicy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pool.db")
	p, v := open(t, path), batchtest.NewVault(t, vaultID)
	if _, err := p.Policy(t.Context(), vaultID); !errors.Is(err, registry.ErrNoPolicy) || !strings.Contains(err.Error(), vaultID) {
		t.Errorf("of an empty pool: %v", err)
	}
	pin(t, p, v.Anchor)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 2, Sample: 1, Reserve: 1})
	if _, err := b.into(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	wantPolicy(t, p, v)
	given, err := p.Assign(t.Context(), "alice", now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openDB(t, path).ExecContext(t.Context(), "DROP TABLE bailiff_policy"); err != nil {
		t.Fatal(err)
	}
	old, err := registry.OpenExisting(t.Context(), openDB(t, path), registry.SQLite, file(path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.Policy(t.Context(), vaultID); !errors.Is(err, registry.ErrNoPolicy) {
		t.Errorf("of an older pool: %v", err)
	}
	if k, err := old.KeyOf(t.Context(), "alice"); err != nil || k.Fingerprint != given.Fingerprint {
		t.Errorf("in an older pool: %+v, %v", k, err)
	}
	p = open(t, path)
	if got, err := b.into(t.Context(), p); err != nil || got != (registry.Imported{Known: 2}) {
		t.Errorf("again: %+v, %v", got, err)
	}
	wantPolicy(t, p, v)
	if k, err := p.KeyOf(t.Context(), "alice"); err != nil || k.Fingerprint != given.Fingerprint {
		t.Errorf("afterwards: %+v, %v", k, err)
	}
	if _, err := p.Policy(t.Context(), otherVault); !errors.Is(err, registry.ErrNoPolicy) {
		t.Errorf("of another vault: %v", err)
	}
	if _, err := openDB(t, path).ExecContext(t.Context(), "UPDATE bailiff_policy SET policy = 'bailiff-policy/1'"); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Policy(t.Context(), vaultID); got != nil || !errors.Is(err, registry.ErrDatabase) {
		t.Errorf("damaged: %+v, %v", got, err)
	}
}

func wantPolicy(t *testing.T, p *registry.Pool, v *batchtest.Vault) {
	t.Helper()
	kept, err := p.Policy(t.Context(), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	have, err := kept.Format()
	if err != nil {
		t.Fatal(err)
	}
	if want, err := v.Policy.Format(); err != nil || !bytes.Equal(have, want) {
		t.Errorf("another policy: %v\n%s", err, have)
	}
}

// TestGiven: what an order says of a member and their key is what the pool knows, or is refused.
func TestGiven(t *testing.T) {
	ctx, p, v := t.Context(), fresh(t), batchtest.NewVault(t, vaultID)
	pin(t, p, v.Anchor)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 3, Sample: 1, Reserve: 1})
	if _, err := b.into(ctx, p); err != nil {
		t.Fatal(err)
	}
	var keys []*registry.Key
	for _, member := range []string{"alice", "bob"} {
		k, err := p.Assign(ctx, member, now())
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
	}
	alice, bob := keys[0], keys[1]
	for _, fingerprint := range []string{"", alice.Fingerprint} {
		if k, err := p.Given(ctx, "alice", fingerprint); err != nil || k.Fingerprint != alice.Fingerprint || k.Vault != vaultID {
			t.Errorf("alice, %q: %+v, %v", fingerprint, k, err)
		}
	}
	free := ""
	for k := range b.Keys() {
		free = k.Fingerprint // the last one
	}
	for _, c := range []struct {
		member, fingerprint string
		want                error
		object              string
	}{
		{"alice", bob.Fingerprint, registry.ErrOtherKey, bob.Fingerprint},
		{"alice", free, registry.ErrOtherKey, free},
		{"carol", alice.Fingerprint, registry.ErrOtherKey, "carol"},
		{"carol", "", registry.ErrNoKey, "carol"},
		{"alice", strings.Repeat("a", 40), registry.ErrNoKey, strings.Repeat("a", 40)},
		{"alice", one(t, b, "burnt"), registry.ErrBurnt, one(t, b, "burnt")},
		{"alice", one(t, b, "reserve"), registry.ErrReserve, one(t, b, "reserve")},
		{"", "", registry.ErrMember, ""},
	} {
		k, err := p.Given(ctx, c.member, c.fingerprint)
		if k != nil || !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.object) {
			t.Errorf("%q, %q: %+v, %v", c.member, c.fingerprint, k, err)
		}
	}
	if err := p.CheckKey(ctx, alice); err != nil {
		t.Errorf("alice's key: %v", err)
	}
	for what, change := range map[string]func(k *registry.Key){
		"vault": func(k *registry.Key) { k.Vault = otherVault }, "batch": func(k *registry.Key) { k.Batch = laterBatch },
		"number": func(k *registry.Key) { k.Number = bob.Number }, "member": func(k *registry.Key) { k.Member = "bob" },
		"fingerprint": func(k *registry.Key) { k.Fingerprint = bob.Fingerprint },
	} {
		said := *alice
		change(&said)
		if err := p.CheckKey(ctx, &said); !errors.Is(err, registry.ErrOtherKey) {
			t.Errorf("another %s: %v", what, err)
		}
	}
}

// TestGivenWithdrawn: a key that a reconciliation withdrew is nobody's.
func TestGivenWithdrawn(t *testing.T) {
	s := newPlatform(t, 3)
	s.reconcile(registry.Known{WithdrawFree: true}, nil, false, "-", "-", "-")
	s.do(func(p *registry.Pool) error {
		if k, err := p.Given(t.Context(), "bob", one(t, s.b, "published")); k != nil || !errors.Is(err, registry.ErrWithdrawn) {
			t.Errorf("%+v, %v", k, err)
		}
		return nil
	})
}
