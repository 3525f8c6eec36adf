package handover_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/durable"
	"bailiff/custody/testkit/stocktest"
)

// The tests in this file do what the heir does, with gpg.

func gpg(t *testing.T, home, stdin string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command("gpg", append([]string{"--homedir", home, "--batch", "--no-tty"}, args...)...)
	cmd.Stdin = strings.NewReader(stdin)
	return stocktest.Try(cmd)
}

// gpgHome is short: the agent's socket lies in it.
func gpgHome(t *testing.T) string {
	t.Helper()
	home, err := os.MkdirTemp("", "kit")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run()
		_ = os.RemoveAll(home)
	})
	return home
}

func encryptTo(t *testing.T, public []byte, message, path string) {
	t.Helper()
	ring, err := openpgp.ReadKeyRing(bytes.NewReader(public))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w, err := openpgp.Encrypt(&out, ring, nil, nil, nil, &packet.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(message)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestGPGOpensTheSafe(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	work, home := t.TempDir(), gpgHome(t)
	dir := filepath.Join(work, "kit")
	if err := build(t, p, nil).Write(&durable.Disk{}, dir, false); err != nil {
		t.Fatal(err)
	}
	key, safe := filepath.Join(dir, "private-key.asc"), filepath.Join(work, "safe.pgp")
	encryptTo(t, p.public, "Le coffre est ouvert.", safe)

	withWords := []string{"--pinentry-mode", "loopback", "--passphrase-fd", "0"}
	if out, err := gpg(t, home, theWords+"\n", append(withWords, "--import", key)...); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
	if out, err := gpg(t, home, "abaisser-abandon\n", append(withWords, "--decrypt", safe)...); err == nil {
		t.Fatalf("gpg opened the safe with wrong words:\n%s", out)
	}
	out, err := gpg(t, home, theWords+"\n", append(withWords, "--quiet", "--decrypt", safe)...)
	if err != nil || !strings.Contains(out, "Le coffre est ouvert.") {
		t.Fatalf("decrypt: %v\n%s", err, out)
	}
}

func TestGPGSeesTheDocumentedLock(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	path := filepath.Join(t.TempDir(), "private-key.asc")
	if err := os.WriteFile(path, build(t, p, nil).PrivateKey, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := gpg(t, gpgHome(t), "", "--list-packets", path)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"iter+salt S2K, algo: 9, SHA1 protection, hash: 8", "protect count: 65011712 (255)"} {
		if n := strings.Count(out, want); n != 2 {
			t.Errorf("%q stands there %d times, want once for each of two keys:\n%s", want, n, out)
		}
	}
	if strings.Contains(out, "skey[") && !strings.Contains(out, "skey[2]: [v4 protected]") {
		t.Errorf("a secret stands there in the clear:\n%s", out)
	}
	if !strings.Contains(string(mustRead(t, path)), "\n=") {
		t.Error("the armor has no checksum")
	}
}

// The armor of a kit's key ends with one LF, and has a checksum unless the key is of version 6 (RFC 9580 §6.1).
func TestArmorOfKit(t *testing.T) {
	for version, config := range map[int]*packet.Config{
		4: {Algorithm: packet.PubKeyAlgoEdDSA, Curve: packet.Curve25519},
		6: {Algorithm: packet.PubKeyAlgoEd25519, Curve: packet.Curve25519, V6Keys: true},
	} {
		key := string(build(t, newPairOf(t, config), nil).PrivateKey)
		if strings.Contains(key, "\n=") != (version == 4) {
			t.Errorf("version %d: with a checksum, or without:\n%s", version, key)
		}
		if !strings.HasSuffix(key, "\n-----END PGP PRIVATE KEY BLOCK-----\n") {
			t.Errorf("version %d: the end is %q", version, key[len(key)-40:])
		}
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
