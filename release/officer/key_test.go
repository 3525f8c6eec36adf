package officer_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiff/custody/secret"
	"bailiff/release/officer"
	"bailiff/release/order"
)

func TestNewKey(t *testing.T) {
	t.Parallel()
	pass := secret.From([]byte(passphrase))
	locked, certificate, err := officer.NewKey("Denise Éluard <denise@example.org>", pass, born)
	if err != nil {
		t.Fatal(err)
	}
	packets := string(run(t, locked, "gpg", "--homedir", newKeyring(t).home, "--batch", "--list-packets"))
	for _, want := range []string{"iter+salt S2K, algo: 9, SHA1 protection, hash: 8", "protect count: 65011712 (255)", `"Denise Éluard <denise@example.org>"`, "key flags: 03"} {
		if !strings.Contains(packets, want) && !strings.Contains(packets, strings.ReplaceAll(want, "É", `\xc3\x89`)) {
			t.Errorf("%q is not in\n%s", want, packets)
		}
	}
	key, err := officer.OpenSecretKey(secret.From(bytes.Clone(locked)), pass)
	if err != nil || key.Name(born) != "Denise Éluard <denise@example.org>" || key.Name(born.Add(-time.Hour)) != "" {
		t.Errorf("the key bears the name %q, %v", key.Name(born), err)
	}
	for _, bad := range []string{"", "X\x1b[2J", "A (B) <c>", " blank", "A <b", "A\u202eB", strings.Repeat("x", 201)} {
		if _, _, err := officer.NewKey(bad, pass, born); err == nil {
			t.Errorf("%q passed as a name", bad)
		}
	}
	for name, c := range map[string]struct {
		data, pass string
		want       error
	}{
		"wrong passphrase": {string(locked), "wrong", officer.ErrPassphrase},
		"certificate":      {string(certificate), passphrase, officer.ErrPublicKey},
		"junk":             {"junk", passphrase, officer.ErrNoSecret},
		"nothing":          {"", passphrase, officer.ErrNoSecret},
		"too large":        {strings.Repeat("x", 1<<20), passphrase, officer.ErrCertificateSize},
	} {
		_, err := officer.OpenSecretKey(secret.From([]byte(c.data)), secret.From([]byte(c.pass)))
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
	_, err := officer.OpenSecretKey(secret.From(tampered), nil)
	wantError(t, err, officer.ErrMismatch)
}

func TestSignRefuses(t *testing.T) {
	b := newBench(t)
	key := secretKey(t, b.officers[0])
	_, err := officer.Sign(b.text, key, now.Add(100*24*time.Hour))
	wantError(t, err, officer.ErrSignedLate)
	if _, err := officer.Sign([]byte("pay 100 euros\n"), key, now); err == nil {
		t.Error("signed what is no order")
	}
	_, err = officer.Sign(b.text, key, born.Add(-time.Hour))
	wantError(t, err, officer.ErrBeforeKey)
	one, err := officer.Sign(b.text, key, now)
	if err != nil {
		t.Fatal(err)
	}
	two, err := officer.Sign(b.text, key, now)
	if err != nil || !bytes.Equal(one, two) {
		t.Error("the same signature twice has two forms")
	}
}

func TestCheckPassphrase(t *testing.T) {
	for typed, good := range map[string]bool{
		"a": false, "correct hor": false, "correct hors": true, "aaaaaaaaaaaaaaaaaaaa": false, "abcdabcdabcd": false, "abcdeabcdeab": true,
		"éééééééééééé": false, "été à Sète, où": true, "éàùïô": false,
	} {
		if err := officer.CheckPassphrase(secret.From([]byte(typed))); (err == nil) != good || err != nil && !errors.Is(err, officer.ErrShort) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// An officer signs nothing that the vault must refuse for what the order itself says, nor what is seldom meant.
func TestSignRefusesContradictions(t *testing.T) {
	b := newBench(t)
	for want, change := range map[error]func(*order.Order){
		order.ErrPaperLater: func(o *order.Order) { o.Papers[0].Date = "2031-11-01" },
		order.ErrOneFile:    func(o *order.Order) { o.Papers[1].Digest = o.Papers[0].Digest },
		order.ErrLongLived:  func(o *order.Order) { o.Expires = o.NotBefore.AddDate(0, 0, 367) },
		order.ErrLongWait: func(o *order.Order) {
			o.NotBefore = o.Issued.AddDate(12, 0, 0)
			o.Expires = o.NotBefore.AddDate(0, 1, 0)
		},
	} {
		o := example(t, b.roster.Digest(), now)
		change(o)
		_, err := officer.Sign(format(t, o), secretKey(t, b.officers[0]), now)
		wantError(t, err, want)
	}
}
