package handover

import (
	"bytes"
	"crypto"
	"crypto/subtle"
	"errors"
	"io"

	"github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/ProtonMail/go-crypto/openpgp/s2k"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
	"bailiff/custody/secret"
)

const (
	privateKeyArmor = "PGP PRIVATE KEY BLOCK"
	s2kCount        = 65011712 // bytes hashed, the most that the format can say
	maxKey          = 64 << 10 // bytes of a private key, armored or not
)

// Lock locks a binary transferable secret key, all its subkeys too, with the words, and returns it
// armored, with checksum unless the key is of version 6. Self-signatures stay as they are. The result was opened again with the
// words and found to be the same key. ErrPrivateKey when the key is not unlocked, alone and in
// the encoding that this program writes.
func Lock(private, words *secret.Bytes) (locked []byte, err error) {
	if words.Len() == 0 {
		return nil, ErrWords
	}
	secret.Do(func() {
		if locked, err = lock(private, words); err == nil {
			err = opens(locked, words, private)
		}
	})
	if err != nil {
		return nil, err
	}
	return locked, nil
}

func lock(private, words *secret.Bytes) ([]byte, error) {
	e, err := readPrivate(bytes.NewReader(private.Expose()))
	if err != nil {
		return nil, err
	}
	defer keypair.WipeEntity(unlocked(e))
	if !same(e, private) {
		return nil, ErrPrivateKey
	}
	if err := e.EncryptPrivateKeys(words.Expose(), lockConfig()); err != nil {
		return nil, err
	}
	return armored(e)
}

// armored writes a locked entity as the file of a kit.
func armored(e *openpgp.Entity) ([]byte, error) {
	var out bytes.Buffer
	w, err := armor.EncodeWithChecksumOption(&out, privateKeyArmor, nil, e.PrimaryKey.Version < 6) // RFC 9580 §6.1
	if err != nil {
		return nil, err
	}
	if err := errors.Join(e.SerializePrivateWithoutSigning(w, nil), w.Close()); err != nil {
		return nil, err
	}
	return append(out.Bytes(), '\n'), nil
}

// unlocked is an entity that has the secret numbers of e, to clear them: the library lets go of them as it locks e.
func unlocked(e *openpgp.Entity) *openpgp.Entity {
	primary := *e.PrivateKey
	u := &openpgp.Entity{PrivateKey: &primary}
	for _, s := range e.Subkeys {
		k := *s.PrivateKey
		u.Subkeys = append(u.Subkeys, openpgp.Subkey{PrivateKey: &k})
	}
	return u
}

// lockConfig is the lock of docs/formats.md, "Kit". AEAD stays off: gpg could not read it.
func lockConfig() *packet.Config {
	return &packet.Config{
		DefaultCipher: packet.CipherAES256,
		S2KConfig:     &s2k.Config{S2KMode: s2k.IteratedSaltedS2K, Hash: crypto.SHA256, S2KCount: s2kCount},
	}
}

// readPrivate reads exactly one transferable secret key, locked or not.
func readPrivate(r io.Reader) (*openpgp.Entity, error) {
	packets := packet.NewReader(io.LimitReader(r, maxKey))
	e, err := openpgp.ReadEntity(packets)
	if _, mismatch := err.(pgperrors.KeyInvalidError); mismatch {
		return nil, ErrMismatch
	}
	if err != nil {
		return nil, ErrPrivateKey
	}
	if _, err := packets.Next(); err != io.EOF || !onlySecret(e) {
		keypair.WipeEntity(e)
		return nil, ErrPrivateKey
	}
	return e, nil
}

// onlySecret reports whether an entity has one user ID at most, and the secret half of each of its keys.
func onlySecret(e *openpgp.Entity) bool {
	for _, s := range e.Subkeys {
		if s.PrivateKey == nil {
			return false
		}
	}
	return e.PrivateKey != nil && len(e.Identities) <= 1
}

// same reports whether the unlocked entity serialises to these very bytes: nothing was passed over
// when it was read.
func same(e *openpgp.Entity, private *secret.Bytes) bool {
	for _, k := range secretKeys(e) {
		if k.Encrypted || k.Dummy() {
			return false
		}
	}
	var b bytes.Buffer
	b.Grow(2 * private.Len()) // so that it is not left behind in pieces as it grows
	err := e.SerializePrivateWithoutSigning(&b, nil)
	defer clear(b.Bytes())
	return err == nil && subtle.ConstantTimeCompare(b.Bytes(), private.Expose()) == 1
}

func secretKeys(e *openpgp.Entity) []*packet.PrivateKey {
	keys := []*packet.PrivateKey{e.PrivateKey}
	for _, s := range e.Subkeys {
		keys = append(keys, s.PrivateKey)
	}
	return keys
}

// opens checks that the words open what was locked, to the key that it was.
func opens(locked []byte, words, private *secret.Bytes) error {
	e, err := readLocked(locked)
	if err != nil {
		return err
	}
	defer keypair.WipeEntity(e)
	if e.DecryptPrivateKeys(words.Expose()) != nil || !same(e, private) {
		return ErrWords
	}
	return nil
}

// readLocked reads an armored private key all of whose parts are locked, in the only encoding that [Lock]
// gives it: what is read by halves, as a second key behind the first, is refused.
func readLocked(file []byte) (*openpgp.Entity, error) {
	if len(file) > maxKey || !bytes.HasPrefix(file, []byte("-----BEGIN "+privateKeyArmor)) {
		return nil, ErrPrivateKey
	}
	block, err := armor.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, ErrPrivateKey
	}
	e, err := readPrivate(block.Body)
	if err != nil {
		return nil, err
	}
	for _, k := range secretKeys(e) {
		if !k.Encrypted || k.Dummy() || !asDocumented(k) {
			return nil, ErrUnlocked
		}
	}
	if again, err := armored(e); err != nil || !bytes.Equal(again, file) {
		return nil, ErrPrivateKey
	}
	return e, nil
}

// asDocumented reports whether a locked key bears the parameters of lockConfig, which follow its
// public part in the packet (RFC 9580 §5.5.3): usage, cipher, S2K type, hash, salt, count.
func asDocumented(k *packet.PrivateKey) bool {
	var public, whole bytes.Buffer
	if k.SerializeForHash(&public) != nil || k.Serialize(&whole) != nil {
		return false
	}
	prefix := 3 // before the packet's body, in what is hashed
	if k.Version == 6 {
		prefix = 5
	}
	_, p, found := bytes.Cut(whole.Bytes(), public.Bytes()[prefix:])
	if k.Version == 6 && len(p) > 4 { // version 6 has the parameters' sizes in between
		p = append([]byte{p[0], p[2]}, p[4:]...)
	}
	return found && len(p) > 12 && bytes.Equal(p[:4], []byte{254, 9, 3, 8}) && p[12] == 255
}
