package seal_test

import (
	"bytes"
	"crypto/ecdh"
	"encoding/base64"
	"testing"

	"filippo.io/age"
	"filippo.io/age/tag"
	"filippo.io/hpke"
)

// stockIdentity opens p256tag stanzas with filippo.io/hpke, as age's plugins do; nothing of ours is in it.
type stockIdentity struct {
	t   *testing.T
	key *ecdh.PrivateKey
	r   *tag.Recipient
}

func (id *stockIdentity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != "p256tag" || len(s.Args) != 2 {
			continue
		}
		enc, err := base64.RawStdEncoding.DecodeString(s.Args[1])
		if err != nil {
			return nil, err
		}
		want, err := id.r.Tag(enc)
		if err != nil {
			return nil, err
		}
		if got, _ := base64.RawStdEncoding.DecodeString(s.Args[0]); !bytes.Equal(got, want) {
			continue
		}
		k, err := hpke.NewDHKEMPrivateKey(id.key)
		if err != nil {
			return nil, err
		}
		r, err := hpke.NewRecipient(enc, k, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte("age-encryption.org/p256tag"))
		if err != nil {
			return nil, err
		}
		return r.Open(nil, s.Body)
	}
	return nil, age.ErrIncorrectIdentity
}
