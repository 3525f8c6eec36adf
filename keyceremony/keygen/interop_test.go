package keygen_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/keypair"
	"bailiff/custody/testkit/stocktest"
)

const message = "a letter to whom it concerns\n"

// stock is a folder with a generated key as other programs get it.
type stock struct {
	t                      *testing.T
	dir, public, private   string
	fingerprint, gpg, gpg2 string
}

func newStock(t *testing.T) *stock {
	pair, _ := generate(t, true)
	armored := keypair.Armor(pair.Public)
	if !strings.Contains(string(armored), "\n=") {
		t.Error("the armor has no checksum")
	}
	s := &stock{t: t, dir: t.TempDir(), fingerprint: strings.ToUpper(pair.Fingerprint)}
	s.public, s.private = s.write("key.asc", armored), s.write("secret.pgp", pair.Private.Expose())
	s.gpg, s.gpg2 = s.home("sender"), s.home("heir")
	return s
}

func (s *stock) write(name string, data []byte) string {
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *stock) home(name string) string {
	home := filepath.Join(s.dir, name)
	if err := os.Mkdir(home, 0o700); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if err := exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run(); err != nil {
			s.t.Error(err)
		}
	})
	return home
}

// run runs a program with a standard input and returns what it prints. It must have nothing to complain of.
func (s *stock) run(in []byte, name string, args ...string) []byte {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // the words below are English
	var notes bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), &notes
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, &notes)
	}
	for _, word := range []string{"warning", "future", "expire", "invalid", "weak", "unknown"} {
		text := strings.ReplaceAll(strings.ToLower(notes.String()), "bailiff.invalid", "")
		if strings.Contains(text, word) {
			s.t.Errorf("%s %s says:\n%s", name, strings.Join(args, " "), &notes)
		}
	}
	return out
}

func (s *stock) gnupg(home string, in []byte, args ...string) []byte {
	s.t.Helper()
	return s.run(in, "gpg", append([]string{"--batch", "--no-tty", "--homedir", home, "--trust-model", "always"}, args...)...)
}

func (s *stock) arrived(got []byte, from string) {
	s.t.Helper()
	if string(got) != message {
		s.t.Errorf("%s: got %q", from, got)
	}
}

// gpg and sq import the armored public key and encrypt to it; gpg and sq decrypt with the secret key.
func TestOtherProgramsUseTheKeys(t *testing.T) {
	s := newStock(t)
	s.gnupg(s.gpg, nil, "--import", s.public)
	s.gnupg(s.gpg2, nil, "--import", s.private)
	listed := string(s.gnupg(s.gpg, nil, "--with-colons", "--list-keys"))
	if !strings.Contains(listed, "fpr:::::::::"+s.fingerprint+":") || !strings.Contains(listed, "key 000042 (REHEARSAL)") {
		t.Errorf("gpg lists\n%s", listed)
	}
	byGPG := s.gnupg(s.gpg, []byte(message), "-e", "-r", s.fingerprint)
	sq := stocktest.FindSq(t)
	encrypting := sq.Encrypt(s.public)
	bySQ := s.run([]byte(message), encrypting[0], encrypting[1:]...)
	for name, sealed := range map[string][]byte{"gpg": byGPG, "sq": bySQ} {
		s.arrived(s.gnupg(s.gpg2, sealed, "-d"), name+" to gpg")
		decrypting := sq.Decrypt(s.private)
		cmd := exec.Command(decrypting[0], decrypting[1:]...)
		cmd.Stdin = bytes.NewReader(sealed)
		got, err := cmd.Output()
		if err != nil {
			t.Errorf("%s to sq: %v", name, err)
		}
		s.arrived(got, name+" to sq")
	}
}

func TestSqvVerifiesASignatureOfTheKey(t *testing.T) {
	s := newStock(t)
	s.gnupg(s.gpg2, nil, "--import", s.private)
	text := s.write("text", []byte(message))
	sig := s.write("text.sig", s.gnupg(s.gpg2, nil, "--detach-sign", "-o", "-", text))
	got := s.run(nil, "sqv", "--keyring", s.public, sig, text)
	if strings.TrimSpace(string(got)) != s.fingerprint {
		t.Errorf("sqv says %q", got)
	}
}
