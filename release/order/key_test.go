package order_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/custody/secret"
	"bailiff/release/order"
)

func TestNewOfficer(t *testing.T) {
	t.Parallel()
	pass := secret.From([]byte(passphrase))
	locked, certificate, err := order.NewOfficer("Denise Éluard <denise@example.org>", pass, born)
	if err != nil {
		t.Fatal(err)
	}
	packets := string(run(t, locked, "gpg", "--homedir", newKeyring(t).home, "--batch", "--list-packets"))
	for _, want := range []string{"iter+salt S2K, algo: 9, SHA1 protection, hash: 8", "protect count: 65011712 (255)", `"Denise Éluard <denise@example.org>"`, "key flags: 03"} {
		if !strings.Contains(packets, want) && !strings.Contains(packets, strings.ReplaceAll(want, "É", `\xc3\x89`)) {
			t.Errorf("%q is not in\n%s", want, packets)
		}
	}
	key, err := order.OpenSecretKey(secret.From(bytes.Clone(locked)), pass)
	if err != nil || key.Name(born) != "Denise Éluard <denise@example.org>" || key.Name(born.Add(-time.Hour)) != "" {
		t.Errorf("the key bears the name %q, %v", key.Name(born), err)
	}
	for _, bad := range []string{"", "X\x1b[2J", "A (B) <c>", " blank", "A <b", "A\u202eB", strings.Repeat("x", 201)} {
		if _, _, err := order.NewOfficer(bad, pass, born); err == nil {
			t.Errorf("%q passed as a name", bad)
		}
	}
	for name, c := range map[string]struct {
		data, pass string
		want       error
	}{
		"wrong passphrase": {string(locked), "wrong", order.ErrPassphrase},
		"certificate":      {string(certificate), passphrase, order.ErrPublicKey},
		"junk":             {"junk", passphrase, order.ErrNoSecret},
		"nothing":          {"", passphrase, order.ErrNoSecret},
		"too large":        {strings.Repeat("x", 1<<20), passphrase, order.ErrCertificateSize},
	} {
		_, err := order.OpenSecretKey(secret.From([]byte(c.data)), secret.From([]byte(c.pass)))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
}

// 31: a stored secret key whose public half was changed.
func TestOpenSecretKeyRefusesTamperedKey(t *testing.T) {
	e := newEntity(t, "Officer", keyConfig(born))
	var private, public bytes.Buffer
	if err := e.SerializePrivateWithoutSigning(&private, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.PrimaryKey.SerializeForHash(&public); err != nil {
		t.Fatal(err)
	}
	tampered := private.Bytes()
	at := bytes.Index(tampered, public.Bytes()[3:])
	tampered[at+public.Len()-4] ^= 1
	_, err := order.OpenSecretKey(secret.From(tampered), nil)
	wantError(t, err, order.ErrMismatch)
}

func TestSignRefuses(t *testing.T) {
	b := newBench(t)
	key := secretKey(t, b.officers[0])
	_, err := order.Sign(b.text, key, now.Add(100*24*time.Hour))
	wantError(t, err, order.ErrSignedLate)
	if _, err := order.Sign([]byte("pay 100 euros\n"), key, now); err == nil {
		t.Error("signed what is no order")
	}
	_, err = order.Sign(b.text, key, born.Add(-time.Hour))
	wantError(t, err, order.ErrBeforeKey)
	one, err := order.Sign(b.text, key, now)
	if err != nil {
		t.Fatal(err)
	}
	two, err := order.Sign(b.text, key, now)
	if err != nil || !bytes.Equal(one, two) {
		t.Error("the same signature twice has two forms")
	}
}

func TestCheckPassphrase(t *testing.T) {
	for typed, good := range map[string]bool{
		"a": false, "correct hor": false, "correct hors": true, "aaaaaaaaaaaaaaaaaaaa": false, "abcdabcdabcd": false, "abcdeabcdeab": true,
		"éééééééééééé": false, "été à Sète, où": true, "éàùïô": false,
	} {
		if err := order.CheckPassphrase(secret.From([]byte(typed))); (err == nil) != good || err != nil && !errors.Is(err, order.ErrShort) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
