package officer

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// The ways in which a sequence of OpenPGP packets can be refused.
var (
	ErrPacket = errors.New("officer: damaged OpenPGP packet, or bytes that belong to none")
	ErrHeader = errors.New("officer: an OpenPGP packet header in other than its shortest form")
)

// Packet types (RFC 9580 §5).
const (
	tagSignature    = 2
	tagSecretKey    = 5
	tagPublicKey    = 6
	tagSecretSubkey = 7
	tagMarker       = 10
	tagTrust        = 12
	tagUserID       = 13
	tagPublicSubkey = 14
	tagPadding      = 21
)

// rawPacket is one packet as it lies in a file.
type rawPacket struct {
	tag      int
	body     []byte
	shortest bool // the header is one of the two that headersOf gives
}

// splitPackets cuts data into packets, leaving no byte out. Lengths that are partial or
// indeterminate are refused.
func splitPackets(data []byte) ([]rawPacket, error) {
	var out []rawPacket
	for len(data) > 0 {
		tag, header, length, ok := readHeader(data)
		if !ok || uint64(length) > uint64(len(data)-header) {
			return nil, ErrPacket
		}
		p := rawPacket{tag: tag, body: data[header : header+int(length)]}
		for _, h := range headersOf(tag, len(p.body)) {
			p.shortest = p.shortest || bytes.Equal(h, data[:header])
		}
		out = append(out, p)
		data = data[header+int(length):]
	}
	return out, nil
}

// readHeader reads a packet header (RFC 9580 §4.2.1 and §4.2.2), its own length in header.
func readHeader(b []byte) (tag, header int, length uint32, ok bool) {
	if b[0]&0x80 == 0 {
		return 0, 0, 0, false
	}
	if b[0]&0x40 == 0 { // legacy format: the length's size is in the first byte
		n := 1 << (b[0] & 3)
		if n > 4 || len(b) < 1+n {
			return 0, 0, 0, false
		}
		return int(b[0]>>2) & 15, 1 + n, bigEndian(b[1 : 1+n]), true
	}
	tag = int(b[0] & 63)
	switch {
	case len(b) >= 2 && b[1] < 192:
		return tag, 2, uint32(b[1]), true
	case len(b) >= 3 && b[1] < 224 && b[1] >= 192:
		return tag, 3, uint32(b[1]-192)<<8 + uint32(b[2]) + 192, true
	case len(b) >= 6 && b[1] == 255:
		return tag, 6, bigEndian(b[2:6]), true
	}
	return 0, 0, 0, false
}

func bigEndian(b []byte) (n uint32) {
	for _, c := range b {
		n = n<<8 | uint32(c)
	}
	return n
}

// headersOf returns the shortest header of either format: the OpenPGP format, which most tools
// write, and the legacy format, which gpg writes for packet types below 16.
func headersOf(tag, length int) [][]byte {
	n := uint32(length)
	four := binary.BigEndian.AppendUint32(nil, n)
	modern, legacy := []byte{0xc0 | byte(tag)}, []byte{0x80 | byte(tag)<<2}
	switch {
	case n < 192:
		modern = append(modern, byte(n))
	case n < 8384:
		modern = append(modern, byte((n-192)>>8)+192, byte(n-192))
	default:
		modern = append(append(modern, 255), four...)
	}
	switch {
	case n < 1<<8:
		legacy = append(legacy, four[3:]...)
	case n < 1<<16:
		legacy[0]++
		legacy = append(legacy, four[2:]...)
	default:
		legacy[0] += 2
		legacy = append(legacy, four...)
	}
	if tag >= 16 {
		return [][]byte{modern}
	}
	return [][]byte{modern, legacy}
}

// canonical is the packet behind the header that our own files use.
func (p rawPacket) canonical() []byte {
	return append(headersOf(p.tag, len(p.body))[0], p.body...)
}

// decode lets the library read the packet, and refuses it unless the library's own encoding of
// what it read is the packet again: nothing in it may pass unseen.
func (p rawPacket) decode() (packet.Packet, error) {
	want := p.canonical()
	decoded, err := packet.Read(bytes.NewReader(want))
	if err != nil {
		return nil, errors.Join(ErrPacket, err)
	}
	var got bytes.Buffer
	switch d := decoded.(type) {
	case *packet.Signature:
		err = d.Serialize(&got)
	case *packet.PublicKey:
		err = d.Serialize(&got)
	case *packet.UserId:
		err = d.Serialize(&got)
	default:
		return nil, ErrPacket
	}
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		return nil, ErrPacket
	}
	return decoded, nil
}

// What stands in place of secret numbers that are not in the file, behind the public ones.
const (
	usageExternal = 252 // S2K usage octet of a key that a device holds (draft-dkg-openpgp-external-secrets)
	s2kGNU        = 101 // GnuPG's own S2K, behind usage octet and cipher: a hash, "GNU", and a mode
	gnuNone       = 1   // kept elsewhere, as an offline primary key is
	gnuCard       = 2   // on a card
)

// elsewhere reports where secret numbers are that a binary secret key says not to have: [ErrOnCard], [ErrSecretAway], or
// nil when it has them all, or is no secret key.
func elsewhere(data []byte) (err error) {
	packets, split := splitPackets(data)
	if split != nil {
		return nil
	}
	for _, p := range packets {
		if p.tag != tagSecretKey && p.tag != tagSecretSubkey {
			continue
		}
		switch stub(p.body) {
		case gnuCard, usageExternal:
			return ErrOnCard
		case gnuNone:
			err = ErrSecretAway
		}
	}
	return err
}

// stub returns what a secret key packet has in place of its secret numbers; 0 for the numbers themselves.
func stub(body []byte) byte {
	public, err := packet.Read(bytes.NewReader(rawPacket{tag: tagPublicKey, body: body}.canonical()))
	if err != nil {
		return 0
	}
	key, ok := public.(*packet.PublicKey)
	if !ok {
		return 0
	}
	var numbers bytes.Buffer
	if key.SerializeForHash(&numbers) != nil {
		return 0
	}
	head := 3 // of what is hashed: an octet and the length, of two octets in version 4 and of four in version 6
	if key.Version == 6 {
		head = 5
	}
	secret := body[min(len(body), numbers.Len()-head):]
	switch {
	case len(secret) > 0 && secret[0] == usageExternal:
		return usageExternal
	case len(secret) >= 8 && secret[2] == s2kGNU && string(secret[4:7]) == "GNU":
		return secret[7]
	}
	return 0
}
