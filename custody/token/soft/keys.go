package soft

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"unsafe"

	"filippo.io/age"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
)

const (
	minPIN, maxPIN = 4, 64 // bytes

	// A source of randomness is given up after so many unusable draws in a row. An honest one is
	// unusable with probability 2^-32 for a scalar and 1/50 for a serial.
	maxDraws = 32
)

// CheckPIN refuses with [ErrPINForm] what cannot be a PIN, which has 4 to 64 bytes, each one of the
// printable ASCII characters 0x21 to 0x7e. What cannot be one costs no try.
func CheckPIN(pin *secret.Bytes) error {
	unprintable := func(c rune) bool { return c < 0x21 || c > 0x7e }
	if n := pin.Len(); n < minPIN || n > maxPIN || bytes.ContainsFunc(pin.Expose(), unprintable) {
		return ErrPINForm
	}
	return nil
}

// passphrase lends the PIN to age, whose API takes strings. The string is the PIN's own locked
// memory, not a copy: it must be gone before the PIN is wiped. What age itself copies from it to the
// Go heap is out of reach here, so the callers run within [secret.Do], which in an erasing build
// clears that copy, as well as those that scrypt makes, once they are garbage.
func passphrase(pin *secret.Bytes) string {
	b := pin.Expose()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// keys are the private keys of a token.
type keys struct {
	scalar *secret.Bytes // of P-256, 32 bytes, big-endian
	seed   *secret.Bytes // of Ed25519 (RFC 8032 §5.1.5), 32 bytes
}

func (k *keys) wipe() {
	k.scalar.Wipe()
	k.seed.Wipe()
}

// public derives the public keys. The caller is within [secret.Do].
func (k *keys) public() (*ecdh.PublicKey, token.SigningKey, error) {
	sealing, err := ecdh.P256().NewPrivateKey(k.scalar.Expose())
	if err != nil {
		return nil, token.SigningKey{}, token.ErrDamaged
	}
	signing := ed25519.NewKeyFromSeed(k.seed.Expose())
	defer clear(signing)
	public, err := token.Ed25519Key(ed25519.PublicKey(signing[ed25519.SeedSize:]))
	return sealing.PublicKey(), public, err
}

// generate makes the contents of a new token.
func generate(pin *secret.Bytes, rnd io.Reader) (c *contents, err error) {
	serial, err := randomSerial(rnd)
	if err != nil {
		return nil, err
	}
	scalar, err := randomScalar(rnd)
	if err != nil {
		return nil, err
	}
	defer scalar.Wipe()
	seed, err := secret.Random(rnd, ed25519.SeedSize)
	if err != nil {
		return nil, err
	}
	defer seed.Wipe()
	k := &keys{scalar, seed}
	c = &contents{serial: serial}
	secret.Do(func() {
		if c.sealing, c.signing, err = k.public(); err == nil {
			c.secrets, err = k.encrypt(pin)
		}
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// randomSerial draws a serial, each with the same probability.
func randomSerial(rnd io.Reader) (string, error) {
	const first, count = 10_000_000, 90_000_000
	for range maxDraws {
		var b [4]byte
		if _, err := io.ReadFull(rnd, b[:]); err != nil {
			return "", err
		}
		if v := uint64(binary.BigEndian.Uint32(b[:])); v < 1<<32/count*count {
			return strconv.FormatUint(first+v%count, 10), nil
		}
	}
	return "", ErrRandom
}

// randomScalar draws a private key of P-256, each with the same probability. (The GenerateKey of
// crypto/ecdh leaves the source that one gives it unused.)
func randomScalar(rnd io.Reader) (*secret.Bytes, error) {
	for range maxDraws {
		scalar, err := secret.Random(rnd, 32)
		if err != nil {
			return nil, err
		}
		secret.Do(func() { _, err = ecdh.P256().NewPrivateKey(scalar.Expose()) })
		if err == nil {
			return scalar, nil
		}
		scalar.Wipe()
	}
	return nil, ErrRandom
}

// encrypt returns the keys as an age file under the PIN; age draws its salt, file key and nonce
// from crypto/rand. The caller is within [secret.Do].
func (k *keys) encrypt(pin *secret.Bytes) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(passphrase(pin))
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(workFactor)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(k.scalar.Expose()); err != nil {
		return nil, err
	}
	if _, err := w.Write(k.seed.Expose()); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// openWith is open with the identity of a PIN.
func (c *contents) openWith(pin *secret.Bytes) (*keys, error) {
	id, err := age.NewScryptIdentity(passphrase(pin))
	if err != nil {
		return nil, err
	}
	id.SetMaxWorkFactor(workFactor)
	return c.open(id)
}

// open decrypts the private keys and checks that they are those of the public keys. It fails
// with [token.ErrPIN] when id is not the identity of the PIN, else with [token.ErrDamaged]. The
// caller is within [secret.Do].
func (c *contents) open(id age.Identity) (*keys, error) {
	k := &keys{secret.New(32), secret.New(32)}
	if err := c.decrypt(k, id); err != nil {
		k.wipe()
		return nil, err
	}
	return k, nil
}

func (c *contents) decrypt(k *keys, id age.Identity) error {
	r, err := age.Decrypt(bytes.NewReader(c.secrets), id)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return token.ErrPIN
	}
	if err != nil {
		return fault.At("secrets", token.ErrDamaged)
	}
	for _, part := range []*secret.Bytes{k.scalar, k.seed} {
		if _, err := io.ReadFull(r, part.Expose()); err != nil {
			return fault.At("secrets", token.ErrDamaged)
		}
	}
	sealing, signing, err := k.public()
	if err != nil {
		return err
	}
	if !sealing.Equal(c.sealing) {
		return fault.At("sealing", token.ErrDamaged)
	}
	if signing != c.signing {
		return fault.At("signing", token.ErrDamaged)
	}
	return nil
}
