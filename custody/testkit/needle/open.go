package needle

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/custody/seal"
	"bailiff/custody/secret"
	"bailiff/custody/share"
	"bailiff/custody/token"
	"bailiff/custody/token/soft"
)

// Unlock opens the software token in a file.
func Unlock(t testing.TB, path, pin string) token.Token {
	t.Helper()
	f, err := soft.Open(new(durable.Disk), path)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := f.Unlock(secret.From([]byte(pin)))
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// OfToken are the two private keys of the software token in a file, opened with age as docs/formats.md tells.
func OfToken(t testing.TB, path, pin string) []Needle {
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
	name := Token + " " + filepath.Base(path)
	return append(SigningForms(name, both[32:]), Needle{name + " sealing", both[:32]})
}

// OfVault are the shares, data keys and private keys of all batches of the vault in a folder. There is one token of each
// custodian, in the order of the policy.
func OfVault(t testing.TB, dir string, tokens []token.Token) (out []Needle) {
	t.Helper()
	folders, err := filepath.Glob(filepath.Join(dir, "batches/b*"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("%s: no batch, %v", dir, err)
	}
	for _, folder := range folders {
		out = append(out, ofBatch(t, folder, tokens)...)
	}
	return out
}

func ofBatch(t testing.TB, folder string, tokens []token.Token) (out []Needle) {
	t.Helper()
	b, err := batch.Open(new(durable.Disk), folder)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for r, err := range b.Records() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ofKey(t, b, r, tokens)...)
	}
	return out
}

// ofKey are the secrets of one key of a batch.
func ofKey(t testing.TB, b *batch.Batch, r *batch.Record, tokens []token.Token) (out []Needle) {
	t.Helper()
	shares, commitments := openShares(t, b, r, tokens)
	for i := range shares {
		out = append(out, Needle{Share + " " + r.Shares[i].Custodian + " " + r.Name(), bytes.Clone(shares[i].Y.Expose())})
	}
	dataKey, err := share.Combine(shares[:b.Manifest().Threshold], commitments)
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
	public, err := b.Public(r)
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, Needle{Data + " " + r.Name(), bytes.Clone(dataKey.Expose())},
		Needle{Data + " session " + r.Name(), sessionKey(file, dataKey.Expose())})
	return append(out, numbers(t, Key+" "+r.Name(), private.Expose(), public)...)
}

func openShares(t testing.TB, b *batch.Batch, r *batch.Record, tokens []token.Token) (shares []share.Share, commitments map[string][32]byte) {
	t.Helper()
	if len(tokens) != len(r.Shares) {
		t.Fatalf("%d tokens for %d shares", len(tokens), len(r.Shares))
	}
	commitments = map[string][32]byte{}
	for i, s := range r.Shares {
		file, err := b.Share(r, s.Custodian)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := seal.OpenShare(file, tokens[i])
		if err != nil {
			t.Fatal(err)
		}
		shares, commitments[s.Custodian] = append(shares, *opened), s.Commitment
	}
	return shares, commitments
}

// sessionKey is what the data key becomes before it decrypts key.pgp: SHA-256 of salt and digits, over and
// over, 1,024 bytes of them (RFC 9580 §3.7.1.3).
func sessionKey(file, dataKey []byte) []byte {
	one := append(bytes.Clone(file[6:14]), hex.EncodeToString(dataKey)...)
	sum := sha256.Sum256(bytes.Repeat(one, 1024/len(one)+1)[:1024])
	return sum[:]
}
