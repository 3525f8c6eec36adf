package officer_test

import (
	"errors"
	"slices"
	"testing"

	"bailiff/custody/secret"
	"bailiff/release/officer"
)

func TestSigners(t *testing.T) {
	b := newBench(t)
	one, two := b.sign(t, 0), b.sign(t, 1)
	got, err := officer.Signers(slices.Concat(one, two))
	if want := []string{fingerprintOf(b.officers[0]), fingerprintOf(b.officers[1])}; err != nil || !slices.Equal(got, want) {
		t.Errorf("signers %q, %v, want %q", got, err, want)
	}
	if got, err := officer.Signers(nil); err != nil || len(got) != 0 {
		t.Errorf("of an empty file: %q, %v", got, err)
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"text":        {[]byte("a text\n"), officer.ErrPacket},
		"a database":  {[]byte("SQLite format 3\x00"), officer.ErrPacket},
		"armor":       {[]byte("-----BEGIN PGP SIGNATURE-----\n"), officer.ErrArmored},
		"certificate": {b.roster.Bytes(), officer.ErrOtherPacket},
		"twice":       {slices.Concat(one, two, one), officer.ErrTwice},
		"cut":         {one[:len(one)-1], officer.ErrPacket},
		"more":        {append(slices.Clone(one), 0), officer.ErrPacket},
	} {
		if _, err := officer.Signers(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestFingerprints: who would sign is known before the passphrase is.
func TestFingerprints(t *testing.T) {
	secretKey, certificate, err := officer.NewKey("Officer Sample", secret.From([]byte("correct horse")), now)
	if err != nil {
		t.Fatal(err)
	}
	c, err := officer.ReadCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	got, err := officer.Fingerprints(secret.From(secretKey))
	if err != nil || !slices.Equal(got, []string{c.Fingerprint}) {
		t.Errorf("%q, %v, want %s", got, err, c.Fingerprint)
	}
	if _, err := officer.Fingerprints(secret.From(certificate)); err == nil {
		t.Error("a certificate was taken for a secret key")
	}
}

// TestReadRosterRefusesOtherKeys: a secret key, or what people export as text, is no roster.
func TestReadRosterRefusesOtherKeys(t *testing.T) {
	secretKey, certificate, err := officer.NewKey("Officer Sample", secret.From([]byte("correct horse")), now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := officer.ReadRoster(secretKey, 2); !errors.Is(err, officer.ErrSecretKey) {
		t.Errorf("a secret key: %v", err)
	}
	if _, err := officer.ReadRoster(certificate, 2); !errors.Is(err, officer.ErrNotCanonical) {
		t.Errorf("an armored certificate: %v", err)
	}
}
