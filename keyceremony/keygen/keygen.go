// Package keygen makes OpenPGP key pairs in the form of package keypair. It never touches a disk.
//
// Its randomness is that of crypto/rand: since Go 1.26 the standard library's key generation takes no
// other reader, and a reader that only some algorithms honour would be a trap.
//
// Were this package wrong, a ceremony could make keys that others can guess.
package keygen

import (
	"crypto/ed25519"
	"crypto/rand"
	"time"

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
