package officer_test

import (
	"bytes"
	"crypto"
	"errors"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/release/officer"
)

// rsaConfig makes an RSA key of so many bits.
func rsaConfig(bits int) *packet.Config {
	c := keyConfig(born)
	c.Algorithm, c.RSABits = packet.PubKeyAlgoRSA, bits
	return c
}

// curveConfig makes an ECDSA key.
func curveConfig(curve packet.Curve) *packet.Config {
	c := keyConfig(born)
	c.Algorithm, c.Curve = packet.PubKeyAlgoECDSA, curve
	return c
}

// TestWeakKeys: a signature by a key that is too short does not count, be it the officer's primary key or a
// subkey, nor one by a subkey that vouches for itself with SHA-1.
func TestWeakKeys(t *testing.T) {
	sha1 := withSubkey(t, keyConfig(born))
	binding := sha1.Subkeys[0].Bindings[0].Packet
	back := binding.EmbeddedSignature
	back.Hash = crypto.SHA1
	if err := back.CrossSignKey(sha1.Subkeys[0].PublicKey, sha1.PrimaryKey, sha1.Subkeys[0].PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	if err := binding.SignKey(sha1.Subkeys[0].PublicKey, sha1.PrivateKey, keyConfig(born)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		entity *openpgp.Entity
		subkey bool // signs
		want   error
	}{
		"RSA of 1,024 bits":              {newEntity(t, "Officer", rsaConfig(1024)), false, officer.ErrWeakKey},
		"RSA of 2,048 bits":              {newEntity(t, "Officer", rsaConfig(2048)), false, nil},
		"a subkey of 1,024 bits":         {withSubkey(t, rsaConfig(1024)), true, officer.ErrWeakKey},
		"a subkey of 2,048 bits":         {withSubkey(t, rsaConfig(2048)), true, nil},
		"a subkey on P-256":              {withSubkey(t, curveConfig(packet.CurveNistP256)), true, nil},
		"a subkey that rests on SHA-1":   {sha1, true, officer.ErrWeakHash},
		"a subkey that rests on SHA-512": {withSubkey(t, keyConfig(born)), true, nil},
	} {
		b := newBench(t, c.entity)
		key := c.entity.PrivateKey
		if c.subkey {
			key = c.entity.Subkeys[0].PrivateKey
		}
		_, err := b.roster.Verify(b.text, append(signedBy(t, key, b.text), b.sign(t, 1)...), now)
		if !errors.Is(err, c.want) || c.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// signedBy is a signature as [officer.Sign] makes it, without its care for the key.
func signedBy(t *testing.T, key *packet.PrivateKey, text []byte) []byte {
	t.Helper()
	sig := &packet.Signature{
		Version: key.Version, SigType: packet.SigTypeBinary, PubKeyAlgo: key.PubKeyAlgo, Hash: crypto.SHA512,
		CreationTime: now.Add(-1), IssuerKeyId: &key.KeyId,
	}
	config := keyConfig(born)
	config.MinRSABits = 1024
	h, err := sig.PrepareSign(config)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = h.Write(text)
	var out bytes.Buffer
	if err := errors.Join(sig.Sign(h, key, config), sig.Serialize(&out)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
