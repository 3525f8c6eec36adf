package keypair

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"slices"
	"time"

	"bailiff/custody/secret"
)

// Compose writes the key pair of the profile [V4Curve25519] with that Ed25519 key, that X25519 scalar, as
// its generator gave it, and the scalar's point, both of 32 bytes. It costs two signatures. The bytes are
// those of go-crypto. The caller wipes the private form.
func Compose(primary ed25519.PrivateKey, scalar, point []byte, userID string, created time.Time, rehearsal bool) (*Pair, error) {
	t, err := newTemplate(userID, created, rehearsal)
	if err != nil {
		return nil, err
	}
	f := V4Curve25519.form()
	primaryBody := append(append(f.keyHead(t, f.primary), primaryParams...), primary[ed25519.SeedSize:]...)
	subkeyBody := append(append(append(f.keyHead(t, f.subkey), subkeyParams...), point...), subkeyKDF...)
	fingerprint := f.fingerprint(primaryBody)

	// What the two forms have in common: user ID and certification, then the subkey's binding.
	middle := appendPacket(make([]byte, 0, 512), tagUserID, []byte(userID))
	middle = f.appendSignature(middle, primary, primaryBody, t.hashedUserID(), f.hashedCert(t, fingerprint))
	end := f.appendSignature(make([]byte, 0, 256), primary, primaryBody, f.hashedKey(subkeyBody), f.hashedBinding(t, fingerprint))

	public := appendPacket(make([]byte, 0, 512), tagPublicKey, primaryBody)
	public = appendPacket(append(public, middle...), tagPublicSubkey, subkeyBody)
	clamped := clampedScalar(scalar)
	defer clamped.Wipe()
	seed := primary.Seed()
	defer clear(seed)
	private := secret.New(len(public) + len(end) + secretSize(seed) + secretSize(clamped.Expose()))
	b := appendSecret(private.Expose()[:0], tagSecretKey, primaryBody, seed)
	b = appendSecret(append(b, middle...), tagSecretSubkey, subkeyBody, clamped.Expose())
	copy(private.Expose()[len(b):], end)
	return &Pair{hex.EncodeToString(fingerprint), append(public, end...), private}, nil
}

// keyHead is the body of a key packet of version 4 up to what its algorithm writes.
func (f *form) keyHead(t *template, m material) []byte {
	b := append(make([]byte, 0, 64), f.version)
	return append(binary.BigEndian.AppendUint32(b, t.created), m.algorithm())
}

// clampedScalar is an X25519 scalar as OpenPGP writes it, see x25519Point.
func clampedScalar(scalar []byte) *secret.Bytes {
	s := secret.New(pointSize)
	b := s.Expose()
	copy(b, scalar)
	slices.Reverse(b)
	b[0] = b[0]&0x7f | 0x40
	b[pointSize-1] &^= 7
	return s
}

// appendPacket appends a packet of less than 192 octets.
func appendPacket(b []byte, tag byte, body []byte) []byte {
	return append(append(b, tag, byte(len(body))), body...)
}

// appendSignature appends a signature packet, see parseSignature.
func (f *form) appendSignature(b []byte, key ed25519.PrivateKey, primary, bound, hashed []byte) []byte {
	sum := f.digest(nil, primary, bound, hashed)
	value := ed25519.Sign(key, sum[:])
	r, s := significant(value[:32]), significant(value[32:])
	b = append(b, tagSignature, byte(len(hashed)+2+2+2+len(r)+2+len(s)))
	b = append(append(b, hashed...), 0, 0)
	b = append(b, sum[:2]...)
	return appendNumber(appendNumber(b, r), s)
}

// secretSize is the number of octets by which an unlocked secret key packet is longer than the public one.
func secretSize(number []byte) int { return 1 + 2 + len(significant(number)) + 2 }

// appendSecret appends an unlocked secret key packet, see checkSecret.
func appendSecret(b []byte, tag byte, body, number []byte) []byte {
	b = append(b, tag, byte(len(body)+secretSize(number)))
	b = append(append(b, body...), 0)
	at := len(b)
	b = appendNumber(b, significant(number))
	sum := uint16(0)
	for _, c := range b[at:] {
		sum += uint16(c)
	}
	return binary.BigEndian.AppendUint16(b, sum)
}

// significant leaves out the leading zeros of a number, which are octets that its encoding has not.
func significant(number []byte) []byte {
	for len(number) > 0 && number[0] == 0 {
		number = number[1:]
	}
	return number
}

// appendNumber appends a multiprecision integer (RFC 9580 §3.2) without leading zeros.
func appendNumber(b, number []byte) []byte {
	size := 0
	if len(number) > 0 {
		size = 8*(len(number)-1) + bits.Len8(number[0])
	}
	return append(binary.BigEndian.AppendUint16(b, uint16(size)), number...)
}

const (
	armorHead = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"
	armorTail = "-----END PGP PUBLIC KEY BLOCK-----"
	armorLine = 48 // bytes in a line, of 64 columns
)

// Armor returns the ASCII armor (RFC 9580 §6.2) of a public key: one of version 4 with its checksum, without which some
// programs refuse it, one of version 6 without, as RFC 9580 §6.1 demands. It ends with LF, so that keys one after another are as many keys: of armors on whose last line the
// next one begins, programs read the first, and say nothing. But for that LF the bytes are those of go-crypto.
func Armor(public []byte) []byte { return append(armored(public, !isVersion6(public)), '\n') }

// FormerArmor is the armor of files that were written before Armor was as it is: with the checksum whatever the version,
// and without LF (docs/decisions/0032-armor.md).
func FormerArmor(public []byte) []byte { return armored(public, true) }

func armored(public []byte, checksum bool) []byte {
	lines := len(public)/armorLine + 1
	out := make([]byte, 0, len(armorHead)+4*(len(public)/3+1)+lines+len("=0000\n")+len(armorTail)+1)
	out = append(out, armorHead...)
	for rest := public; len(rest) > 0; {
		n := min(armorLine, len(rest))
		out = append(base64.StdEncoding.AppendEncode(out, rest[:n]), '\n')
		rest = rest[n:]
	}
	if checksum {
		sum := crc24(public)
		out = base64.StdEncoding.AppendEncode(append(out, '='), []byte{byte(sum >> 16), byte(sum >> 8), byte(sum)})
		out = append(out, '\n')
	}
	return append(out, armorTail...)
}

// isVersion6 reports whether a key begins with a public key packet of version 6 (RFC 9580 §4.2, §5.5.2), with a length as
// it can have: of one, two or five bytes.
func isVersion6(public []byte) bool {
	const tagPublicKey = 0xc0 | 6
	if len(public) < 2 || public[0] != tagPublicKey {
		return false
	}
	body := 2
	switch n := public[1]; {
	case n == 255:
		body = 6
	case n >= 192:
		body = 3
	}
	return len(public) > body && public[body] == 6
}

// crc24 is the checksum of RFC 9580 §6.1.1, four bits at a time.
func crc24(data []byte) uint32 {
	steps := [16]uint32{ // what the generator makes of the four bits shifted out
		0x000000, 0x864cfb, 0x8ad50d, 0x0c99f6, 0x93e6e1, 0x15aa1a, 0x1933ec, 0x9f7f17,
		0xa18139, 0x27cdc2, 0x2b5434, 0xad18cf, 0x3267d8, 0xb42b23, 0xb8b2d5, 0x3efe2e,
	}
	crc := uint32(0xb704ce)
	for _, b := range data {
		crc ^= uint32(b) << 16
		crc = crc<<4 ^ steps[crc>>20&15]
		crc = crc<<4 ^ steps[crc>>20&15]
	}
	return crc & 0xffffff
}
