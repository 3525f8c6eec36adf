// Package seal closes one share to the tokens of one custodian, and one private key under its data
// key, in forms that stock tools open.
//
// A share is sealed as an age v1 file (c2sp.org/age) with one p256tag stanza for each token of the
// custodian, in the order of the policy: HPKE (RFC 9180) in base mode, DHKEM(P-256, HKDF-SHA256),
// HKDF-SHA256, ChaCha20Poly1305, info "age-encryption.org/p256tag".
//
//	age-encryption.org/v1
//	-> p256tag <tag, 4 bytes> <ephemeral point, 65 bytes>
//	<file key, sealed, 32 bytes>
//	--- <MAC, 32 bytes>
//	<nonce, 16 bytes><the record bailiff-share/1, sealed>
//
// Opening costs the token exactly one ECDH; the tag tells beforehand whether the file is the
// token's, so that no PIN and no touch is spent on a wrong file. Sealing authenticates no sender: a
// share that was opened is still to be compared with its commitment in the ledger.
//
// A private key is sealed as an OpenPGP message under its data key, see SealKey.
//
// The randomness is that of crypto/rand: crypto/hpke takes no other.
//
// Were this package wrong, whoever holds the disks could read shares or keys without tokens, or a
// custodian's touch could open something else than the share that was asked for.
package seal

import (
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"errors"

	"bailiff/custody/secret"
	"bailiff/custody/share"
)

// Bounds.
const (
	MaxFile   = 16 << 10 // bytes in a sealed share
	MaxTokens = 3        // tokens of one custodian
)

const (
	stanzaType  = "p256tag"
	label       = "age-encryption.org/p256tag"
	tagSize     = 4
	pointSize   = 65 // uncompressed, SEC 1 §2.3.3
	fileKeySize = 16
	bodySize    = fileKeySize + 16 // the file key and its Poly1305 tag
)

// The ways in which sealing and opening fail. An error of the token itself is passed on.
var (
	ErrTokens      = errors.New("seal: not one to three different P-256 keys")
	ErrFile        = errors.New("seal: not a sealed share")
	ErrTooLarge    = errors.New("seal: the file is larger than any sealed share or key")
	ErrNotForToken = errors.New("seal: not sealed to this token")
	ErrRecipients  = errors.New("seal: not sealed to exactly these tokens")
	ErrDamaged     = errors.New("seal: damaged, or sealed under another key")
)

// Recipient is one custodian: the sealing keys of that person's tokens, prepared for the sealing of
// many shares. Any number of goroutines may use it.
type Recipient struct {
	targets []target
}

// target is one token's sealing key with what is computed from it once.
type target struct {
	key  hpke.PublicKey
	hash [4]byte // first bytes of the SHA-256 of the compressed point
}

// NewRecipient prepares the sealing keys of one custodian's tokens, in the order of the policy.
func NewRecipient(tokens []*ecdh.PublicKey) (*Recipient, error) {
	if len(tokens) < 1 || len(tokens) > MaxTokens {
		return nil, ErrTokens
	}
	r := new(Recipient)
	for i, t := range tokens {
		for _, other := range tokens[:i] {
			if t != nil && other.Equal(t) {
				return nil, ErrTokens
			}
		}
		target, err := newTarget(t)
		if err != nil {
			return nil, err
		}
		r.targets = append(r.targets, target)
	}
	return r, nil
}

func newTarget(key *ecdh.PublicKey) (target, error) {
	if key == nil || key.Curve() != ecdh.P256() {
		return target{}, ErrTokens
	}
	k, err := hpke.NewDHKEMPublicKey(key)
	if err != nil {
		return target{}, err
	}
	return target{k, keyHash(key)}, nil
}

// keyHash is the part of a P-256 key that goes into tags.
func keyHash(key *ecdh.PublicKey) [4]byte {
	b := key.Bytes()
	b[0] = 2 + b[pointSize-1]&1 // compressed form, SEC 1 §2.3.3
	sum := sha256.Sum256(b[:33])
	return [4]byte(sum[:4])
}

// tagOf computes the tag of the stanza whose ephemeral point is enc, for the key with that hash: the first bytes of what
// HKDF extracts (RFC 5869 §2.2).
func tagOf(enc []byte, hash [4]byte) [tagSize]byte {
	h := hmac.New(sha256.New, []byte(label))
	h.Write(enc)
	h.Write(hash[:])
	return [tagSize]byte(h.Sum(nil))
}

// SealShare seals s to the tokens of one custodian. It serves one share; for many, keep a Recipient.
func SealShare(s *share.Share, tokens []*ecdh.PublicKey) ([]byte, error) {
	r, err := NewRecipient(tokens)
	if err != nil {
		return nil, err
	}
	return r.Seal(s)
}

// Seal returns the age file of s.
func (r *Recipient) Seal(s *share.Share) (file []byte, err error) {
	secret.Do(func() { file, err = r.seal(s) })
	return file, err
}

func (r *Recipient) seal(s *share.Share) ([]byte, error) {
	text := s.Format()
	defer text.Wipe()
	var fileKey [fileKeySize]byte
	defer clear(fileKey[:])
	rand.Read(fileKey[:])
	stanzas, err := r.stanzas(fileKey[:])
	if err != nil {
		return nil, err
	}
	return assemble(fileKey[:], stanzas, text.Expose())
}

// stanzas makes one stanza for each token. It starts over in the case, one in 2^32, that a tag of one
// token's stanza is also what another token would compute: the latter would try the wrong stanza.
func (r *Recipient) stanzas(fileKey []byte) ([]stanza, error) {
	for {
		stanzas := make([]stanza, len(r.targets))
		for i := range r.targets {
			var err error
			if stanzas[i], err = r.targets[i].wrap(fileKey); err != nil {
				return nil, err
			}
		}
		if r.unambiguous(stanzas) {
			return stanzas, nil
		}
	}
}

// wrap seals the file key to one token.
func (t *target) wrap(fileKey []byte) (s stanza, err error) {
	enc, sender, err := hpke.NewSender(t.key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), []byte(label))
	if err != nil {
		return s, err
	}
	body, err := sender.Seal(nil, fileKey)
	if err != nil {
		return s, err
	}
	return stanza{tagOf(enc, t.hash), [pointSize]byte(enc), [bodySize]byte(body)}, nil
}

// unambiguous reports whether no token finds another token's stanza to be its own.
func (r *Recipient) unambiguous(stanzas []stanza) bool {
	for i := range stanzas {
		for j := range r.targets {
			if i != j && r.targets[j].match(&stanzas[i]) {
				return false
			}
		}
	}
	return true
}

// match reports whether the tag of s says that it is for this token.
func (t *target) match(s *stanza) bool { return tagOf(s.enc[:], t.hash) == s.tag }
