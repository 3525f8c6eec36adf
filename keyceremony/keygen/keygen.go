// Package keygen makes OpenPGP key pairs in the form of package keypair. It never touches a disk.
//
// Its randomness is that of crypto/rand: since Go 1.26 the standard library's key generation takes no
// other reader, and a reader that only some algorithms honour would be a trap.
//
// Were this package wrong, a ceremony could make keys that others can guess.
package keygen

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"
	"github.com/ProtonMail/go-crypto/openpgp/x25519"

	"bailiff/custody/keypair"
	"bailiff/custody/secret"
)

// Generate makes a key pair. The caller chooses a creation time (whole seconds) that is not in the future anywhere,
// and a user ID whose suffix, see UserID, matches rehearsal. It costs two key generations and two signatures,
// in version 6 three.
func Generate(p keypair.Profile, userID string, created time.Time, rehearsal bool) (*keypair.Pair, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	name, err := keypair.SplitUserID(userID, rehearsal)
	if err != nil {
		return nil, err
	}
	if _, err := keypair.UnixTime(created); err != nil {
		return nil, err
	}
	var pair *keypair.Pair
	secret.Do(func() {
		if p == keypair.V4Curve25519 {
			pair, err = generate(userID, created, rehearsal)
		} else {
			pair, err = generateAs(p, name, created, rehearsal)
		}
	})
	return pair, err
}

// generate makes a key of the default profile. X25519 is that of go-crypto, which is faster than the
// standard library's, Ed25519 the standard library's, which is faster than go-crypto's.
func generate(userID string, created time.Time, rehearsal bool) (*keypair.Pair, error) {
	_, primary, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	defer clear(primary)
	subkey, err := x25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	defer clear(subkey.Secret)
	return keypair.Compose(primary, subkey.Secret, subkey.Point, userID, created, rehearsal)
}

// sink is a writer into a room of fixed size.
type sink struct {
	room []byte
	n    int
}

func (s *sink) Write(p []byte) (int, error) {
	n := copy(s.room[s.n:], p)
	s.n += n
	if n < len(p) {
		return n, keypair.ErrPrivate
	}
	return n, nil
}

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
