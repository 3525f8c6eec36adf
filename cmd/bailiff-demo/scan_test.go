package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/testkit/needle"
	"bailiff/custody/token"
)

// noSecretIsLeft opens everything again with all tokens, and then looks for what it found in
// every file that the demo left: PINs, passphrases, the heir's words, the tokens' keys, data keys, shares and
// private keys, raw, in hexadecimal and in base64. The words stand in the kit; nothing else stands anywhere.
func (p *performance) noSecretIsLeft(t *testing.T, pins string) {
	t.Helper()
	secrets := append(typed(t, p.dir, pins), opened(t, p.dir, pins)...)
	const keys, ofToken, ofKey = 5 + sample + reserve, 5, custodians + 2 + 2*5
	want, kinds := custodians+officers+1+custodians*ofToken+keys*ofKey, 7
	if hasCards(pins) {
		want, kinds = want+2*custodians, kinds+2 // PUK and management key
	}
	if len(secrets) != want {
		t.Fatalf("%d secrets to look for, not %d", len(secrets), want)
	}
	h := needle.NewHunt(secrets)
	found := append(scanTree(t, p.dir, h), scan("output", slices.Concat(p.out, p.err), h)...)
	if want := []string{"kit/words.txt: words: raw"}; !slices.Equal(found, want) {
		t.Errorf("found %q, not %q", found, want)
	}
	plant(t, h, kinds)
}

// plant makes sure that a secret of each kind is found in each form.
func plant(t *testing.T, h *needle.Hunt, want int) {
	t.Helper()
	kinds := map[string]needle.Needle{}
	for _, n := range h.Needles {
		kinds[n.Kind()] = n
	}
	if len(kinds) != want {
		t.Errorf("kinds of secrets: %d, not %d", len(kinds), want)
	}
	for kind, n := range kinds {
		for form, text := range written(n.Value) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "planted"), text, 0o600); err != nil {
				t.Fatal(err)
			}
			if found := scanTree(t, dir, h); len(found) == 0 {
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

// typed are the secrets that people typed: the PIN files, and the words on the last line of words.txt.
func typed(t *testing.T, dir, pins string) []needle.Needle {
	t.Helper()
	var out []needle.Needle
	for i := range custodians {
		out = append(out, needle.Needle{Name: needle.PIN + " " + custodian(i+1), Value: pinOf(t, pins, pinFile(i+1))})
	}
	for i := range officers {
		out = append(out, needle.Needle{Name: "passphrase " + officer(i+1), Value: pinOf(t, pins, phraseFile(i+1))})
	}
	lines := bytes.Split(bytes.TrimSpace(read(t, filepath.Join(dir, kitWords))), []byte("\n"))
	return append(out, needle.Needle{Name: needle.Words, Value: lines[len(lines)-1]})
}

func pinOf(t *testing.T, pins, file string) []byte {
	t.Helper()
	line, _, _ := bytes.Cut(read(t, filepath.Join(pins, file)), []byte("\n"))
	pin, ok := bytes.CutPrefix(line, []byte("* "))
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

// opened are the keys of the tokens, and the secrets that the tokens open.
func opened(t *testing.T, dir, pins string) (out []needle.Needle) {
	t.Helper()
	var tokens []token.Token
	for i := range custodians {
		if hasCards(pins) {
			out = append(out, ofCard(t, pins, i+1)...)
			tokens = append(tokens, unlockCard(t, dir, pins, i+1))
			continue
		}
		path, pin := filepath.Join(dir, tokenFile(i+1)), string(pinOf(t, pins, pinFile(i+1)))
		out = append(out, needle.OfToken(t, path, pin)...)
		tokens = append(tokens, needle.Unlock(t, path, pin))
	}
	return append(out, needle.OfVault(t, filepath.Join(dir, "vault"), tokens)...)
}

// scanTree looks into every file under a directory.
func scanTree(t *testing.T, dir string, h *needle.Hunt) (found []string) {
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
		found = append(found, scan(name, data, h)...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// scan looks for secrets in a file's content, as it is and with its lines joined.
func scan(name string, data []byte, h *needle.Hunt) (found []string) {
	joined := strings.NewReplacer("\n", "", "\r", "").Replace(string(data))
	for _, hit := range append(h.Search(data), h.Search([]byte(joined))...) {
		found = append(found, name+": "+hit.Name+": "+hit.Form)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
