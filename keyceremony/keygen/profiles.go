package keygen

import (
	"bytes"
	"crypto"
	"encoding/hex"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
	"bailiff/custody/secret"
)

// maxSecretAs bounds the secret form of a key of any profile, in bytes: a post-quantum one has 14 kB.
const maxSecretAs = 32 << 10

// PerSecond returns how many keys of the profile one processor makes in a second, sealing included, for
// the expected time of a ceremony: measured (docs/decisions/0014-profiles.md), rounded down.
func PerSecond(p keypair.Profile) float64 {
	switch p {
	case keypair.V6Curve25519:
		return 1000
	case keypair.V6PostQuantum:
		return 300
	case keypair.RSA3072:
		return 2
	case keypair.RSA4096:
		return 0.6
	}
	return 1000
}

// generateAs makes a key of a profile other than the default.
func generateAs(p keypair.Profile, name string, created time.Time, rehearsal bool) (*keypair.Pair, error) {
	config := configOf(p, created)
	comment := ""
	if rehearsal {
		comment = keypair.RehearsalMark
		config.SignatureNotations = []*packet.Notation{
			{Name: keypair.RehearsalNotation, Value: []byte(keypair.RehearsalValue), IsHumanReadable: true},
		}
	}
	entity, err := openpgp.NewEntity(name, comment, "", config)
	if err != nil {
		return nil, err
	}
	defer keypair.WipeEntity(entity)
	var public bytes.Buffer
	if err := entity.Serialize(&public); err != nil {
		return nil, err
	}
	room := secret.New(maxSecretAs)
	defer room.Wipe()
	w := sink{room: room.Expose()}
	if err := entity.SerializePrivateWithoutSigning(&w, config); err != nil {
		return nil, err
	}
	return &keypair.Pair{
		Fingerprint: hex.EncodeToString(entity.PrimaryKey.Fingerprint),
		Public:      public.Bytes(),
		Private:     secret.From(w.room[:w.n]),
	}, nil
}

// configOf is how the library makes a key of the profile.
func configOf(p keypair.Profile, created time.Time) *packet.Config {
	salted := false
	config := &packet.Config{
		DefaultHash:                           crypto.SHA512,
		DefaultCipher:                         packet.CipherAES256,
		DefaultCompressionAlgo:                packet.CompressionNone,
		Time:                                  func() time.Time { return created },
		NonDeterministicSignaturesViaNotation: &salted,
	}
	switch p {
	case keypair.V6Curve25519:
		config.Algorithm = packet.PubKeyAlgoEd25519
	case keypair.V6PostQuantum:
		config.Algorithm = packet.PubKeyAlgoMldsa65Ed25519
	case keypair.RSA3072:
		config.Algorithm, config.RSABits = packet.PubKeyAlgoRSA, 3072
	case keypair.RSA4096:
		config.Algorithm, config.RSABits = packet.PubKeyAlgoRSA, 4096
	}
	if p.FingerprintSize() == 64 {
		config.V6Keys = true
		config.AEADConfig = &packet.AEADConfig{DefaultMode: packet.AEADModeGCM} // OCB is added to it
	}
	return config
}
