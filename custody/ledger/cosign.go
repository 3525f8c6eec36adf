package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
)

// What can be wrong with cosignatures. The error that wraps one names the custodian.
var (
	ErrCosigners = errors.New("ledger: the list of cosigners or the threshold cannot be used")
	ErrSigner    = errors.New("ledger: a signature by somebody who is not a cosigner")
	ErrSignature = errors.New("ledger: a cosignature is wrong")
	ErrTwice     = errors.New("ledger: a custodian signed twice")
	ErrTooFew    = errors.New("ledger: fewer cosignatures than the threshold")
)

// maxTime is the last second of the year 9999, the last time that a record can state.
const maxTime = 253402300799

// Cosigner is one token that may cosign: which custodian's, which of that custodian's (1 to 3),
// and its signing key.
type Cosigner struct {
	Custodian string
	Index     int
	Key       token.SigningKey
}

// Signature is the cosignature of one token. An Ed25519 key signs at a time, in seconds since 1970,
// by the clock of the machine that asked for it; an ECDSA key states no time, so Time is 0.
type Signature struct {
	Cosigner
	Time uint64
	Sig  []byte // in the only encoding that token.SigningKey.Verify accepts
}

// NewSignature returns what c is to sign at the time now, still without Sig.
func NewSignature(c Cosigner, now time.Time) Signature {
	s := Signature{Cosigner: c}
	if c.Key.Algorithm() == token.Ed25519 {
		s.Time = uint64(now.Unix())
	}
	return s
}

// Message returns what the token signs: with Ed25519 [CosignedMessage]; with ECDSA the body of the
// checkpoint (c2sp.org/signed-note, signature type 0x02).
func (s *Signature) Message(body []byte) []byte {
	if s.Key.Algorithm() == token.ECDSAP256 {
		return body
	}
	return CosignedMessage(body, s.Time)
}

// CosignedMessage returns what an Ed25519 key signs (c2sp.org/tlog-cosignature): the body of a
// checkpoint after a header that states the time, in seconds since 1970.
func CosignedMessage(body []byte, t uint64) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", t, body)
}

// Verify reports whether the signature is one of the body, with Ed25519 at a time from 1970 to 9999,
// with ECDSA at none; if not, [ErrSignature] with the custodian's id.
func (s *Signature) Verify(body []byte) error {
	timed := s.Time > 0 && s.Time <= maxTime
	if s.Key.Algorithm() == token.ECDSAP256 {
		timed = s.Time == 0
	}
	if !timed || !s.Key.Verify(s.Message(body), s.Sig) {
		return fault.At(s.Custodian, ErrSignature)
	}
	return nil
}

// At returns the time of the signature, if it states one.
func (s *Signature) At() (at time.Time, ok bool) {
	return time.Unix(int64(s.Time), 0).UTC(), s.Time != 0
}

// timeSize is the size of the time before an Ed25519 signature in its line, in bytes.
const timeSize = 8

// joined returns what stands in a line after the key id: for Ed25519 the time, big-endian, and
// the signature; for ECDSA the signature.
func (s *Signature) joined() []byte {
	if s.Key.Algorithm() == token.ECDSAP256 {
		return s.Sig
	}
	return append(binary.BigEndian.AppendUint64(nil, s.Time), s.Sig...)
}

// split is the reverse of joined.
func (c *Cosigner) split(b []byte) (Signature, error) {
	if c.Key.Algorithm() == token.ECDSAP256 {
		return Signature{Cosigner: *c, Sig: b}, nil
	}
	if len(b) != timeSize+ed25519.SignatureSize {
		return Signature{}, ErrCheckpoint
	}
	return Signature{Cosigner: *c, Time: binary.BigEndian.Uint64(b), Sig: b[timeSize:]}, nil
}

// keyName returns the name of a token in a signed note.
func keyName(origin, custodian string, index int) string {
	return origin + "/" + custodian + "/" + strconv.Itoa(index)
}

// cosignatureType is the signature type of Ed25519 cosignatures in the key ids of signed notes.
const cosignatureType = 0x04

// keyID returns the first four bytes of SHA-256(name ‖ 0x0a ‖ 0x04 ‖ key) for Ed25519, of
// SHA-256(SubjectPublicKeyInfo) for ECDSA, where neither name nor type takes part.
func keyID(name string, key token.SigningKey) (id [idSize]byte) {
	hashed := key.PKIX()
	if public, ok := key.Public().(ed25519.PublicKey); ok {
		hashed = append(append([]byte(name), '\n', cosignatureType), public...)
	}
	sum := sha256.Sum256(hashed)
	return [idSize]byte(sum[:])
}

// MaxTokens is the largest number of tokens of one custodian.
const MaxTokens = 3

func (c *Cosigner) check() error {
	if keyvalue.CheckCustodian(c.Custodian) != nil || c.Index < 1 || c.Index > MaxTokens || c.Key.IsZero() {
		return fault.At(c.Custodian, ErrCosigners)
	}
	return nil
}

// checkCosigners refuses a list in which a token or a key stands twice, which would let one
// token count as two custodians, and a threshold that is below 1 or that nobody could reach.
func checkCosigners(list []Cosigner, threshold int) error {
	custodians := map[string]bool{}
	tokens, keys := map[string]bool{}, map[token.SigningKey]bool{}
	for i := range list {
		c := &list[i]
		if err := c.check(); err != nil {
			return err
		}
		name := keyName("", c.Custodian, c.Index)
		if tokens[name] || keys[c.Key] {
			return fault.At(c.Custodian, ErrCosigners)
		}
		tokens[name], keys[c.Key] = true, true
		custodians[c.Custodian] = true
	}
	if threshold < 1 || threshold > len(custodians) {
		return ErrCosigners
	}
	return nil
}
