package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/ecdh"
	"github.com/ProtonMail/go-crypto/openpgp/eddsa"

	"bailiff/custody/durable"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/token/soft"
	"bailiff/custody/vault"
)

// noSecretIsLeft opens everything again with all tokens, and then looks for what it found in
// every file that the demo left: PINs, passphrases, the heir's words, data keys, shares and private
// keys, raw, in hexadecimal and in base64. The words stand in the kit; nothing else stands anywhere.
func (p *performance) noSecretIsLeft(t *testing.T, pins string) {
	t.Helper()
	secrets := append(typed(t, p.dir, pins), opened(t, p.dir, pins)...)
	const keys = 5 + sample + reserve
	if want := custodians + officers + 1 + keys*(1+custodians+5); len(secrets) != want {
		t.Fatalf("%d secrets to look for, not %d", len(secrets), want)
	}
	found := append(scanTree(t, p.dir, secrets), scan("output", slices.Concat(p.out, p.err), secrets)...)
	if want := []string{"kit/words.txt: words: raw"}; !slices.Equal(found, want) {
		t.Errorf("found %q, not %q", found, want)
	}
	plant(t, secrets)
}

// plant makes sure that a secret of each kind is found in each form.
func plant(t *testing.T, secrets []known) {
	t.Helper()
	kinds := map[string]known{}
	for _, s := range secrets {
		kinds[strings.Fields(s.name)[0]] = s
	}
	if len(kinds) != 7 {
		t.Errorf("kinds of secrets: %d", len(kinds))
	}
	for kind, s := range kinds {
		for form, text := range written(s.value) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "planted"), text, 0o600); err != nil {
				t.Fatal(err)
			}
			if found := scanTree(t, dir, secrets); len(found) == 0 {
				t.Errorf("%s, planted as %s, was not found", kind, form)
			}
		}
	}
}

// written is a secret amid other text, in every form that the scanner knows.
func written(value []byte) map[string][]byte {
	out := map[string][]byte{
		"raw": slices.Concat([]byte("before "), value, []byte(" after")),
		"hex": fmt.Appendf(nil, "key: %x\n", value),
		"HEX": fmt.Appendf(nil, "key: %X\n", value),
	}
	for i, prefix := range []string{"", "x", "xy"} {
		text := slices.Concat([]byte(prefix), value, []byte("tail"))
		std, url := base64.StdEncoding.EncodeToString(text), base64.RawURLEncoding.EncodeToString(text)
		out[fmt.Sprint("base64 ", i)] = []byte(std)
		out[fmt.Sprint("base64url ", i)] = []byte(url)
		out[fmt.Sprint("base64 in lines ", i)] = []byte(std[:len(std)/2] + "\r\n" + std[len(std)/2:])
	}
	return out
}

// known is a secret to look for; its name begins with its kind.
type known struct {
	name  string
	value []byte
}

// typed are the secrets that people typed: the PIN files, and the words on the last line of words.txt.
func typed(t *testing.T, dir, pins string) []known {
	t.Helper()
	var out []known
	for i := range custodians {
		out = append(out, known{"pin " + custodian(i+1), pinOf(t, pins, pinFile(i+1))})
	}
	for i := range officers {
		out = append(out, known{"passphrase " + officer(i+1), pinOf(t, pins, phraseFile(i+1))})
	}
	lines := bytes.Split(bytes.TrimSpace(read(t, filepath.Join(dir, kitWords))), []byte("\n"))
	return append(out, known{"words", lines[len(lines)-1]})
}

func pinOf(t *testing.T, pins, file string) []byte {
	t.Helper()
	pin, ok := bytes.CutPrefix(read(t, filepath.Join(pins, file)), []byte("* "))
	if !ok || len(pin) < pinSize {
		t.Fatalf("%s: no PIN", file)
	}
	return pin
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// opened are the secrets that the tokens open: of every key its shares, its data key, its private
// key and the two secret numbers within that, which are stored in either order of bytes.
func opened(t *testing.T, dir, pins string) []known {
	t.Helper()
	tokens := unlock(t, dir, pins)
	folders, err := filepath.Glob(filepath.Join(dir, "vault/batches/*"))
	if err != nil || len(folders) != 1 {
		t.Fatalf("batches: %v, %v", folders, err)
	}
	b, err := vault.OpenBatch(new(durable.Disk), folders[0])
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var out []known
	for r, err := range b.Records() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, openKey(t, b, r, tokens)...)
	}
	return out
}

func unlock(t *testing.T, dir, pins string) []*soft.Token {
	t.Helper()
	var tokens []*soft.Token
	for i := range custodians {
		f, err := soft.Open(new(durable.Disk), filepath.Join(dir, tokenFile(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		tok, err := f.Unlock(secret.From(pinOf(t, pins, pinFile(i+1))))
		if err != nil {
			t.Fatal(err)
		}
		tokens = append(tokens, tok)
	}
	return tokens
}

func openKey(t *testing.T, b *vault.Batch, r *vault.Record, tokens []*soft.Token) (out []known) {
	t.Helper()
	var shares []share.Share
	commitments := map[string][32]byte{}
	for i, s := range r.Shares {
		file, err := b.Share(r, s.Custodian)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := seal.OpenShare(file, tokens[i])
		if err != nil {
			t.Fatal(err)
		}
		commitments[s.Custodian] = s.Commitment
		shares = append(shares, *opened)
		out = append(out, known{"share " + s.Custodian + " " + r.Name(), bytes.Clone(opened.Y.Expose())})
	}
	dataKey, err := share.Combine(shares[:threshold], commitments)
	if err != nil {
		t.Fatal(err)
	}
	file, err := b.Sealed(r)
	if err != nil {
		t.Fatal(err)
	}
	private, err := seal.OpenKey(file, dataKey)
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, known{"data-key " + r.Name(), bytes.Clone(dataKey.Expose())}, known{"private-key " + r.Name(), bytes.Clone(private.Expose())})
	return append(out, numbers(t, r.Name(), private.Expose())...)
}

// numbers are the secret numbers of a private key.
func numbers(t *testing.T, name string, private []byte) (out []known) {
	t.Helper()
	ring, err := openpgp.ReadKeyRing(bytes.NewReader(private))
	if err != nil || len(ring) != 1 || len(ring[0].Subkeys) != 1 {
		t.Fatalf("%s: %d keys, %v", name, len(ring), err)
	}
	primary, ok1 := ring[0].PrivateKey.PrivateKey.(*eddsa.PrivateKey)
	subkey, ok2 := ring[0].Subkeys[0].PrivateKey.PrivateKey.(*ecdh.PrivateKey)
	if !ok1 || !ok2 {
		t.Fatalf("%s: keys of another kind", name)
	}
	for _, d := range [][]byte{primary.D, subkey.D} {
		turned := bytes.Clone(d)
		slices.Reverse(turned)
		out = append(out, known{"number " + name, bytes.Clone(d)}, known{"number " + name, turned})
	}
	return out
}

// scanTree looks into every file under a directory.
func scanTree(t *testing.T, dir string, secrets []known) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		found = append(found, scan(name, data, secrets)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// scan looks for secrets in a file's content, as it is and with its lines joined.
func scan(name string, data []byte, secrets []known) (found []string) {
	joined := strings.NewReplacer("\n", "", "\r", "").Replace(string(data))
	for _, s := range secrets {
		for _, form := range forms(s.value) {
			if bytes.Contains(data, form.text) || strings.Contains(joined, string(form.text)) {
				found = append(found, name+": "+s.name+": "+form.name)
			}
		}
	}
	return found
}

// form is a way of writing a secret down.
type form struct {
	name string
	text []byte
}

// forms are the ways in which a secret may stand in a file. In base64, what stands before it decides
// where its bytes fall; only those characters count that its own bytes alone decide.
func forms(value []byte) []form {
	out := []form{
		{"raw", value},
		{"hex", []byte(hex.EncodeToString(value))},
		{"HEX", bytes.ToUpper([]byte(hex.EncodeToString(value)))},
	}
	for skip := range 3 {
		whole := value[skip : skip+(len(value)-skip)/3*3]
		out = append(out,
			form{"base64", []byte(base64.RawStdEncoding.EncodeToString(whole))},
			form{"base64url", []byte(base64.RawURLEncoding.EncodeToString(whole))})
	}
	return out
}
