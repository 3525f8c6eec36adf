package keypair

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha512"
	"encoding/binary"
	"math/bits"
)

// Packet heads in the new format (RFC 9580 §4.2); every packet here is shorter than 192 octets.
const (
	tagSignature    = 0xc2
	tagSecretKey    = 0xc5
	tagPublicKey    = 0xc6
	tagSecretSubkey = 0xc7
	tagUserID       = 0xcd
	tagPublicSubkey = 0xce
)

const (
	sigCertification = 0x13 // RFC 9580 §5.2.1.6
	sigSubkeyBinding = 0x18 // §5.2.1.8
	algorithmEdDSA   = 22
	hashSHA512       = 10
	pointSize        = 32
)

// What stands in a public key packet between its creation time and its point: algorithm, OID, and
// the head of an MPI of 263 bits with the prefix 0x40 (RFC 9580 §5.5.5.5, §5.5.5.6).
var (
	primaryParams = []byte{algorithmEdDSA, 9, 0x2b, 6, 1, 4, 1, 0xda, 0x47, 0x0f, 1, 1, 7, 0x40}
	subkeyParams  = []byte{18, 10, 0x2b, 6, 1, 4, 1, 0x97, 0x55, 1, 5, 1, 1, 7, 0x40}
	subkeyKDF     = []byte{3, 1, hashSHA512, 9}
)

// template is what determines a public key together with its points and signatures.
type template struct {
	created   uint32
	userID    string
	rehearsal bool
}

// keyHead is the body of a public key packet up to its point.
func (t *template) keyHead(params []byte) []byte {
	b := binary.BigEndian.AppendUint32([]byte{4}, t.created)
	return append(b, params...)
}

// hashedCert is the part of the certification that is signed (RFC 9580 §5.2.3): version, type, algorithms and
// hashed subpackets, in the order in which go-crypto writes them.
func (t *template) hashedCert(fingerprint []byte) []byte {
	b := t.hashedHead(fingerprint, sigCertification, 2+1, 11, 9, 7)
	b = append(b, 2+1, 21, hashSHA512, 8) // preferred hashes
	b = append(b, 1+1, 22, 0)             // preferred compression: none
	b = append(b, 1+1, 25, 1)             // primary user ID
	b = append(b, 1+1, 0x80|27, 0x03)     // may certify and sign
	b = append(b, 1+1, 30, 0x01)          // reads version 1 SEIPD
	return hashedTail(b, fingerprint)
}

// hashedBinding is the same for the subkey's binding.
func (t *template) hashedBinding(fingerprint []byte) []byte {
	b := t.hashedHead(fingerprint, sigSubkeyBinding)
	b = append(b, 1+1, 0x80|27, 0x0c) // may encrypt communications and storage
	return hashedTail(b, fingerprint)
}

// hashedHead begins a hashed area, with room for its length: creation time, preferred ciphers if
// any, issuer, and the mark.
func (t *template) hashedHead(fingerprint []byte, sigType byte, ciphers ...byte) []byte {
	b := append(make([]byte, 0, 160), 4, sigType, algorithmEdDSA, hashSHA512, 0, 0)
	b = binary.BigEndian.AppendUint32(append(b, 4+1, 0x80|2), t.created)
	b = append(b, ciphers...)
	b = append(append(b, 8+1, 16), fingerprint[12:]...)
	if t.rehearsal {
		b = append(b, byte(8+len(RehearsalNotation)+len(RehearsalValue)+1), 20, 0x80, 0, 0, 0)
		b = append(b, 0, byte(len(RehearsalNotation)), 0, byte(len(RehearsalValue)))
		b = append(append(b, RehearsalNotation...), RehearsalValue...)
	}
	return b
}

// hashedTail ends a hashed area with the issuer's fingerprint and fills in the length.
func hashedTail(b, fingerprint []byte) []byte {
	b = append(append(b, 21+1, 33, 4), fingerprint...)
	binary.BigEndian.PutUint16(b[4:], uint16(len(b)-6))
	return b
}

// fingerprintOf is the version 4 fingerprint (RFC 9580 §5.5.4.2) of a key packet's body.
func fingerprintOf(body []byte) []byte {
	sum := sha1.Sum(appendHashedKey(nil, body))
	return sum[:]
}

func appendHashedKey(b, body []byte) []byte {
	return append(append(b, 0x99, byte(len(body)>>8), byte(len(body))), body...)
}

// digest is what a signature signs (RFC 9580 §5.2.4): the primary key, what it is bound to, the hashed part.
func digest(primary, bound, hashed []byte) [64]byte {
	b := appendHashedKey(make([]byte, 0, 512), primary)
	b = append(append(b, bound...), hashed...)
	b = binary.BigEndian.AppendUint32(append(b, 4, 0xff), uint32(len(hashed)))
	return sha512.Sum512(b)
}

// cursor reads one encoding. After the first thing that is not as it must be, bad stays set.
type cursor struct {
	b   []byte
	bad bool
}

// expect reads exactly want.
func (c *cursor) expect(want ...byte) {
	rest, ok := bytes.CutPrefix(c.b, want)
	c.b, c.bad = rest, c.bad || !ok
}

// take reads n bytes; n zeros stand for them when there are fewer.
func (c *cursor) take(n int) []byte {
	if len(c.b) < n {
		c.bad = true
		return make([]byte, n)
	}
	b := c.b[:n]
	c.b = c.b[n:]
	return b
}

// packet reads a packet of less than 192 octets and returns a cursor over its body.
func (c *cursor) packet(tag byte) cursor {
	c.expect(tag)
	n := c.take(1)[0]
	if n >= 192 {
		c.bad = true
		return cursor{bad: true}
	}
	return cursor{b: c.take(int(n))}
}

// number reads a multiprecision integer (RFC 9580 §3.2) in its only form into all of into, big-endian.
func (c *cursor) number(into []byte) {
	head := c.take(2)
	size := int(head[0])<<8 | int(head[1])
	n := (size + 7) / 8
	if n > len(into) {
		c.bad = true
		return
	}
	b := c.take(n)
	if n > 0 && 8*(n-1)+bits.Len8(b[0]) != size {
		c.bad = true
	}
	clear(into)
	copy(into[len(into)-n:], b)
}

// done tells whether everything was as it must be and nothing is left.
func (c *cursor) done() bool { return !c.bad && len(c.b) == 0 }
