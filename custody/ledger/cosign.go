package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/record"
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
	Key       ed25519.PublicKey
}

// Signature is the cosignature of one token at one time, in seconds since 1970, by the clock of
// the machine that asked for it.
type Signature struct {
	Cosigner
	Time uint64
	Sig  [ed25519.SignatureSize]byte
}

// CosignedMessage returns what a token signs (c2sp.org/tlog-cosignature): the body of a
// checkpoint after a header that states the time, in seconds since 1970.
func CosignedMessage(body []byte, t uint64) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", t, body)
}

// Verify tells whether the signature is one of the body, at a time from 1970 to 9999; if not,
// [ErrSignature] with the custodian's id.
func (s *Signature) Verify(body []byte) error {
	if s.Time == 0 || s.Time > maxTime || len(s.Key) != ed25519.PublicKeySize ||
		!ed25519.Verify(s.Key, CosignedMessage(body, s.Time), s.Sig[:]) {
		return fault.At(s.Custodian, ErrSignature)
	}
	return nil
}

// At returns the time of the signature.
func (s *Signature) At() time.Time { return time.Unix(int64(s.Time), 0).UTC() }

// keyName returns the name of a token in a signed note.
func keyName(origin, custodian string, index int) string {
	return origin + "/" + custodian + "/" + strconv.Itoa(index)
}

// cosignatureType is the signature type of Ed25519 cosignatures in the key ids of signed notes.
const cosignatureType = 0x04

// keyID returns the first four bytes of SHA-256(name ‖ 0x0a ‖ 0x04 ‖ key).
func keyID(name string, key ed25519.PublicKey) (id [4]byte) {
	sum := sha256.Sum256(append(append([]byte(name), '\n', cosignatureType), key...))
	copy(id[:], sum[:])
	return id
}

// MaxTokens is the largest number of tokens of one custodian.
const MaxTokens = 3

func (c *Cosigner) check() error {
	if record.CheckCustodian(c.Custodian) != nil || c.Index < 1 || c.Index > MaxTokens || len(c.Key) != ed25519.PublicKeySize {
		return fault.At(c.Custodian, ErrCosigners)
	}
	return nil
}

// checkCosigners refuses a list in which a token or a key stands twice, which would let one
// token count as two custodians, and a threshold that is below 1 or that nobody could reach.
func checkCosigners(list []Cosigner, threshold int) error {
	custodians := map[string]bool{}
	tokens := map[string]bool{}
	for i := range list {
		c := &list[i]
		if err := c.check(); err != nil {
			return err
		}
		name := keyName("", c.Custodian, c.Index)
		if tokens[name] || tokens[string(c.Key)] {
			return fault.At(c.Custodian, ErrCosigners)
		}
		tokens[name], tokens[string(c.Key)] = true, true
		custodians[c.Custodian] = true
	}
	if threshold < 1 || threshold > len(custodians) {
		return ErrCosigners
	}
	return nil
}
