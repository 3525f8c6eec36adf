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
	"encoding/hex"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
	"bailiff/custody/secret"
)

// maxSecret bounds either form of a key, in bytes.
const maxSecret = 1024

// Pair is a key pair.
type Pair struct {
	Fingerprint string        // of the primary key, 40 or 64 lower-case hexadecimal digits
	Public      []byte        // binary transferable public key
	Private     *secret.Bytes // binary transferable secret key, unlocked
}

// Generate makes a key pair. The caller chooses a creation time (whole seconds) that is not in the future anywhere,
// and a user ID whose suffix, see UserID, matches rehearsal. It costs two key generations and two signatures,
// in version 6 three.
func Generate(p keypair.Profile, userID string, created time.Time, rehearsal bool) (*Pair, error) {
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
	var pair *Pair
	secret.Do(func() {
		if p == keypair.V4Curve25519 {
			pair, err = generate(name, created, rehearsal)
		} else {
			pair, err = generateAs(p, name, created, rehearsal)
		}
	})
	return pair, err
}

func generate(name string, created time.Time, rehearsal bool) (*Pair, error) {
	salted, comment := false, ""
	config := &packet.Config{
		Algorithm:                             packet.PubKeyAlgoEdDSA,
		Curve:                                 packet.Curve25519,
		DefaultHash:                           crypto.SHA512,
		DefaultCipher:                         packet.CipherAES256,
		DefaultCompressionAlgo:                packet.CompressionNone,
		Time:                                  func() time.Time { return created },
		NonDeterministicSignaturesViaNotation: &salted,
	}
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
	return serialize(entity, config)
}

// serialize writes both forms of the key; the secret one goes straight to locked memory.
func serialize(entity *openpgp.Entity, config *packet.Config) (*Pair, error) {
	var public bytes.Buffer
	public.Grow(maxSecret)
	if err := entity.Serialize(&public); err != nil {
		return nil, err
	}
	room := secret.New(maxSecret)
	defer room.Wipe()
	w := sink{room: room.Expose()}
	if err := entity.SerializePrivateWithoutSigning(&w, config); err != nil {
		return nil, err
	}
	return &Pair{
		Fingerprint: hex.EncodeToString(entity.PrimaryKey.Fingerprint),
		Public:      public.Bytes(),
		Private:     secret.From(w.room[:w.n]),
	}, nil
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
