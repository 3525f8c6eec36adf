package registry_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"bailiff/custody/durable"
	"bailiff/custody/keyvalue"
	"bailiff/custody/policy"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/keybatch/batchtest"
	"bailiff/keyceremony/registry"
	"bailiff/keyceremony/registry/journal"
)

const (
	vaultID    = "5f0c4a1b2c3d4e5f60718293a4b5c6d7"
	otherVault = "00112233445566778899aabbccddeeff"
	batchID    = "b20261121-7f3a9c"
	laterBatch = "b20270101-000001"
)

func now() time.Time { return time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) }

// openPlain opens a database as the command does: without files beside it once it is closed.
func openPlain(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(2)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// openDB opens a database in a file, waiting for other programs as a platform would.
func openDB(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func open(t testing.TB, path string) *registry.Pool {
	t.Helper()
	p, err := registry.Open(t.Context(), openDB(t, path), registry.SQLite, file(path))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// file is the journal beside a database.
func file(path string) *journal.File {
	return &journal.File{Disk: new(durable.Disk), Path: path + ".assignments"}
}

func fresh(t testing.TB) *registry.Pool {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "pool.db"))
}

// made is a batch and its digest.
type made struct {
	*keybatch.Verified
	sum [32]byte
}

func makeBatch(t testing.TB, v *batchtest.Vault, o batchtest.Options) made {
	t.Helper()
	file := batchtest.Write(t, v.Batch(t, o))
	return made{batchtest.Verify(t, file, v.Anchor), sha256.Sum256(file)}
}

func pin(t testing.TB, p *registry.Pool, a *policy.Anchor) {
	t.Helper()
	words, err := a.Words()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Pin(t.Context(), a, words, now()); err != nil {
		t.Fatal(err)
	}
}

func (m made) into(ctx context.Context, p *registry.Pool) (registry.Imported, error) {
	return p.Import(ctx, m.Verified, m.sum, m.Mode, now())
}

// wantEmpty expects that nothing of a batch is in the pool.
func wantEmpty(t *testing.T, p *registry.Pool) {
	t.Helper()
	s, err := p.Show(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.Mode != "" || len(s.Batches) > 0 || s.Free > 0 {
		t.Errorf("the pool holds %+v", s)
	}
	if k, err := p.Assign(t.Context(), "nobody", now()); !errors.Is(err, registry.ErrEmpty) {
		t.Errorf("assigned %+v, %v", k, err)
	}
}

func TestLife(t *testing.T) {
	ctx, p := t.Context(), fresh(t)
	if mode, err := p.Mode(ctx); mode != "" || err != nil {
		t.Errorf("mode %q, %v", mode, err)
	}
	v := batchtest.NewVault(t, vaultID)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 3, Sample: 2, Reserve: 1})
	pin(t, p, v.Anchor)
	for _, want := range []registry.Imported{{New: 3}, {Known: 3}} {
		if got, err := b.into(ctx, p); got != want || err != nil {
			t.Fatalf("import %+v, %v, want %+v", got, err, want)
		}
	}
	later := makeBatch(t, v, batchtest.Options{Batch: laterBatch, Publish: 1, Sample: 1})
	if _, err := later.into(ctx, p); err != nil {
		t.Fatal(err)
	}
	given := assignAll(t, p, b, later)
	s, err := p.Show(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if s.Mode != keyvalue.Rehearsal || len(s.Vaults) != 1 || s.Vaults[0].Words != b.Words || s.Free != 0 || s.Assigned != len(given) ||
		len(s.Batches) != 2 || s.Batches[0].Batch != batchID || s.Batches[0].File != b.sum || s.Batches[0].Assigned != 3 ||
		s.Batches[0].Burnt != 2 || s.Batches[0].Reserve != 1 || !s.Batches[0].Created.Equal(batchtest.Created()) {
		t.Errorf("show: %+v", s)
	}
	for k := range b.Withheld() {
		want := registry.ErrBurnt
		if k.Role == keybatch.RoleReserve {
			want = registry.ErrReserve
		}
		if _, err := p.Key(ctx, k.Fingerprint); !errors.Is(err, want) {
			t.Errorf("a %s key: %v", k.Role, err)
		}
	}
}

// assignAll assigns every key and expects them in order, each with its armored form, and then none.
func assignAll(t *testing.T, p *registry.Pool, batches ...made) (given []string) {
	t.Helper()
	for _, b := range batches {
		for want, err := range b.Keys() {
			if err != nil {
				t.Fatal(err)
			}
			member := "member " + want.Fingerprint
			got, err := p.Assign(t.Context(), member, now())
			if err != nil {
				t.Fatal(err)
			}
			if got.Fingerprint != want.Fingerprint || got.Batch != b.Batch || got.Vault != b.Vault || got.Number != want.Number ||
				got.Member != member || !got.Assigned.Equal(now()) || !bytes.HasPrefix(got.Armored, []byte("-----BEGIN PGP PUBLIC KEY BLOCK-----")) || !bytes.HasSuffix(got.Armored, []byte("-----END PGP PUBLIC KEY BLOCK-----\n")) {
				t.Errorf("assigned %+v", got)
			}
			checkFound(t, p, got)
			given = append(given, got.Fingerprint)
		}
	}
	if k, err := p.Assign(t.Context(), "one more", now()); !errors.Is(err, registry.ErrEmpty) {
		t.Errorf("assigned %+v, %v", k, err)
	}
	return given
}

// checkFound expects a key to be found by its fingerprint and its member, and the member to get no
// other.
func checkFound(t *testing.T, p *registry.Pool, k *registry.Key) {
	t.Helper()
	byMember, err := p.KeyOf(t.Context(), k.Member)
	if err != nil || byMember.Fingerprint != k.Fingerprint {
		t.Errorf("by member: %+v, %v", byMember, err)
	}
	byPrint, err := p.Key(t.Context(), k.Fingerprint)
	if err != nil || byPrint.Member != k.Member {
		t.Errorf("by fingerprint: %+v, %v", byPrint, err)
	}
	other, err := p.Assign(t.Context(), k.Member, now())
	if other != nil || !errors.Is(err, registry.ErrAssigned) || !strings.Contains(err.Error(), k.Fingerprint) {
		t.Errorf("assigned again: %+v, %v", other, err)
	}
}

func TestPin(t *testing.T) {
	ctx, p := t.Context(), fresh(t)
	a, twin := batchtest.NewVault(t, vaultID).Anchor, batchtest.NewVault(t, vaultID).Anchor
	if _, err := p.Pinned(ctx, vaultID); !errors.Is(err, registry.ErrNotPinned) {
		t.Errorf("pinned before: %v", err)
	}
	words, err := a.Words()
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"", "bonjour", words + " abaisser", strings.TrimSuffix(words, words[strings.LastIndex(words, "-"):])} {
		if err := p.Pin(ctx, a, typed, now()); err == nil || errors.Is(err, registry.ErrWords) {
			t.Errorf("typed %q, which is no alarm: %v", typed, err)
		}
	}
	if err := p.Pin(ctx, twin, words, now()); !errors.Is(err, registry.ErrWords) {
		t.Errorf("the words of another anchor: %v", err)
	}
	if err := p.Pin(ctx, a, " "+strings.ToUpper(strings.ReplaceAll(words, "-", "  "))+" ", now()); err != nil {
		t.Fatal(err)
	}
	pin(t, p, a) // again
	other, err := twin.Words()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Pin(ctx, twin, other, now()); !errors.Is(err, registry.ErrAnchorChanged) {
		t.Errorf("another anchor: %v", err)
	}
	got, err := p.Pinned(ctx, vaultID)
	if err != nil {
		t.Fatal(err)
	}
	if w, err := got.Words(); w != words || err != nil {
		t.Errorf("pinned %s, %v", w, err)
	}
}

func TestMembers(t *testing.T) {
	p := fresh(t)
	for _, member := range []string{"", " a", "a\nb", "a\x1b[2J", "a\u202eb", strings.Repeat("a", registry.MaxMember+1)} {
		if _, err := p.Assign(t.Context(), member, now()); !errors.Is(err, registry.ErrMember) {
			t.Errorf("assigned to %q: %v", member, err)
		}
		if _, err := p.KeyOf(t.Context(), member); !errors.Is(err, registry.ErrMember) {
			t.Errorf("key of %q: %v", member, err)
		}
	}
	if _, err := p.KeyOf(t.Context(), "Zoé’s 3rd account"); !errors.Is(err, registry.ErrNoKey) {
		t.Errorf("key of nobody: %v", err)
	}
	if _, err := p.Key(t.Context(), strings.Repeat("a", 40)); !errors.Is(err, registry.ErrNoKey) {
		t.Errorf("no key: %v", err)
	}
}

func TestVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pool.db")
	open(t, path)
	open(t, path) // again
	db := openDB(t, path)
	if _, err := db.ExecContext(t.Context(), "UPDATE bailiff_pool SET version = 3"); err != nil {
		t.Fatal(err)
	}
	if _, err := registry.Open(t.Context(), db, registry.SQLite, file(path)); !errors.Is(err, registry.ErrSchema) {
		t.Errorf("version 3: %v", err)
	}
	if _, err := registry.Open(t.Context(), db, registry.Dialect(0), file(path)); err == nil {
		t.Error("opened without a dialect")
	}
}

// TestLastLine: what the tables themselves refuse, should a program err.
func TestLastLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pool.db")
	p, v := open(t, path), batchtest.NewVault(t, vaultID)
	pin(t, p, v.Anchor)
	b := makeBatch(t, v, batchtest.Options{Batch: batchID, Publish: 2, Sample: 1, Reserve: 1})
	if _, err := b.into(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	db := openDB(t, path)
	for _, statement := range []string{
		"UPDATE bailiff_key SET member = 'a', assigned = '2026-12-01T08:00:00Z' WHERE role = 'burnt'",
		"UPDATE bailiff_key SET member = 'a', assigned = '2026-12-01T08:00:00Z' WHERE role = 'reserve'",
		"UPDATE bailiff_key SET role = 'kept', armored = NULL",
		"UPDATE bailiff_key SET member = 'a', assigned = '2026-12-01T08:00:00Z' WHERE role = 'published'", // two keys
		"UPDATE bailiff_key SET member = 'a' WHERE number = 1",
		"UPDATE bailiff_key SET armored = NULL WHERE role = 'published'",
		"UPDATE bailiff_key SET armored = 'x' WHERE role = 'burnt'",
		"UPDATE bailiff_key SET armored = 'x' WHERE role = 'reserve'",
		"UPDATE bailiff_pool SET mode = 'both'",
		"INSERT INTO bailiff_pool (id, version, mode, journal, sealing, entries, head, size) VALUES (2, 2, '', '', '', 0, '', 0)",
		"UPDATE bailiff_key SET withdrawn = '2026-12-01T08:00:00Z' WHERE role = 'burnt'",
		"UPDATE bailiff_key SET withdrawn = '2026-12-01T08:00:00Z', member = 'a', assigned = '2026-12-01T08:00:00Z' WHERE number = (SELECT MIN(number) FROM bailiff_key WHERE role = 'published')",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "constraint") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}
