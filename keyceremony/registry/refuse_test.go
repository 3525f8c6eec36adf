package registry_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/registry"
)

func TestImportRefuses(t *testing.T) {
	v, stranger := batchtest.NewVault(t, vaultID), batchtest.NewVault(t, otherVault)
	twin := batchtest.NewVault(t, vaultID)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 2, Sample: 1})
	foreign := makeBatch(t, stranger, batchtest.Options{Batch: laterBatch, Publish: 2, Sample: 1})
	imposter := makeBatch(t, twin, batchtest.Options{Batch: laterBatch, Publish: 2, Sample: 1})
	production := *b.Verified
	production.Mode = keyvalue.Production

	for _, c := range []struct {
		name   string
		into   func(p *registry.Pool) error
		want   error
		object string
	}{
		{"a vault that is not pinned", func(p *registry.Pool) error {
			_, err := foreign.into(t.Context(), p)
			return err
		}, registry.ErrNotPinned, otherVault},
		{"a vault under another anchor", func(p *registry.Pool) error {
			_, err := imposter.into(t.Context(), p)
			return err
		}, registry.ErrAnchorChanged, vaultID},
		{"a rehearsal as production", func(p *registry.Pool) error {
			_, err := p.Import(t.Context(), b.Verified, b.sum, keyvalue.Production, now())
			return err
		}, registry.ErrMode, batchID},
		{"production as a rehearsal", func(p *registry.Pool) error {
			_, err := p.Import(t.Context(), &production, b.sum, keyvalue.Rehearsal, now())
			return err
		}, registry.ErrMode, batchID},
		{"no mode", func(p *registry.Pool) error {
			none := *b.Verified
			none.Mode = ""
			_, err := p.Import(t.Context(), &none, b.sum, "", now())
			return err
		}, registry.ErrMode, batchID},
	} {
		p := fresh(t)
		pin(t, p, v.Anchor)
		err := c.into(p)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.object) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		wantEmpty(t, p)
	}
}

// TestModes: what the first import fixed holds for batches and anchors.
func TestModes(t *testing.T) {
	p, v := fresh(t), batchtest.NewVault(t, vaultID)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 1, Sample: 1})
	pin(t, p, v.Anchor)
	if _, err := b.into(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	production := *makeBatch(t, v, batchtest.Options{Batch: laterBatch, Publish: 1, Sample: 1}).Verified
	production.Mode = keyvalue.Production
	if _, err := p.Import(t.Context(), &production, [32]byte{}, keyvalue.Production, now()); !errors.Is(err, registry.ErrMode) {
		t.Errorf("a production batch in a rehearsal's pool: %v", err)
	}
	a := *batchtest.NewVault(t, otherVault).Anchor
	a.Mode = keyvalue.Production
	words, err := a.Words()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Pin(t.Context(), &a, words, now()); !errors.Is(err, registry.ErrMode) {
		t.Errorf("a production anchor in a rehearsal's pool: %v", err)
	}
}

// TestConflicts: a batch that contradicts what is known comes in not at all.
func TestConflicts(t *testing.T) {
	v := batchtest.NewVault(t, vaultID)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 3, Sample: 1, Reserve: 1})
	later := makeBatch(t, v, batchtest.Options{Batch: laterBatch, Publish: 3, Sample: 1, Reserve: 1})
	for _, c := range []struct {
		role string
		want error
	}{{keybatch.RolePublished, registry.ErrKnown}, {keybatch.RoleBurnt, registry.ErrBurnt}, {keybatch.RoleReserve, registry.ErrReserve}} {
		path := filepath.Join(t.TempDir(), "pool.db")
		p := open(t, path)
		pin(t, p, v.Anchor)
		if _, err := b.into(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		fingerprint := one(t, later, keybatch.RolePublished)
		_, err := openDB(t, path).ExecContext(t.Context(), "UPDATE bailiff_key SET fingerprint = ? WHERE fingerprint = ?", fingerprint, one(t, b, c.role))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := later.into(t.Context(), p); !errors.Is(err, c.want) || !strings.Contains(err.Error(), fingerprint) {
			t.Errorf("%s: %v, want %v", c.role, err, c.want)
		}
		if s, err := p.Show(t.Context()); err != nil || len(s.Batches) != 1 || s.Free != 3 {
			t.Errorf("show: %+v, %v", s, err)
		}
	}
	p := fresh(t)
	pin(t, p, v.Anchor)
	if _, err := b.into(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	b.sum[0]++
	if _, err := b.into(t.Context(), p); !errors.Is(err, registry.ErrBatchChanged) {
		t.Errorf("the same batch with another digest: %v", err)
	}
}

// one returns the fingerprint of a key of that role.
func one(t *testing.T, b made, role string) string {
	t.Helper()
	for k := range b.Withheld() {
		if k.Role == role {
			return k.Fingerprint
		}
	}
	for k, err := range b.Keys() {
		if err != nil {
			t.Fatal(err)
		}
		return k.Fingerprint
	}
	t.Fatal("no key")
	return ""
}
