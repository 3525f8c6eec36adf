package soft_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"bailiff/custody/durable"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
	"bailiff/custody/token/tokentest"
)

const (
	rightPIN = "rehearse-4711"
	wrongPIN = "rehearse-4712"
)

func pin(s string) *secret.Bytes { return secret.From([]byte(s)) }

// fixture copies the token of testdata, whose PIN is rightPIN, to a folder of its own. The format
// promises that it opens for ever.
func fixture(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "c01.token")
	replace(t, path, read(t, "testdata/c01.token"))
	replace(t, statePath(path), read(t, "testdata/c01.state"))
	return path
}

func open(t *testing.T, path string) *soft.File {
	t.Helper()
	f, err := soft.Open(&durable.Disk{}, path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func closed(t *testing.T, tok *soft.Token) {
	t.Helper()
	if err := tok.Close(); err != nil {
		t.Error(err)
	}
}

func tries(t *testing.T, path string) int {
	t.Helper()
	n, err := open(t, path).Tries()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// replace puts other content in the place of a file, whatever its permissions.
func replace(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func statePath(path string) string { return strings.TrimSuffix(path, ".token") + ".state" }

// filesBeside returns the names in the folder of path.
func filesBeside(t *testing.T, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestConformance(t *testing.T) {
	path := fixture(t)
	tokentest.Run(t, func(t *testing.T) token.Token {
		tok, err := open(t, path).Unlock(pin(rightPIN))
		if err != nil {
			t.Fatal(err)
		}
		return tok
	})
}

func TestThreeWrongPINsLockForEver(t *testing.T) {
	path := fixture(t)
	for _, left := range []int{2, 1, 0} {
		tok, err := open(t, path).Unlock(pin(wrongPIN))
		var wrong *token.PINError
		if tok != nil || !errors.Is(err, token.ErrPIN) || !errors.As(err, &wrong) || wrong.Tries != left {
			t.Fatalf("%v, want a wrong PIN and %d tries", err, left)
		}
		if strings.Contains(err.Error(), wrongPIN) {
			t.Error("an error shows a PIN")
		}
		if errors.Is(err, token.ErrLocked) != (left == 0) {
			t.Errorf("locked with %d tries left: %v", left, err)
		}
		if got := tries(t, path); got != left {
			t.Errorf("%d tries on disk, want %d", got, left)
		}
	}
	before := read(t, statePath(path))
	_, err := open(t, path).Unlock(pin(rightPIN))
	if !errors.Is(err, token.ErrLocked) || errors.Is(err, token.ErrPIN) || !strings.Contains(err.Error(), "create a new one") {
		t.Errorf("the right PIN of a locked token: %v", err)
	}
	if !bytes.Equal(read(t, statePath(path)), before) {
		t.Error("a locked token's state changed")
	}
}

func TestRightPINGivesTheTriesBack(t *testing.T) {
	path := fixture(t)
	if _, err := open(t, path).Unlock(pin(wrongPIN)); !errors.Is(err, token.ErrPIN) {
		t.Fatal(err)
	}
	tok, err := open(t, path).Unlock(pin(rightPIN))
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, tok)
	if got := tries(t, path); got != 3 {
		t.Errorf("%d tries after the right PIN", got)
	}
	if got := fmt.Sprintf("%v %+v %#v", tok, tok, tok); strings.Contains(got, rightPIN) {
		t.Error("printing a token shows the PIN")
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c02.token")
	tok, err := soft.Create(&durable.Disk{}, path, pin(rightPIN), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, tok)
	f := open(t, path)
	if f.Identity() != tok.Identity() || !f.SealingKey().Equal(tok.SealingKey()) || f.SigningKey() != tok.SigningKey() {
		t.Error("the token is not the one on disk")
	}
	if got := tries(t, path); got != 3 {
		t.Errorf("%d tries", got)
	}
	if sig, err := tok.Sign([]byte("x")); err != nil || !f.SigningKey().Verify([]byte("x"), sig) {
		t.Errorf("signature, %v", err)
	}
	if names := filesBeside(t, path); !slices.Equal(names, []string{"c02.lock", "c02.state", "c02.token"}) {
		t.Errorf("files %q", names)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestPINForm(t *testing.T) {
	path := fixture(t)
	for _, bad := range []string{"", "123", strings.Repeat("1", 65), "12 34", "1234\n", "12\x0034", "motdépasse", "123\x7f"} {
		if _, err := open(t, path).Unlock(pin(bad)); !errors.Is(err, soft.ErrPINForm) {
			t.Errorf("unlocking with a PIN of %d bytes: %v", len(bad), err)
		}
		other := filepath.Join(t.TempDir(), "c02.token")
		if _, err := soft.Create(&durable.Disk{}, other, pin(bad), rand.Reader); !errors.Is(err, soft.ErrPINForm) {
			t.Errorf("creating with a PIN of %d bytes: %v", len(bad), err)
		}
	}
	if _, err := open(t, path).Unlock(nil); !errors.Is(err, soft.ErrPINForm) {
		t.Errorf("no PIN: %v", err)
	}
	if got := tries(t, path); got != 3 {
		t.Errorf("%d tries after PINs that cannot be one", got)
	}
	for _, good := range []string{"1234", strings.Repeat("~", 64), "!aZ9"} {
		if err := soft.CheckPIN(pin(good)); err != nil {
			t.Errorf("a PIN of %d bytes: %v", len(good), err)
		}
	}
}

// The command of docs/formats.md, up to age, whose passphrase prompt needs a terminal.
func TestByHand(t *testing.T) {
	path := fixture(t)
	file, err := exec.Command("sh", "-c", `sed -n 's/^secrets: //p' "$0" | base64 -d`, path).Output()
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.NewScryptIdentity(rightPIN)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil || len(plain) != 64 {
		t.Fatalf("%d bytes, %v", len(plain), err)
	}
	sealing, err := ecdh.P256().NewPrivateKey(plain[:32])
	if err != nil {
		t.Fatal(err)
	}
	f := open(t, path)
	if !f.SealingKey().Equal(sealing.PublicKey()) || f.SigningKey() != tokentest.SigningKey(t, ed25519.NewKeyFromSeed(plain[32:])) {
		t.Error("the plaintext is not the scalar, then the seed")
	}
}
