package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/ProtonMail/go-crypto/openpgp/ecdh"
	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/durable"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/token/soft"
	"bailiff/custody/vault"
)

// The kinds of secrets.
const (
	kindPIN   = "pin"
	kindToken = "token" // its private keys
	kindShare = "share"
	kindData  = "data-key"
	kindKey   = "private-key" // its secret numbers
	kindWords = "words"
)

// keeper is a token with its PIN.
type keeper struct{ token, pin string }

// keepers are the custodians of the fixture.
func keepers() []keeper {
	return []keeper{{"tokens/c01.token", rightPIN}, {"tokens/c02.token", rightPIN}, {"tokens/c03.token", rightPIN}}
}

// everySecret opens everything in a folder again, with a token of each custodian: the shares, data key and
// private key of every key of the vault, the tokens' own keys, the PINs, and the words of the kit, if there is one.
func everySecret(t *testing.T, dir string, keepers []keeper) (out []needle) {
	t.Helper()
	var open []*soft.Token
	for _, h := range keepers {
		path := filepath.Join(dir, h.token)
		out = append(out, needle{kindPIN + " " + h.token, []byte(h.pin)})
		out = append(out, tokenSecrets(t, path, h.pin)...)
		f, err := soft.Open(new(durable.Disk), path)
		if err != nil {
			t.Fatal(err)
		}
		tok, err := f.Unlock(secret.From([]byte(h.pin)))
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, tok)
	}
	folders, err := filepath.Glob(filepath.Join(dir, "vault/batches/b*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		out = append(out, batchSecrets(t, folder, open)...)
	}
	if words, err := os.ReadFile(filepath.Join(dir, "kit/words.txt")); err == nil {
		lines := strings.Split(strings.TrimSpace(string(words)), "\n")
		out = append(out, needle{kindWords, []byte(lines[len(lines)-1])})
	}
	return out
}

// tokenSecrets are the two private keys of a software token, opened with age as docs/formats.md tells.
func tokenSecrets(t *testing.T, path, pin string) []needle {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, file, ok := strings.Cut(string(text), "\nsecrets: ")
	if !ok {
		t.Fatalf("%s: no secrets", path)
	}
	id, err := age.NewScryptIdentity(pin)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(file))
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		t.Fatal(err)
	}
	both, err := io.ReadAll(r)
	if err != nil || len(both) != 64 {
		t.Fatalf("%s: %d secret bytes, %v", path, len(both), err)
	}
	name := kindToken + " " + filepath.Base(path)
	return append(signingForms(name, both[32:]), needle{name + " sealing", both[:32]})
}

// signingForms are an Ed25519 seed and what RFC 8032 §5.1.5 makes of it: the scalar, before and after its bits are
// set, and the prefix.
func signingForms(name string, seed []byte) []needle {
	expanded := sha512.Sum512(seed)
	clamped := bytes.Clone(expanded[:32])
	clamped[0] &= 248
	clamped[31] = clamped[31]&127 | 64
	return []needle{
		{name + " seed", bytes.Clone(seed)}, {name + " prefix", bytes.Clone(expanded[32:])},
		{name + " expanded", bytes.Clone(expanded[:32])}, {name + " scalar", clamped},
	}
}

func batchSecrets(t *testing.T, folder string, tokens []*soft.Token) (out []needle) {
	t.Helper()
	b, err := vault.OpenBatch(new(durable.Disk), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for r, err := range b.Records() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, keySecrets(t, b, r, tokens)...)
	}
	return out
}

// keySecrets are the secrets of one key of a batch.
func keySecrets(t *testing.T, b *vault.Batch, r *vault.Record, tokens []*soft.Token) (out []needle) {
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
		out = append(out, needle{kindShare + " " + s.Custodian + " " + r.Name(), bytes.Clone(opened.Y.Expose())})
	}
	dataKey, err := share.Combine(shares, commitments)
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
	out = append(out, needle{kindData + " " + r.Name(), bytes.Clone(dataKey.Expose())},
		needle{kindData + " session " + r.Name(), sessionKey(file, dataKey.Expose())})
	public, err := b.Public(r)
	if err != nil {
		t.Fatal(err)
	}
	if b.Manifest().Profile != usualProfile {
		return append(out, materials(t, r.Name(), private.Expose(), public)...)
	}
	return append(out, numbers(t, r.Name(), private.Expose())...)
}

// sessionKey is what the data key becomes before it decrypts key.pgp: SHA-256 of salt and digits, over and
// over, 1,024 bytes of them (RFC 9580 §3.7.1.3).
func sessionKey(file, dataKey []byte) []byte {
	one := append(bytes.Clone(file[6:14]), hex.EncodeToString(dataKey)...)
	sum := sha256.Sum256(bytes.Repeat(one, 1024/len(one)+1)[:1024])
	return sum[:]
}

// numbers are the secret numbers of a private key, in both orders of bytes.
func numbers(t *testing.T, name string, private []byte) (out []needle) {
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
	name = kindKey + " " + name
	out = signingForms(name+" ed25519", primary.D[:ed25519.SeedSize])
	turned := bytes.Clone(subkey.D)
	slices.Reverse(turned)
	return append(out, needle{name + " x25519", bytes.Clone(subkey.D)}, needle{name + " x25519 turned", turned})
}

// materials are the secret numbers of a private key of any profile, as they follow the public part of each packet (RFC 9580
// §5.5.3): multiprecision integers of RSA, else seeds and scalars of 32 bytes each; in both orders of bytes.
func materials(t *testing.T, name string, private, public []byte) (out []needle) {
	t.Helper()
	name = kindKey + " " + name
	halves := keyPackets(t, public)
	for i, body := range keyPackets(t, private) {
		rest, ok := bytes.CutPrefix(body, halves[i])
		if !ok || len(rest) < 2 || rest[0] != 0 {
			t.Fatalf("%s: not an unlocked key", name)
		}
		parts := slices.Collect(slices.Chunk(rest[1:], 32))
		if body[5] == 1 {
			parts = integers(rest[1 : len(rest)-2])
		}
		for _, part := range parts {
			if len(part) < 32 {
				t.Fatalf("%s: a secret number of %d bytes", name, len(part))
			}
			turned := bytes.Clone(part)
			slices.Reverse(turned)
			out = append(out, needle{name + " turned", turned})
			out = append(out, signingForms(name, part)...)
		}
	}
	return out
}

// integers takes multiprecision integers apart (RFC 9580 §3.2).
func integers(b []byte) (out [][]byte) {
	for len(b) > 2 {
		n := (int(b[0])<<8 + int(b[1]) + 7) / 8
		out, b = append(out, b[2:2+n]), b[2+n:]
	}
	return out
}

// keyPackets returns the bodies of the packets of keys, secret or public.
func keyPackets(t *testing.T, key []byte) (out [][]byte) {
	t.Helper()
	packets := packet.NewOpaqueReader(bytes.NewReader(key))
	for {
		p, err := packets.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains([]uint8{5, 6, 7, 14}, p.Tag) {
			out = append(out, p.Contents)
		}
	}
}
