package seal_test

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/fuzztest"
)

func random(t testing.TB, n int) *secret.Bytes {
	s, err := secret.Random(rand.Reader, n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sealedKey(t testing.TB, private, dataKey *secret.Bytes) []byte {
	file, err := seal.SealKey(private, dataKey)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// The lengths on both sides of where OpenPGP's packet lengths change form.
func TestSealedKeyOpensAgain(t *testing.T) {
	for _, n := range []int{1, 100, 140, 185, 186, 191, 192, 601, 8300, 8383, 8384, seal.MaxKey} {
		private, dataKey := random(t, n), random(t, 32)
		file := sealedKey(t, private, dataKey)
		got, err := seal.OpenKey(file, dataKey)
		if err != nil || !got.Equal(private) {
			t.Errorf("%d bytes: %v", n, err)
		}
		if head := shortest(len(file)); !bytes.HasPrefix(file[6+8+1:], head) {
			t.Errorf("%d bytes: the length of the second packet is not in its shortest form, % x", n, head)
		}
		m, err := openpgp.ReadMessage(bytes.NewReader(file), nil, passphrase(dataKey), nil)
		if err != nil {
			t.Fatalf("%d bytes, go-crypto: %v", n, err)
		}
		if text, err := io.ReadAll(m.UnverifiedBody); err != nil || !bytes.Equal(text, private.Expose()) {
			t.Errorf("%d bytes, go-crypto: %v", n, err)
		}
		private.Wipe()
	}
}

// shortest is the head of the second packet of a sealed key of that many bytes (RFC 9580 §4.2.1).
func shortest(size int) []byte {
	body := size - (6 + 8 + 1)
	switch {
	case body < 2+192:
		return []byte{0xd2, byte(body - 2)}
	case body < 3+8384:
		return []byte{0xd2, byte((body-3-192)>>8) + 192, byte(body - 3 - 192)}
	}
	return binary.BigEndian.AppendUint32([]byte{0xd2, 255}, uint32(body-6))
}

func passphrase(dataKey *secret.Bytes) openpgp.PromptFunction {
	return func([]openpgp.Key, bool) ([]byte, error) { return []byte(hex.EncodeToString(dataKey.Expose())), nil }
}

func TestGnuPGOpensASealedKey(t *testing.T) {
	private, dataKey := random(t, 601), random(t, 32)
	home := t.TempDir()
	if err := os.Chmod(home, 0o700); err != nil { // as gpg wants it
		t.Fatal(err)
	}
	t.Cleanup(func() { exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run() })
	path := filepath.Join(home, "key.pgp")
	if err := os.WriteFile(path, sealedKey(t, private, dataKey), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("gpg", "--batch", "--homedir", home, "--pinentry-mode", "loopback", "--passphrase-fd", "0", "-d", path)
	cmd.Stdin, cmd.Env = strings.NewReader(hex.EncodeToString(dataKey.Expose())+"\n"), append(os.Environ(), "LC_ALL=C.UTF-8")
	var warnings bytes.Buffer
	cmd.Stderr = &warnings
	got, err := cmd.Output()
	if err != nil || !bytes.Equal(got, private.Expose()) {
		t.Fatalf("gpg: %v\n%s", err, &warnings)
	}
	for _, word := range []string{"WARNING", "integrity", "compress"} {
		if strings.Contains(warnings.String(), word) {
			t.Errorf("gpg says:\n%s", &warnings)
		}
	}
}

func TestSealedKeyRefusesEveryAlteredByte(t *testing.T) {
	private, dataKey := random(t, 200), random(t, 32)
	file := sealedKey(t, private, dataKey)
	for i := range file {
		for _, flip := range []byte{1, 0x80} {
			b := bytes.Clone(file)
			b[i] ^= flip
			if got, err := seal.OpenKey(b, dataKey); got != nil || err == nil {
				t.Errorf("byte %d of %d altered: accepted", i, len(file))
			}
		}
		if got, err := seal.OpenKey(file[:i], dataKey); got != nil || err == nil {
			t.Errorf("cut to %d bytes: accepted", i)
		}
	}
	if _, err := seal.OpenKey(append(bytes.Clone(file), 0), dataKey); !errors.Is(err, seal.ErrKeyFile) {
		t.Errorf("one byte more: %v", err)
	}
	if _, err := seal.OpenKey(file, random(t, 32)); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("another data key: %v", err)
	}
}

func TestSealKeyBounds(t *testing.T) {
	good := random(t, 32)
	for n, want := range map[int]error{0: seal.ErrKeySize, seal.MaxKey + 1: seal.ErrKeySize} {
		if _, err := seal.SealKey(secret.New(n), good); !errors.Is(err, want) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	if _, err := seal.SealKey(random(t, 10), random(t, 31)); !errors.Is(err, seal.ErrDataKey) {
		t.Errorf("a data key of 31 bytes: %v", err)
	}
	if _, err := seal.OpenKey(nil, nil); !errors.Is(err, seal.ErrDataKey) {
		t.Errorf("no data key: %v", err)
	}
	if _, err := seal.OpenKey(make([]byte, seal.MaxKeyFile+1), good); !errors.Is(err, seal.ErrTooLarge) {
		t.Errorf("a large file: %v", err)
	}
}

func FuzzOpenKey(f *testing.F) {
	dataKey := secret.From(bytes.Repeat([]byte{9}, 32))
	f.Add(sealedKey(f, secret.From([]byte("private")), dataKey))
	f.Add([]byte{0xc3, 13, 4, 9, 3, 8})
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztest.Bounded(t, 64*len(b))()
		private, err := seal.OpenKey(b, dataKey)
		if (private == nil) == (err == nil) {
			t.Fatal("neither a key nor an error, or both")
		}
		private.Wipe()
	})
}
