package order_test

import (
	"errors"
	"slices"
	"testing"

	"bailiff/custody/secret"
	"bailiff/release/order"
)

func TestSigners(t *testing.T) {
	b := newBench(t)
	one, two := b.sign(t, 0), b.sign(t, 1)
	got, err := order.Signers(slices.Concat(one, two))
	if want := []string{fingerprintOf(b.officers[0]), fingerprintOf(b.officers[1])}; err != nil || !slices.Equal(got, want) {
		t.Errorf("signers %q, %v, want %q", got, err, want)
	}
	if got, err := order.Signers(nil); err != nil || len(got) != 0 {
		t.Errorf("of an empty file: %q, %v", got, err)
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"text":        {[]byte("a text\n"), order.ErrPacket},
		"a database":  {[]byte("SQLite format 3\x00"), order.ErrPacket},
		"armor":       {[]byte("-----BEGIN PGP SIGNATURE-----\n"), order.ErrArmored},
		"certificate": {b.roster.Bytes(), order.ErrOtherPacket},
		"twice":       {slices.Concat(one, two, one), order.ErrTwice},
		"cut":         {one[:len(one)-1], order.ErrPacket},
		"more":        {append(slices.Clone(one), 0), order.ErrPacket},
	} {
		if _, err := order.Signers(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestSecretKeyFingerprints: who would sign is known before the passphrase is.
func TestSecretKeyFingerprints(t *testing.T) {
	secretKey, certificate, err := order.NewOfficer("Officer Sample", secret.From([]byte("correct horse")), now)
	if err != nil {
		t.Fatal(err)
	}
	officer, err := order.ReadCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	got, err := order.SecretKeyFingerprints(secret.From(secretKey))
	if err != nil || !slices.Equal(got, []string{officer.Fingerprint}) {
		t.Errorf("%q, %v, want %s", got, err, officer.Fingerprint)
	}
	if _, err := order.SecretKeyFingerprints(secret.From(certificate)); err == nil {
		t.Error("a certificate was taken for a secret key")
	}
}

// TestReadRosterRefusesOtherKeys: a secret key, or what people export as text, is no roster.
func TestReadRosterRefusesOtherKeys(t *testing.T) {
	secretKey, certificate, err := order.NewOfficer("Officer Sample", secret.From([]byte("correct horse")), now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := order.ReadRoster(secretKey, 2); !errors.Is(err, order.ErrSecretKey) {
		t.Errorf("a secret key: %v", err)
	}
	if _, err := order.ReadRoster(certificate, 2); !errors.Is(err, order.ErrNotCanonical) {
		t.Errorf("an armored certificate: %v", err)
	}
}
