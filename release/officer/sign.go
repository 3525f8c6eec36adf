package officer

import (
	"bytes"
	"crypto"
	"errors"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/release/order"
)

// Sign signs an order that is not expired and passes [order.Order.CheckNew], and returns a detached binary signature in canonical
// form (type 0x00, SHA-512, nothing in the unsigned area), after verifying it.
func Sign(orderText []byte, key *SecretKey, now time.Time) (signature []byte, err error) {
	o, err := order.Parse(orderText)
	if err != nil {
		return nil, err
	}
	if now.After(o.Expires) {
		return nil, ErrSignedLate
	}
	if err := o.CheckNew(); err != nil {
		return nil, fault.At(o.Number, err)
	}
	secret.Do(func() { signature, err = sign(orderText, key, now) })
	return signature, err
}

func sign(text []byte, key *SecretKey, now time.Time) ([]byte, error) {
	k, ok := key.entity.SigningKey(now, accepted())
	if !ok || k.PrivateKey == nil || k.PrivateKey.Dummy() || k.PrivateKey.Encrypted {
		return nil, key.unable(now)
	}
	sig := &packet.Signature{
		Version: k.PublicKey.Version, SigType: packet.SigTypeBinary, PubKeyAlgo: k.PublicKey.PubKeyAlgo,
		Hash: crypto.SHA512, CreationTime: now, IssuerKeyId: &k.PublicKey.KeyId,
	}
	h, err := sig.PrepareSign(accepted())
	if err != nil {
		return nil, err
	}
	_, _ = h.Write(text)
	var out bytes.Buffer
	if err := errors.Join(sig.Sign(h, k.PrivateKey, accepted()), sig.Serialize(&out)); err != nil {
		return nil, err
	}
	again, err := readSignatures(out.Bytes())
	if err != nil {
		return nil, err
	}
	if len(again) != 1 || !verifies(k.PublicKey, again[0].packet, text) {
		return nil, ErrWrongSignature
	}
	return out.Bytes(), nil
}

// unable reports why a key cannot sign at that time.
func (k *SecretKey) unable(now time.Time) error {
	if k.elsewhere != nil {
		return k.elsewhere
	}
	var public bytes.Buffer
	if err := k.entity.Serialize(&public); err != nil {
		return ErrNoSecret
	}
	o, err := ReadCertificate(public.Bytes())
	if err != nil {
		return err
	}
	if err := o.Standing(now).Err; err != nil {
		return err
	}
	return ErrNoSecret
}
