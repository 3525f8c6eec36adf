package keygen_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/keygen"
)

const (
	batch   = "b20261121-7f3a9c"
	profile = keypair.V4Curve25519
)

var created = time.Date(2024, 3, 21, 21, 24, 55, 0, time.UTC)

func generate(t testing.TB, rehearsal bool) (*keypair.Pair, string) {
	id := keypair.UserID(batch, 42, rehearsal)
	pair, err := keygen.Generate(profile, id, created, rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	return pair, id
}

// Enough keys for leading zeros in every number: one in 256 has one in each of R, S and the secrets.
func TestGeneratedKeysPass(t *testing.T) {
	seen := make(map[string]bool)
	for i := range 600 {
		rehearsal := i%2 == 0
		pair, id := generate(t, rehearsal)
		fingerprint, err := keypair.Check(profile, pair.Public, id, created, rehearsal)
		if err != nil || fingerprint != pair.Fingerprint || seen[fingerprint] || len(fingerprint) != 40 {
			t.Fatalf("key %d, %s: %v\n%x", i, fingerprint, err, pair.Public)
		}
		seen[fingerprint] = true
		if err := keypair.CheckPrivate(profile, pair.Private, pair.Public); err != nil {
			t.Fatalf("key %d: %v", i, err)
		}
		pair.Private.Wipe()
	}
}

func TestGenerateRefuses(t *testing.T) {
	id := keypair.UserID(batch, 42, false)
	for _, c := range []struct {
		name      string
		profile   keypair.Profile
		id        string
		created   time.Time
		rehearsal bool
		want      error
	}{
		{"profile", "v6", id, created, false, keypair.ErrProfile},
		{"unmarked rehearsal", profile, id, created, true, keypair.ErrMark},
		{"marked production", profile, keypair.UserID(batch, 42, true), created, false, keypair.ErrMark},
		{"fractions of a second", profile, id, created.Add(1), false, keypair.ErrCreated},
		{"before 1970", profile, id, time.Unix(-1, 0), false, keypair.ErrCreated},
		{"after 2106", profile, id, time.Unix(1<<32, 0), false, keypair.ErrCreated},
		{"no user ID", profile, "", created, false, keypair.ErrUserID},
		{"only a mark", profile, " (REHEARSAL)", created, true, keypair.ErrUserID},
		{"address", profile, "a <a@example.org>", created, false, keypair.ErrUserID},
		{"escape", profile, "a\x1b[2J", created, false, keypair.ErrUserID},
		{"long user ID", profile, strings.Repeat("a", 200), created, false, keypair.ErrUserID},
	} {
		if pair, err := keygen.Generate(c.profile, c.id, c.created, c.rehearsal); pair != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if _, err := keypair.Check(c.profile, nil, c.id, c.created, c.rehearsal); !errors.Is(err, c.want) {
			t.Errorf("Check, %s: %v", c.name, err)
		}
	}
	if p, err := keypair.ParseProfile("v4-curve25519"); p != profile || err != nil {
		t.Error(err)
	}
}
