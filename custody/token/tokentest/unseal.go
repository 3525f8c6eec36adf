package tokentest

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"sync/atomic"
	"testing"

	"filippo.io/age"
	"filippo.io/age/tag"
	"filippo.io/nistec"

	"bailiff/custody/token"
)

const (
	stanzaType = "p256tag" // c2sp.org/age, and the HPKE info of that stanza
	hpkeInfo   = "age-encryption.org/p256tag"
)

// exchanger lets crypto/hpke use a token's sealing key, and counts.
type exchanger struct {
	token.Token
	calls atomic.Int64
}

func (e *exchanger) PublicKey() *ecdh.PublicKey { return e.SealingKey() }
func (e *exchanger) Curve() ecdh.Curve          { return ecdh.P256() }
func (e *exchanger) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	e.calls.Add(1)
	return e.Token.ECDH(peer)
}

// identity opens p256tag stanzas with a token. It is written from the specification, apart
// from the code that the project itself uses.
type identity struct{ key *exchanger }

func (i *identity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	recipient, err := recipientOf(i.key.SealingKey())
	if err != nil {
		return nil, err
	}
	for _, s := range stanzas {
		if s.Type != stanzaType || len(s.Args) != 2 {
			continue
		}
		hint, err := base64.RawStdEncoding.DecodeString(s.Args[0])
		if err != nil {
			return nil, err
		}
		enc, err := base64.RawStdEncoding.DecodeString(s.Args[1])
		if err != nil {
			return nil, err
		}
		if ours, err := recipient.Tag(enc); err != nil || !bytes.Equal(ours, hint) {
			continue
		}
		private, err := hpke.NewDHKEMPrivateKey(i.key)
		if err != nil {
			return nil, err
		}
		r, err := hpke.NewRecipient(enc, private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(hpkeInfo))
		if err != nil {
			return nil, err
		}
		return r.Open(nil, s.Body)
	}
	return nil, age.ErrIncorrectIdentity
}

func recipientOf(key *ecdh.PublicKey) (*tag.Recipient, error) {
	point, err := nistec.NewP256Point().SetBytes(key.Bytes())
	if err != nil {
		return nil, err
	}
	return tag.NewClassicRecipient(point.BytesCompressed())
}

// sealed returns plaintext as an age file for the keys.
func sealed(t *testing.T, plaintext []byte, keys ...*ecdh.PublicKey) []byte {
	t.Helper()
	recipients := make([]age.Recipient, len(keys))
	for i, key := range keys {
		r, err := recipientOf(key)
		if err != nil {
			t.Fatal(err)
		}
		recipients[i] = r
	}
	var file bytes.Buffer
	w, err := age.Encrypt(&file, recipients...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plaintext); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func foreignKey(t *testing.T) *ecdh.PublicKey {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key.PublicKey()
}

// testUnseal opens an age file that is sealed to a spare token, too, with exactly one ECDH.
func testUnseal(t *testing.T, tok token.Token) {
	want := []byte("bailiff-share/1\nshare: for the test\n")
	file := sealed(t, want, foreignKey(t), tok.SealingKey())
	key := &exchanger{Token: tok}
	r, err := age.Decrypt(bytes.NewReader(file), &identity{key})
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("unsealed %q, %v", got, err)
	}
	if n := key.calls.Load(); n != 1 {
		t.Errorf("unsealing took %d ECDH operations, want 1", n)
	}
}

// testForeignFile sees to it that another's file costs no operation.
func testForeignFile(t *testing.T, tok token.Token) {
	key := &exchanger{Token: tok}
	_, err := age.Decrypt(bytes.NewReader(sealed(t, []byte("x"), foreignKey(t))), &identity{key})
	if !errors.Is(err, age.ErrIncorrectIdentity) {
		t.Errorf("another's file: %v", err)
	}
	if n := key.calls.Load(); n != 0 {
		t.Errorf("another's file took %d ECDH operations", n)
	}
}
