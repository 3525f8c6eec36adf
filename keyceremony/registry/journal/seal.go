package journal

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"strings"
)

// errSealed is a member that this key does not open: it was sealed with another, for another line, or altered.
var errSealed = errors.New("journal: the member cannot be read with the key of this database")

// Seal hides the reference of a member in an entry: AES-256 in Galois counter mode under a key that the
// database keeps, with a random nonce before it, in base64url without padding. It is bound to journal
// and key. So the journal by itself names nobody.
func Seal(key [32]byte, journal, fingerprint, member string) (string, error) {
	aead, err := seal(key)
	if err != nil {
		return "", err
	}
	return sealing.EncodeToString(aead.Seal(nil, nil, []byte(member), bound(journal, fingerprint))), nil
}

// Member opens what [Seal] made. errSealed for [None], too.
func Member(key [32]byte, journal, fingerprint, sealed string) (string, error) {
	raw, err := sealing.DecodeString(sealed)
	if err != nil {
		return "", errSealed
	}
	aead, err := seal(key)
	if err != nil {
		return "", err
	}
	member, err := aead.Open(nil, nil, raw, bound(journal, fingerprint))
	if err != nil {
		return "", errSealed
	}
	return string(member), nil
}

func seal(key [32]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func bound(journal, fingerprint string) []byte {
	return []byte(strings.Join([]string{Format, journal, fingerprint}, " "))
}
