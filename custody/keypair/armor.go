package keypair

import "encoding/base64"

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
