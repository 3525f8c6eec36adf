package keypair

import (
	"bytes"
	"crypto/rsa"
	"crypto/subtle"
	"errors"
	"io"
	"reflect"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/ed25519"
	"github.com/ProtonMail/go-crypto/openpgp/mldsa_eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/mlkem_ecdh"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"
	"github.com/ProtonMail/go-crypto/openpgp/x25519"

	"bailiff/custody/secret"
)

// CheckPrivate reports whether private is the secret form of public, which Check has accepted: the same packets,
// and secret numbers from which the public ones are computed anew. ErrPrivate when not.
func CheckPrivate(p Profile, private *secret.Bytes, public []byte) error {
	if err := p.Check(); err != nil {
		return err
	}
	ok := false
	secret.Do(func() { ok = p.form().checkPrivate(private.Expose(), public) })
	if !ok {
		return ErrPrivate
	}
	return nil
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

// checkPrivate is CheckPrivate for keys of this form.
func (f *form) checkPrivate(private, public []byte) bool {
	pub, sec := cursor{b: public}, cursor{b: private}
	tags := []byte{tagUserID, tagSignature}
	if f.version == 6 {
		tags = []byte{tagSignature, tagUserID, tagSignature}
	}
	ok := f.checkSecret(&sec, &pub, tagSecretKey, tagPublicKey, f.primary)
	for _, tag := range tags {
		same(&sec, &pub, tag)
	}
	ok = f.checkSecret(&sec, &pub, tagSecretSubkey, tagPublicSubkey, f.subkey) && ok
	same(&sec, &pub, tagSignature)
	return ok && pub.done() && sec.done()
}

// same reads a packet that must be equal in both forms.
func same(sec, pub *cursor, tag byte) {
	before := pub.b
	pub.packet(tag)
	sec.expect(before[:len(before)-len(pub.b)]...)
}

// checkSecret reads an unlocked secret key packet (RFC 9580 §5.5.3): the public body, usage 0, the secret
// material, and in version 4 the sum of its octets.
func (f *form) checkSecret(sec, pub *cursor, secretTag, publicTag byte, m material) bool {
	known, in := pub.packet(publicTag), sec.packet(secretTag)
	in.expect(known.b...)
	in.expect(0)
	known.take(1 + 4 + 1)
	if f.version == 6 {
		known.take(4)
	}
	public := m.public(&known)
	encoded := in.b
	if !m.secret(&in, public) {
		return false
	}
	if f.version == 4 {
		sum := uint16(0)
		for _, b := range encoded[:len(encoded)-len(in.b)] {
			sum += uint16(b)
		}
		in.expect(byte(sum>>8), byte(sum))
	}
	return known.done() && in.done()
}

// wipeForm clears the secret numbers of a form's key. What the library computes from an ML-KEM seed is out of
// reach: secret.Do erases it.
func wipeForm(key any) {
	switch k := key.(type) {
	case *ed25519.PrivateKey:
		clear(k.Key)
	case *x25519.PrivateKey:
		clear(k.Secret)
	case *mldsa_eddsa.PrivateKey:
		clear(k.SecretEc)
		clear(k.SecretMldsaSeed)
		wipeExpanded(k)
	case *mlkem_ecdh.PrivateKey:
		clear(k.SecretEc)
		clear(k.SecretMlkemSeed)
	case *rsa.PrivateKey:
		clearNumber(k.D)
		clearNumber(k.Precomputed.Dp)
		clearNumber(k.Precomputed.Dq)
		clearNumber(k.Precomputed.Qinv)
		for _, p := range k.Primes {
			clearNumber(p)
		}
	}
}

// wipeExpanded clears what the library computes from an ML-DSA seed, among it that seed. Its type is of another
// library, which has no name here.
func wipeExpanded(k *mldsa_eddsa.PrivateKey) {
	if v := reflect.ValueOf(k.SecretMldsa); v.Kind() == reflect.Pointer && !v.IsNil() {
		v.Elem().SetZero()
	}
}
