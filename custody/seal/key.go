package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/secret"
	"bailiff/custody/share"
)

// MaxKey bounds a private key in bytes, MaxKeyFile its sealed form.
const (
	MaxKey     = 64 << 10
	MaxKeyFile = MaxKey + 128
)

var (
	ErrDataKey = errors.New("seal: the data key is not of 32 bytes")
	ErrKeySize = errors.New("seal: the private key is empty or larger than 64 KiB")
	ErrKeyFile = errors.New("seal: not a sealed private key")
)

// The layout of key.pgp. The data key has 256 bits of entropy, so that its stretching has nothing to
// add: the count is the lowest that the format can express.
const (
	s2kCount   = 1024 // bytes hashed: the count octet 0, RFC 9580 §3.7.1.3
	saltSize   = 8
	prefixSize = aes.BlockSize + 2
	mdcSize    = 2 + sha1.Size
)

// skesk is all of the session key packet but its salt and the count octet: tag 3, length 13, version 4,
// AES-256, iterated and salted S2K, SHA-256. There is no encrypted session key: the S2K's result is the
// session key (RFC 9580 §5.3.1).
var skesk = [...]byte{0xc3, 13, 4, 9, 3, 8}

const (
	tagSEIPD   = 0xd2 // packet 18, RFC 9580 §5.13.1
	tagLiteral = 0xcb // packet 11, §5.9
	tagMDC     = 0xd3 // packet 19, §5.13.1
)

// literalHead begins the body of the literal packet: binary, no file name, no date.
var literalHead = [...]byte{'b', 0, 0, 0, 0, 0}

// SealKey returns key.pgp: private, a binary transferable secret key of at most MaxKey bytes, as an OpenPGP
// message whose passphrase is the 64 lower-case hexadecimal digits of dataKey (share.Size bytes).
//
// The message (RFC 9580 §10.3) is a version 4 symmetric-key encrypted session key packet, whose S2K
// gives the session key itself, and a version 1 integrity-protected packet, AES-256, with one literal
// packet; no compression, no partial lengths. gpg --decrypt opens it. A data key serves once.
func SealKey(private, dataKey *secret.Bytes) (file []byte, err error) {
	if dataKey.Len() != share.Size {
		return nil, ErrDataKey
	}
	if private.Len() < 1 || private.Len() > MaxKey {
		return nil, ErrKeySize
	}
	secret.Do(func() { file, err = sealKey(private, dataKey) })
	return file, err
}

func sealKey(private, dataKey *secret.Bytes) ([]byte, error) {
	var salt [saltSize]byte
	var iv [prefixSize]byte // random, the last two bytes twice
	rand.Read(salt[:])
	rand.Read(iv[:aes.BlockSize])
	copy(iv[aes.BlockSize:], iv[aes.BlockSize-2:])

	literal := appendLength([]byte{tagLiteral}, len(literalHead)+private.Len())
	literal = append(literal, literalHead[:]...)
	size := len(literal) + private.Len() + mdcSize

	out := make([]byte, 0, 64+size)
	out = append(append(append(out, skesk[:]...), salt[:]...), 0)
	out = appendLength(append(out, tagSEIPD), 1+prefixSize+size)
	out = append(out, 1)

	key := sessionKey(dataKey, salt)
	defer key.Wipe()
	block, err := aes.NewCipher(key.Expose())
	if err != nil {
		return nil, err
	}
	plain := secret.New(size)
	defer plain.Wipe()
	p := append(append(plain.Expose()[:0], literal...), private.Expose()...)
	p = append(p, tagMDC, sha1.Size)
	p = appendMDC(p, iv[:], p)

	stream, prefix := packet.NewOCFBEncrypter(block, iv[:aes.BlockSize], packet.OCFBNoResync)
	out = append(out, prefix...)
	n := len(out)
	stream.XORKeyStream(out[n:n+size], p)
	return out[:n+size], nil
}

// sessionKey is the iterated and salted S2K, with SHA-256, of the data key's hexadecimal digits. It writes out
// RFC 9580 §3.7.1.3 so that no copy of the digits is left behind.
func sessionKey(dataKey *secret.Bytes, salt [saltSize]byte) *secret.Bytes {
	digits := secret.New(2 * share.Size)
	defer digits.Wipe()
	hex.Encode(digits.Expose(), dataKey.Expose())

	h := sha256.New()
	for left := s2kCount; left > 0; {
		for _, part := range [][]byte{salt[:], digits.Expose()} {
			n := min(left, len(part))
			h.Write(part[:n])
			left -= n
		}
	}
	key := secret.New(sha256.Size)
	h.Sum(key.Expose()[:0])
	h.Reset()
	return key
}

// appendMDC appends to b the SHA-1 that RFC 9580 §5.13.1 asks for: over the random prefix and the plaintext
// with the first two bytes of the MDC packet.
func appendMDC(b, prefix, plain []byte) []byte {
	h := sha1.New()
	h.Write(prefix)
	h.Write(plain)
	return h.Sum(b)
}

// OpenKey returns the private key in key.pgp. It reads what SealKey writes and nothing else: ErrKeyFile,
// ErrTooLarge; ErrDamaged when the data key is another or a byte was altered. Whether it is the private
// key that was asked for is for the caller to check.
func OpenKey(file []byte, dataKey *secret.Bytes) (private *secret.Bytes, err error) {
	if dataKey.Len() != share.Size {
		return nil, ErrDataKey
	}
	secret.Do(func() { private, err = openKey(file, dataKey) })
	return private, err
}

func openKey(file []byte, dataKey *secret.Bytes) (*secret.Bytes, error) {
	salt, body, err := parseKeyFile(file)
	if err != nil {
		return nil, err
	}
	key := sessionKey(dataKey, salt)
	defer key.Wipe()
	block, err := aes.NewCipher(key.Expose())
	if err != nil {
		return nil, err
	}
	prefix := bytes.Clone(body[:prefixSize])
	stream := packet.NewOCFBDecrypter(block, prefix, packet.OCFBNoResync) // decrypts prefix in place
	plain := secret.New(len(body) - prefixSize)
	defer plain.Wipe()
	p := plain.Expose()
	stream.XORKeyStream(p, body[prefixSize:])
	n := len(p) - sha1.Size
	sum := appendMDC(nil, prefix, p[:n])
	if subtle.ConstantTimeCompare(sum, p[n:]) != 1 || p[n-2] != tagMDC || p[n-1] != sha1.Size {
		return nil, ErrDamaged
	}
	return parseLiteral(p[:n-2])
}

// parseKeyFile takes key.pgp apart: the salt, and the encrypted data from its random prefix on.
func parseKeyFile(file []byte) (salt [saltSize]byte, body []byte, err error) {
	if len(file) > MaxKeyFile {
		return salt, nil, ErrTooLarge
	}
	b, ok := bytes.CutPrefix(file, skesk[:])
	if !ok || len(b) <= saltSize || b[saltSize] != 0 {
		return salt, nil, ErrKeyFile
	}
	copy(salt[:], b)
	body, ok = cutPacket(b[saltSize+1:], tagSEIPD)
	if !ok || len(body) < 1+prefixSize+2+len(literalHead)+mdcSize || body[0] != 1 {
		return salt, nil, ErrKeyFile
	}
	return salt, body[1:], nil
}

// parseLiteral copies the content of the only literal packet into a secret of its own.
func parseLiteral(p []byte) (*secret.Bytes, error) {
	content, ok := cutPacket(p, tagLiteral)
	if ok {
		content, ok = bytes.CutPrefix(content, literalHead[:])
	}
	if !ok || len(content) == 0 {
		return nil, ErrKeyFile
	}
	private := secret.New(len(content))
	copy(private.Expose(), content)
	return private, nil
}

// cutPacket returns the body of the packet that is all of b, its length in the shortest form.
func cutPacket(b []byte, tag byte) ([]byte, bool) {
	for _, head := range []int{2, 3, 6} {
		if len(b) > head && bytes.Equal(b[:head], appendLength([]byte{tag}, len(b)-head)) {
			return b[head:], true
		}
	}
	return nil, false
}

// appendLength appends the shortest length in the new format (RFC 9580 §4.2.1).
func appendLength(b []byte, n int) []byte {
	switch {
	case n < 192:
		return append(b, byte(n))
	case n < 8384:
		return append(b, byte((n-192)>>8)+192, byte(n-192))
	}
	return append(b, 255, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}
