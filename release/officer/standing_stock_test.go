package officer_test

import (
	"strings"
	"testing"
	"time"

	"bailiff/release/officer"
)

// TestOfficersKeyOfYears: a key as an officer's keyring has it after some years, with gpg: an older user ID that was revoked,
// the newer one made the primary, a subkey for encryption, one for signing that ends before the key does. What is kept of
// it gpg and sq read again.
func TestOfficersKeyOfYears(t *testing.T) {
	t.Parallel()
	k := newKeyring(t)
	k.run(t, nil, "--quick-gen-key", "Ancien Nom <ancien@example.org>", "ed25519", "sign,cert", "3y")
	fingerprint := ""
	for line := range strings.Lines(string(k.run(t, nil, "--with-colons", "--list-keys"))) {
		if f := strings.Split(line, ":"); f[0] == "fpr" && fingerprint == "" {
			fingerprint = f[9]
		}
	}
	k.run(t, nil, "--quick-add-key", fingerprint, "cv25519", "encr", "1y")
	k.run(t, nil, "--quick-add-key", fingerprint, "ed25519", "sign", "2y")
	k.run(t, nil, "--quick-add-uid", fingerprint, "Élise Nom <elise@example.org>")
	k.run(t, nil, "--quick-set-primary-uid", fingerprint, "Élise Nom <elise@example.org>")
	k.run(t, nil, "--quick-revoke-uid", fingerprint, "Ancien Nom <ancien@example.org>")
	o := k.export(t, fingerprint)
	s := o.Standing(time.Now())
	years := time.Until(s.Ends).Hours() / 24 / 365
	if s.Err != nil || s.Name != "Élise Nom <elise@example.org>" || s.Algorithm != "Ed25519" || years < 2.9 || years > 3 {
		t.Errorf("%+v, which ends in %.2f years", s, years)
	}
	if s := o.Standing(time.Now().AddDate(4, 0, 0)); s.Err != officer.ErrKeyExpired || !s.Ends.Equal(o.Standing(time.Now()).Ends) {
		t.Errorf("in four years: %+v", s)
	}
	again := newKeyring(t)
	again.run(t, o.Binary, "--import")
	if out := string(again.run(t, nil, "--with-colons", "--list-keys")); !strings.Contains(out, fingerprint) {
		t.Errorf("gpg reads\n%s", out)
	}
}

// TestStockToolsReadWhatIsKept: what is left of a certificate with things of tomorrow in it is one that every tool reads.
func TestStockToolsReadWhatIsKept(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"unknownsub.pgp", "v5sub.pgp", "unknowncert.pgp", "v3cert.pgp", "v5cert.pgp", "latin1second.pgp"} {
		o, err := officer.ReadCertificate(vector(t, name))
		if err != nil {
			t.Fatal(err)
		}
		k := newKeyring(t)
		k.run(t, o.Binary, "--import")
		for tool, out := range map[string]string{
			"gpg": string(k.run(t, nil, "--with-colons", "--list-keys")),
			"sq":  string(run(t, o.Binary, "sq", "inspect")),
		} {
			if !strings.Contains(out, strings.ToUpper(o.Fingerprint)) || !strings.Contains(out, "craft@example.org") {
				t.Errorf("%s: %s reads\n%s", name, tool, out)
			}
		}
	}
}
