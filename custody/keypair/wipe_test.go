package keypair_test

import (
	"bytes"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/mldsa_eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
)

// TestWipeEntity: once the library's key is wiped, it cannot be written any more as it was, of any profile; and what was
// computed from an ML-DSA seed is gone with it.
func TestWipeEntity(t *testing.T) {
	for _, p := range keypair.Profiles()[:4] { // the second RSA profile differs in its size only
		pair, _ := rehearsed(t, p)
		e, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(pair.Private.Expose())))
		if err != nil {
			t.Fatal(err)
		}
		expanded, quantum := e.PrivateKey.PrivateKey.(*mldsa_eddsa.PrivateKey)
		keypair.WipeEntity(e)
		for _, k := range []*packet.PrivateKey{e.PrivateKey, e.Subkeys[0].PrivateKey} {
			var public, now bytes.Buffer
			_ = k.PublicKey.Serialize(&public)
			_ = k.Serialize(&now)
			if body := now.Bytes(); len(body) > 100 && bytes.Contains(pair.Private.Expose(), body[len(body)-100:]) {
				t.Errorf("%s: the end of a secret key packet is what it was", p)
			}
		}
		if quantum {
			now, err := expanded.SecretMldsa.MarshalBinary() // FIPS 204 §7.2: after ρ comes K
			if err != nil || !bytes.Equal(now[32:64], make([]byte, 32)) {
				t.Errorf("%s: what was computed from the seed is still there: %v", p, err)
			}
		}
		pair.Private.Wipe()
		if e, err = openpgp.ReadEntity(packet.NewReader(bytes.NewReader(pair.Public))); err != nil {
			t.Fatal(err)
		}
		keypair.WipeEntity(e) // in which there is nothing to wipe
	}
}
