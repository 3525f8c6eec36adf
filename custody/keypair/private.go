package keypair

import (
	"bytes"
	stdecdh "crypto/ecdh"
	"crypto/ed25519"
	"crypto/subtle"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/secret"
)

// CheckPrivate tells whether private is the secret form of public, which Check has accepted: the same packets,
// and secret numbers from which the public ones are computed anew. ErrPrivate when not.
func CheckPrivate(p Profile, private *secret.Bytes, public []byte) error {
	if err := p.Check(); err != nil {
		return err
	}
	ok := false
	secret.Do(func() {
		if f := p.form(); f != nil {
			ok = f.checkPrivate(private.Expose(), public)
		} else {
			ok = checkPrivate(private.Expose(), public)
		}
	})
	if !ok {
		return ErrPrivate
	}
	return nil
}

func checkPrivate(private, public []byte) bool {
	pub, sec := cursor{b: public}, cursor{b: private}
	primary := pub.packet(tagPublicKey).b
	ok := checkSecret(&sec, tagSecretKey, primary, primaryPoint)
	for _, tag := range []byte{tagUserID, tagSignature} {
		same(&sec, &pub, tag)
	}
	subkey := pub.packet(tagPublicSubkey).b
	ok = checkSecret(&sec, tagSecretSubkey, subkey, subkeyPoint) && ok
	same(&sec, &pub, tagSignature)
	return ok && pub.done() && sec.done()
}

// same reads a packet that must be equal in both forms.
func same(sec, pub *cursor, tag byte) {
	before := pub.b
	pub.packet(tag)
	sec.expect(before[:len(before)-len(pub.b)]...)
}

// checkSecret reads an unlocked secret key packet (RFC 9580 §5.5.3): the public body, usage 0, the secret number,
// and the sum of that number's octets. The public body must have the point that the number gives.
func checkSecret(c *cursor, tag byte, body []byte, point func(number []byte) ([]byte, int)) bool {
	in := c.packet(tag)
	in.expect(body...)
	in.expect(0)
	encoded := in.b
	number := secret.New(pointSize)
	defer number.Wipe()
	in.number(number.Expose())
	sum := uint16(0)
	for _, b := range encoded[:len(encoded)-len(in.b)] {
		sum += uint16(b)
	}
	in.expect(byte(sum>>8), byte(sum))
	if !in.done() {
		return false
	}
	want, at := point(number.Expose())
	return len(body) >= at+pointSize && subtle.ConstantTimeCompare(want, body[at:at+pointSize]) == 1
}

// primaryPoint computes the Ed25519 public key of a seed, and where in the packet's body it stands.
func primaryPoint(seed []byte) ([]byte, int) {
	key := ed25519.NewKeyFromSeed(seed)
	defer clear(key)
	return bytes.Clone(key[ed25519.SeedSize:]), 1 + 4 + len(primaryParams)
}

// subkeyPoint does the same for an X25519 scalar, which OpenPGP writes big-endian and already clamped
// (RFC 9580 §5.5.5.6.1.1); nil when it is not.
func subkeyPoint(scalar []byte) ([]byte, int) {
	at := 1 + 4 + len(subkeyParams)
	if scalar[0]&0xc0 != 0x40 || scalar[pointSize-1]&7 != 0 {
		return nil, at
	}
	little := secret.New(pointSize)
	defer little.Wipe()
	copy(little.Expose(), scalar)
	slices.Reverse(little.Expose())
	key, err := stdecdh.X25519().NewPrivateKey(little.Expose())
	if err != nil {
		return nil, at
	}
	return key.PublicKey().Bytes(), at
}

// RoundTrip encrypts 32 bytes of rnd to public and decrypts them with private, as a correspondent and an heir would,
// through go-crypto: ErrRoundTrip when they do not come back. rnd also feeds the encryption.
func RoundTrip(public []byte, private *secret.Bytes, rnd io.Reader) error {
	var err error
	secret.Do(func() { err = roundTrip(public, private, rnd) })
	if err != nil {
		return errors.Join(ErrRoundTrip, err)
	}
	return nil
}

func roundTrip(public []byte, private *secret.Bytes, rnd io.Reader) error {
	message, err := secret.Random(rnd, 32)
	if err != nil {
		return err
	}
	defer message.Wipe()
	to, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(public)))
	if err != nil {
		return err
	}
	// The time of the key itself: a check must not depend on the machine's clock.
	config := &packet.Config{Rand: rnd, Time: func() time.Time { return to.PrimaryKey.CreationTime }}
	var sealed bytes.Buffer
	w, err := openpgp.Encrypt(&sealed, []*openpgp.Entity{to}, nil, nil, nil, config)
	if err != nil {
		return err
	}
	if _, err := w.Write(message.Expose()); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return decrypts(&sealed, private, message, config)
}

func decrypts(sealed io.Reader, private, message *secret.Bytes, config *packet.Config) error {
	own, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(private.Expose())))
	if err != nil {
		return errors.New("the private key cannot be read") // whose text could quote it
	}
	defer WipeEntity(own)
	m, err := openpgp.ReadMessage(sealed, openpgp.EntityList{own}, nil, config)
	if err != nil {
		return err
	}
	got, err := io.ReadAll(m.UnverifiedBody)
	defer clear(got)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(got, message.Expose()) != 1 {
		return errors.New("another message came back")
	}
	return nil
}
