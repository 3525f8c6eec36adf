package soft

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"bailiff/custody/durable"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/custody/token"
)

// knownPIN is the identity of the right PIN that does scrypt's work once: a stanza that is not
// the known one is answered as scrypt and its cipher would, only faster.
type knownPIN struct {
	stanza  age.Stanza
	fileKey []byte
}

func learnPIN(t *testing.T, file []byte) *knownPIN {
	t.Helper()
	real, err := age.NewScryptIdentity("rehearse-4711")
	if err != nil {
		t.Fatal(err)
	}
	known := new(knownPIN)
	if _, err := age.Decrypt(bytes.NewReader(file), learner{known, real}); err != nil {
		t.Fatal(err)
	}
	return known
}

type learner struct {
	known *knownPIN
	real  age.Identity
}

func (l learner) Unwrap(stanzas []*age.Stanza) (key []byte, err error) {
	l.known.stanza = *stanzas[0]
	key, err = l.real.Unwrap(stanzas)
	l.known.fileKey = bytes.Clone(key)
	return key, err
}

func (k *knownPIN) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	if len(stanzas) != 1 || !reflect.DeepEqual(*stanzas[0], k.stanza) {
		return nil, age.ErrIncorrectIdentity
	}
	return bytes.Clone(k.fileKey), nil
}

// place copies the fixture to a folder of its own.
func place(t *testing.T) (path string, data []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "c01.token")
	data = golden(t, "c01.token")
	put(t, path, data)
	put(t, sibling(path, stateSuffix), golden(t, "c01.state"))
	return path, data
}

func golden(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// opens reports whether the token at path opens with the PIN, and why not.
func opens(path string, id age.Identity) error {
	f, err := Open(&durable.Disk{}, path)
	if err != nil {
		return err
	}
	k, err := f.open(id)
	if err != nil {
		return err
	}
	k.wipe()
	return nil
}

func TestEveryAlteredTokenFileIsRefused(t *testing.T) {
	path, data := place(t)
	c, err := parseContents(data)
	if err != nil {
		t.Fatal(err)
	}
	id := learnPIN(t, c.secrets)
	if err := opens(path, id); err != nil {
		t.Fatalf("untouched: %v", err)
	}
	refused := func(what string, i int, altered []byte) {
		t.Helper()
		if _, err := parseContents(altered); err != nil {
			return // so Open refuses, without a detour over the disk
		}
		put(t, path, altered)
		err := opens(path, id)
		if !errors.Is(err, token.ErrDamaged) && !errors.Is(err, token.ErrPIN) {
			t.Errorf("%s %d: %v", what, i, err)
		}
	}
	for i := range data {
		for bit := range 8 {
			altered := bytes.Clone(data)
			altered[i] ^= 1 << bit
			refused("flipped a bit of byte", i, altered)
		}
		refused("cut before byte", i, data[:i])
		refused("dropped byte", i, slices.Delete(bytes.Clone(data), i, i+1))
	}
	refused("grown after byte", len(data), append(bytes.Clone(data), '\n'))
}

// A work factor that would keep the machine busy for a day never reaches scrypt.
func TestSecretsOfAnotherShapeAreRefused(t *testing.T) {
	c, err := parseContents(golden(t, "c01.token"))
	if err != nil {
		t.Fatal(err)
	}
	for name, alter := range map[string]func(file string) string{
		"more work":   func(f string) string { return strings.Replace(f, " 16\n", " 30\n", 1) },
		"less work":   func(f string) string { return strings.Replace(f, " 16\n", " 10\n", 1) },
		"a recipient": func(f string) string { return strings.Replace(f, "scrypt", "x25519", 1) },
		"longer":      func(f string) string { return f + "x" },
		"empty":       func(string) string { return "" },
	} {
		altered := *c
		altered.secrets = []byte(alter(string(c.secrets)))
		data, err := altered.format()
		if err == nil {
			_, err = parseContents(data)
		}
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestRandomSerial(t *testing.T) {
	for name, c := range map[string]struct {
		random string
		want   string
		err    error
	}{
		"the first":    {"\x00\x00\x00\x00", "10000000", nil},
		"the last":     {"\x05\x5d\x4a\x7f", "99999999", nil},                 // 89,999,999
		"wraps":        {"\x05\x5d\x4a\x80", "10000000", nil},                 // 90,000,000
		"drawn again":  {"\xff\xff\xff\xff\x00\x00\x00\x02", "10000002", nil}, // above 47 × 90,000,000
		"stuck":        {strings.Repeat("\xff", 1000), "", ErrRandom},
		"out of bytes": {"\xff\xff\xff\xff\x00", "", io.ErrUnexpectedEOF},
	} {
		got, err := randomSerial(strings.NewReader(c.random))
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestRandomScalarDrawsAgain(t *testing.T) {
	want := "\x01" + strings.Repeat("\x02", 31)
	// All ones is above the order of P-256, and zero is no private key.
	got, err := randomScalar(strings.NewReader(strings.Repeat("\xff", 32) + strings.Repeat("\x00", 32) + want))
	if err != nil || string(got.Expose()) != want {
		t.Errorf("not the first fit draw: %v", err)
	}
	if _, err := randomScalar(strings.NewReader(strings.Repeat("\xff", 32*1000))); !errors.Is(err, ErrRandom) {
		t.Errorf("a stuck source: %v", err)
	}
}

// The keys and the serial come from the given source alone; age draws its own salt and nonce.
func TestGenerateUsesTheGivenRandomness(t *testing.T) {
	pin := secret.From([]byte("rehearse-4711"))
	var made []*contents
	for range 2 {
		c, err := generate(pin, strings.NewReader(strings.Repeat("randomness", 10)))
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, c)
	}
	a, b := made[0], made[1]
	if a.serial != b.serial || !a.sealing.Equal(b.sealing) || a.signing != b.signing {
		t.Error("the same randomness made different keys")
	}
	if bytes.Equal(a.secrets, b.secrets) {
		t.Error("two age files are alike")
	}
}

func FuzzContents(f *testing.F) {
	f.Add(golden(f, "c01.token"))
	f.Add([]byte(tokenFormat + "\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztest.Bounded(t, 64*len(data))()
		c, err := parseContents(data)
		if err != nil {
			if c != nil {
				t.Fatal("contents beside an error")
			}
			return
		}
		if out, err := c.format(); err != nil || !bytes.Equal(out, data) {
			t.Fatalf("%q came back as %q, %v", data, out, err)
		}
	})
}
