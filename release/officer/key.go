package officer

import (
	"bytes"
	"cmp"
	"crypto"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/encoding"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
	"bailiff/release/handover"
	"bailiff/release/order"
)

const maxName = 200 // bytes of an officer's user ID

// The ways in which an officer's own key can be refused.
var (
	ErrName       = errors.New("officer: the name must be 1 to 200 bytes of plain text, possibly followed by <address>")
	ErrPassphrase = errors.New("officer: wrong passphrase, or a damaged key")
	ErrMismatch   = errors.New("officer: the public part of the secret key is not its own")
	ErrNoSecret   = errors.New("officer: not exactly one secret key, or it cannot sign")
	ErrPublicKey  = errors.New("officer: the public certificate, not the secret key")
	ErrOnCard     = errors.New("officer: the secret key is on a card or another device, and not in the file")
	ErrSecretAway = errors.New("officer: the secret numbers of the signing key are not in the file")
	ErrShort      = errors.New("officer: a passphrase of fewer than 12 characters, or of fewer than 5 different ones")
	ErrSigned     = errors.New("officer: the officer's signature stands in the file already")
)

// The least that a passphrase must have in production: whoever copies the file of a key can try passphrases for years.
const (
	leastPassphrase = 12 // characters
	leastDifferent  = 5
)

// CheckPassphrase refuses a passphrase that is trivially short ([ErrShort]). It does not measure how good one is.
func CheckPassphrase(passphrase *secret.Bytes) error {
	text := passphrase.Expose()
	n, different := 0, 0
	for i := 0; i < len(text); {
		_, size := utf8.DecodeRune(text[i:])
		if bytes.Index(text, text[i:i+size]) == i {
			different++
		}
		n, i = n+1, i+size
	}
	if n < leastPassphrase || different < leastDifferent {
		return ErrShort
	}
	return nil
}

// NewKey makes a signing key for an officer who has none: version 4, Ed25519, for signing and
// certifying, without expiry (a roster is what ends it). The name is `Name` or `Name <address>`.
// The secret key comes armored and locked with the passphrase as the heir's key is (see package
// handover), the certificate armored and public.
func NewKey(name string, passphrase *secret.Bytes, now time.Time) (secretKey, certificate []byte, err error) {
	person, address := name, ""
	if before, rest, ok := strings.Cut(name, " <"); ok {
		person, address = before, strings.TrimSuffix(rest, ">")
	}
	uid := packet.NewUserId(person, "", address)
	if keyvalue.CheckText(name) != nil || len(name) > maxName || uid == nil || uid.Id != name {
		return nil, nil, ErrName
	}
	secret.Do(func() {
		var e *openpgp.Entity
		if e, err = openpgp.NewEntity(person, "", address, newKeyConfig(now)); err != nil {
			return
		}
		e.Subkeys = nil // the library always adds one for encryption
		secretKey, certificate, err = export(e, passphrase)
	})
	return secretKey, certificate, err
}

func newKeyConfig(now time.Time) *packet.Config {
	c := accepted()
	c.Algorithm = packet.PubKeyAlgoEdDSA
	c.Curve = packet.Curve25519
	c.DefaultHash = crypto.SHA512
	c.DefaultCipher = packet.CipherAES256
	c.Time = func() time.Time { return now }
	return c
}

func export(e *openpgp.Entity, passphrase *secret.Bytes) (secretKey, certificate []byte, err error) {
	var private, public, armored bytes.Buffer
	if err := errors.Join(e.SerializePrivateWithoutSigning(&private, nil), e.Serialize(&public)); err != nil {
		return nil, nil, err
	}
	unlocked := secret.From(private.Bytes())
	defer unlocked.Wipe()
	if secretKey, err = handover.Lock(unlocked, passphrase); err != nil {
		return nil, nil, err
	}
	w, err := armor.EncodeWithChecksumOption(&armored, certificateArmor, nil, e.PrimaryKey.Version < 6)
	if err == nil {
		_, err = w.Write(public.Bytes())
		err = errors.Join(err, w.Close())
	}
	return secretKey, append(armored.Bytes(), '\n'), err
}

// SecretKey is an officer's secret key, ready to sign. It lives on the Go heap; a process that
// opened one should be short.
type SecretKey struct {
	entity    *openpgp.Entity
	elsewhere error // of [elsewhere]: where secret numbers that are not in the file are said to be
}

// Fingerprint returns the primary fingerprint.
func (k *SecretKey) Fingerprint() string { return hex.EncodeToString(k.entity.PrimaryKey.Fingerprint) }

// Name returns the name that the key bears now, as [Certificate.Standing] does; "" when none is valid.
func (k *SecretKey) Name(now time.Time) string { return shownUserID(k.entity, now) }

// OpenSecretKey reads a secret key, armored or binary, as [NewKey] makes it or as `gpg
// --export-secret-keys` does. The passphrase may be nil for a key that is not locked.
func OpenSecretKey(data, passphrase *secret.Bytes) (key *SecretKey, err error) {
	if data.Len() > maxCertificateFile {
		return nil, ErrCertificateSize
	}
	secret.Do(func() { key, err = openSecretKey(data.Expose(), passphrase) })
	return key, err
}

// Fingerprints returns the fingerprints of a secret key, the primary's first and then its
// subkeys'. It needs no passphrase, so it does not prove that somebody can sign with the key.
func Fingerprints(data *secret.Bytes) (fingerprints []string, err error) {
	if data.Len() > maxCertificateFile {
		return nil, ErrCertificateSize
	}
	secret.Do(func() {
		var k *SecretKey
		if k, err = readSecretKey(data.Expose()); err != nil {
			return
		}
		for _, public := range keysOf(k.entity) {
			fingerprints = append(fingerprints, hex.EncodeToString(public.Fingerprint))
		}
	})
	return fingerprints, err
}

func openSecretKey(data []byte, passphrase *secret.Bytes) (*SecretKey, error) {
	k, err := readSecretKey(data)
	if err != nil {
		return nil, err
	}
	if err := k.entity.DecryptPrivateKeys(passphrase.Expose()); err != nil {
		return nil, secretKeyError(err, ErrPassphrase)
	}
	return k, nil
}

// readSecretKey reads one secret key, which may be locked.
func readSecretKey(data []byte) (*SecretKey, error) {
	if armored, found := encoding.Armored(data); found {
		if bytes.HasPrefix(armored, []byte(armorStart+certificateArmor)) {
			return nil, ErrPublicKey
		}
		binary, err := dearmor(armored, secretKeyArmor)
		if err != nil {
			return nil, err
		}
		defer clear(binary)
		data = binary
	} else if err := encoding.Binary(data); err != nil {
		return nil, err
	}
	if len(data) > 0 {
		if tag, _, _, ok := readHeader(data); ok && tag == tagPublicKey {
			return nil, ErrPublicKey
		}
	}
	away := elsewhere(data)
	packets := packet.NewReader(bytes.NewReader(data))
	e, err := openpgp.ReadEntity(packets)
	if err != nil {
		return nil, secretKeyError(err, cmp.Or(away, ErrNoSecret))
	}
	if _, err := packets.Next(); err != io.EOF || e.PrivateKey == nil {
		return nil, ErrNoSecret
	}
	if away != nil && !signsHere(e) {
		return nil, away
	}
	return &SecretKey{e, away}, nil
}

// signsHere reports whether the secret numbers of any key that is meant for signing are in its file.
func signsHere(e *openpgp.Entity) bool {
	meant := func(s *packet.VerifiableSignature) bool { return s.Packet.FlagSign }
	return !e.PrivateKey.Dummy() && slices.ContainsFunc(ownSignatures(e), meant) || slices.ContainsFunc(e.Subkeys, func(s openpgp.Subkey) bool {
		return s.PrivateKey != nil && !s.PrivateKey.Dummy() && slices.ContainsFunc(s.Bindings, meant)
	})
}

// secretKeyError tells a key whose halves do not fit from what else can be wrong.
func secretKeyError(err, otherwise error) error {
	if _, mismatch := err.(pgperrors.KeyInvalidError); mismatch {
		return ErrMismatch
	}
	return otherwise
}

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
