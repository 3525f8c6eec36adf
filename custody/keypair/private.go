package keypair

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"io"
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
