package seal

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"testing"
	"testing/cryptotest"

	"filippo.io/age"

	"bailiff/custody/secret"
	"bailiff/custody/share"
)

// byAge is a Recipient as filippo.io/age wants it.
type byAge struct{ *Recipient }

func (r byAge) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	stanzas, err := r.stanzas(fileKey)
	var out []*age.Stanza
	for _, s := range stanzas {
		text := base64.RawStdEncoding.EncodeToString
		out = append(out, &age.Stanza{Type: "p256tag", Args: []string{text(s.tag[:]), text(s.enc[:])}, Body: s.body[:]})
	}
	return out, err
}

// The files are, byte for byte, those that filippo.io/age writes with the same randomness.
func TestFilesAreThoseOfAge(t *testing.T) {
	var keys []*ecdh.PublicKey
	for range MaxTokens {
		k, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k.PublicKey())
	}
	shares, err := share.Split(secret.New(share.Size), "5f0c4a0d1e2f30415263748596a7b8c9", "b20261121-7f3a9c",
		"0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", []string{"c01", "c02", "c03"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(60) {
		r, err := NewRecipient(keys[:1+seed%MaxTokens])
		if err != nil {
			t.Fatal(err)
		}
		s := &shares[seed%3]
		cryptotest.SetGlobalRandom(t, seed)
		got, err := r.Seal(s)
		if err != nil {
			t.Fatal(err)
		}
		cryptotest.SetGlobalRandom(t, seed)
		var want bytes.Buffer
		w, err := age.Encrypt(&want, byAge{r})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(s.Format().Expose()); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("seed %d:\n%q\nage writes\n%q", seed, got, want.Bytes())
		}
	}
}
