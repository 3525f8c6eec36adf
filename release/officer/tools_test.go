package officer_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bailiff/custody/secret"
	"bailiff/custody/testkit/stocktest"
	"bailiff/release/officer"
)

// The tests in this file hold our verifier against gpg, sqv and sq. They run by the real clock.

const passphrase = "correct horse"

// keyring is a gpg home in which officers live. Its name is short: sockets lie in it.
type keyring struct{ home string }

func newKeyring(t *testing.T) *keyring {
	t.Helper()
	home, err := os.MkdirTemp("", "order")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run()
		_ = os.RemoveAll(home)
	})
	return &keyring{home}
}

// run runs gpg, which asks nothing: the passphrase is ours or none.
func (k *keyring) run(t *testing.T, stdin []byte, args ...string) []byte {
	t.Helper()
	return run(t, stdin, "gpg", append([]string{
		"--homedir", k.home, "--batch", "--no-tty", "--quiet", "--pinentry-mode", "loopback", "--passphrase", passphrase,
	}, args...)...)
}

func run(t *testing.T, stdin []byte, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(stdin), &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, stderr.String())
	}
	return out
}

func (k *keyring) export(t *testing.T, name string) *officer.Certificate {
	t.Helper()
	o, err := officer.ReadCertificate(k.run(t, nil, "--armor", "--export", name))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// desk is a folder with officers.pgp and order.txt, and the keys with which they sign.
type desk struct {
	dir    string
	gpg    *keyring
	roster *officer.Roster
	text   []byte
	issued time.Time
}

// newDesk has four officers: three made by gpg, of whom Alice has a passphrase and Carole signs
// with a subkey, and one made by us.
func newDesk(t *testing.T) (*desk, *officer.SecretKey) {
	t.Helper()
	d := &desk{dir: t.TempDir(), gpg: newKeyring(t), issued: time.Now().UTC().Truncate(time.Second)}
	d.gpg.run(t, nil, "--quick-gen-key", "Alice <alice@example.org>", "ed25519", "sign", "1y")
	d.gpg.run(t, nil, "--passphrase", "", "--quick-gen-key", "Robert", "rsa2048", "sign", "1y")
	d.gpg.run(t, nil, "--passphrase", "", "--quick-gen-key", "Carole", "nistp256", "cert", "1y")
	carole := d.gpg.export(t, "Carole").Fingerprint
	d.gpg.run(t, nil, "--passphrase", "", "--quick-add-key", carole, "ed25519", "sign", "1y")
	pass := secret.From([]byte(passphrase))
	locked, certificate, err := officer.NewKey("Denise Éluard <denise@example.org>", pass, d.issued)
	if err != nil {
		t.Fatal(err)
	}
	key, err := officer.OpenSecretKey(secret.From(bytes.Clone(locked)), pass)
	if err != nil {
		t.Fatal(err)
	}
	d.gpg.run(t, locked, "--import")
	ours, err := officer.ReadCertificate(certificate)
	if err != nil {
		t.Fatal(err)
	}
	d.roster, err = officer.NewRoster([]*officer.Certificate{d.gpg.export(t, "Alice"), d.gpg.export(t, "Robert"), d.gpg.export(t, "Carole"), ours}, 2)
	if err != nil {
		t.Fatal(err)
	}
	d.text = format(t, example(t, d.roster.Digest(), d.issued))
	d.write(t, "officers.pgp", d.roster.Bytes())
	d.write(t, "order.txt", d.text)
	return d, key
}

func (d *desk) write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sqv tells whether sqv finds two good signatures.
func (d *desk) sqv(t *testing.T, sigs []byte) error {
	t.Helper()
	cmd := exec.Command("sqv", "--keyring", "officers.pgp", "-n", "2", d.write(t, "order.sig", sigs), "order.txt")
	cmd.Dir = d.dir
	return cmd.Run()
}

func TestStockTools(t *testing.T) {
	t.Parallel()
	d, key := newDesk(t)
	t.Run("agree", func(t *testing.T) { stockToolsAgree(t, d, key) })
	t.Run("text mode hides line ends", func(t *testing.T) { textModeHidesLineEnds(t, d) })
	t.Run("keys made by gpg sign with ours", func(t *testing.T) { keysFromGPG(t, d, key) })
	t.Run("sequoia", func(t *testing.T) { sequoiaOfficer(t, d) })
}

func stockToolsAgree(t *testing.T, d *desk, key *officer.SecretKey) {
	sign := func(who string, args ...string) []byte {
		return d.gpg.run(t, d.text, append(args, "--local-user", who, "--detach-sign")...)
	}
	ours, err := officer.Sign(d.text, key, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	alice, robert, carole, denise := sign("Alice"), sign("Robert"), sign("Carole"), sign("Denise")
	now := time.Now().Add(time.Second)
	for name, sigs := range map[string][]byte{
		"gpg and gpg":            slices.Concat(alice, robert),
		"gpg and ours":           slices.Concat(robert, ours),
		"ours and gpg's subkey":  slices.Concat(ours, carole),
		"our key in gpg's hands": slices.Concat(denise, alice),
		"all of them":            slices.Concat(alice, robert, carole, ours),
		"with the address named": slices.Concat(sign("alice@example.org"), ours),
	} {
		if _, err := d.roster.Verify(d.text, sigs, now); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := d.sqv(t, sigs); err != nil {
			t.Errorf("%s: sqv: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		sigs []byte
		want error
	}{
		"one alone":            {alice, officer.ErrTooFew},
		"one twice":            {slices.Concat(alice, sign("Alice")), officer.ErrTwice},
		"ours and gpg's twice": {slices.Concat(ours, denise), officer.ErrTwice},
		"text mode":            {slices.Concat(ours, sign("Carole", "--textmode")), officer.ErrType},
		"armored":              {sign("Carole", "--armor"), officer.ErrArmored},
		"SHA-1":                {slices.Concat(ours, sign("Robert", "--digest-algo", "SHA1")), officer.ErrHash},
		"clear-signed":         {d.gpg.run(t, d.text, "--local-user", "Carole", "--clear-sign"), officer.ErrArmored},
		"inline, streamed":     {d.gpg.run(t, d.text, "--local-user", "Carole", "--sign"), officer.ErrPacket},
		"critical notation":    {slices.Concat(ours, sign("Carole", "--sig-notation", "!a@example.org=x")), officer.ErrCritical},
		"certificate":          {slices.Concat(ours, alice, d.gpg.run(t, nil, "--export", "Robert")), officer.ErrOtherPacket},
	} {
		_, err := d.roster.Verify(d.text, c.sigs, now)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
}

// 19: a CRLF copy of the order has the same text-mode signature; none of ours.
func textModeHidesLineEnds(t *testing.T, d *desk) {
	crlf := bytes.ReplaceAll(d.text, []byte("\n"), []byte("\r\n"))
	text := slices.Concat(
		d.gpg.run(t, crlf, "--local-user", "Carole", "--textmode", "--detach-sign"),
		d.gpg.run(t, crlf, "--local-user", "Robert", "--textmode", "--detach-sign"))
	if err := d.sqv(t, text); err != nil {
		t.Errorf("sqv should take text-mode signatures of another file: %v", err)
	}
	_, err := d.roster.Verify(d.text, text, time.Now().Add(time.Second))
	wantError(t, err, officer.ErrType)
}

// gpg's own secret keys sign with our tool as well.
func keysFromGPG(t *testing.T, d *desk, ours *officer.SecretKey) {
	pass := secret.From([]byte(passphrase))
	first, err := officer.Sign(d.text, ours, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"Alice", "Carole"} {
		exported := d.gpg.run(t, nil, "--armor", "--export-secret-keys", who)
		key, err := officer.OpenSecretKey(secret.From(exported), pass)
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		sig, err := officer.Sign(d.text, key, time.Now())
		if err != nil {
			t.Fatalf("%s: %v", who, err)
		}
		if _, err := d.roster.Verify(d.text, slices.Concat(first, sig), time.Now()); err != nil {
			t.Errorf("%s: %v", who, err)
		}
		if err := d.sqv(t, slices.Concat(first, sig)); err != nil {
			t.Errorf("%s: sqv: %v", who, err)
		}
	}
}

// Sequoia's certificates and signatures are accepted too.
func sequoiaOfficer(t *testing.T, with *desk) {
	d := &desk{dir: t.TempDir(), gpg: with.gpg, issued: with.issued}
	key := filepath.Join(d.dir, "sq.key")
	sq := stocktest.FindSq(t)
	call := func(line []string) []byte { return run(t, nil, line[0], line[1:]...) }
	call(sq.GenerateSigner("Simon", key))
	simon, err := officer.ReadCertificate(call(sq.Certificate(key)))
	if err != nil {
		t.Fatal(err)
	}
	alice := d.gpg.export(t, "Alice")
	if d.roster, err = officer.NewRoster([]*officer.Certificate{simon, alice}, 2); err != nil {
		t.Fatal(err)
	}
	d.text = format(t, example(t, d.roster.Digest(), d.issued))
	d.write(t, "officers.pgp", d.roster.Bytes())
	path := d.write(t, "order.txt", d.text)
	sigs := slices.Concat(
		call(sq.Sign(key, path)),
		d.gpg.run(t, d.text, "--local-user", "Alice", "--detach-sign"))
	if _, err := d.roster.Verify(d.text, sigs, time.Now().Add(time.Second)); err != nil {
		t.Error(err)
	}
	if err := d.sqv(t, sigs); err != nil {
		t.Errorf("sqv: %v", err)
	}
}
