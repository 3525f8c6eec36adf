package keypair

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"math/bits"
)

// form is what a profile other than the default determines of its keys: with the template, the key
// material, the signatures and (in version 6) their salts every byte is given.
type form struct {
	version byte // 4 or 6
	primary signing
	subkey  material
}

// material is how an algorithm writes its numbers (RFC 9580 §5.5.5, RFC 9980).
type material interface {
	algorithm() byte
	// public reads what stands in a public key packet.
	public(c *cursor) []byte
	// secret reads what an unlocked secret key packet adds, and tells whether public is computed
	// from it.
	secret(c *cursor, public []byte) bool
}

// signing is the material of a primary key.
type signing interface {
	material
	// signature reads what stands in a signature packet.
	signature(c *cursor) []byte
	verify(public, digest, signature []byte) bool
}

const (
	sigDirectKey  = 0x1f // RFC 9580 §5.2.1
	saltSize      = 32   // octets, with SHA-512 (§9.5)
	subpacketHead = 0x80 // critical
)

// formKey is what is left of a public key when the template is taken off.
type formKey struct {
	material    []byte // of the primary key
	fingerprint []byte
	signatures  []formSignature
}

type formSignature struct {
	digest [sha512.Size]byte
	value  []byte
}

// verify verifies all the signatures.
func (f *form) verify(k *formKey) bool {
	for i := range k.signatures {
		if !f.primary.verify(k.material, k.signatures[i].digest[:], k.signatures[i].value) {
			return false
		}
	}
	return true
}

// parse reads the one encoding that form and template allow.
func (f *form) parse(t *template, public []byte) (key formKey, ok bool) {
	c := cursor{b: public}
	primary, material := f.parseKey(&c, t, tagPublicKey, f.primary)
	key.material, key.fingerprint = material, f.fingerprint(primary)
	if f.version == 6 {
		f.parseSignature(&c, &key, primary, nil, f.hashedDirect(t, key.fingerprint))
	}
	userID := c.anyPacket(tagUserID)
	userID.expect([]byte(t.userID)...)
	c.bad = c.bad || !userID.done()
	bound := binary.BigEndian.AppendUint32([]byte{0xb4}, uint32(len(t.userID)))
	f.parseSignature(&c, &key, primary, append(bound, t.userID...), f.hashedCert(t, key.fingerprint))
	subkey, _ := f.parseKey(&c, t, tagPublicSubkey, f.subkey)
	f.parseSignature(&c, &key, primary, f.hashedKey(subkey), f.hashedBinding(t, key.fingerprint))
	return key, c.done()
}

// parseKey reads a key packet and returns its body and what the algorithm writes in it.
func (f *form) parseKey(c *cursor, t *template, tag byte, m material) (body, public []byte) {
	in := c.anyPacket(tag)
	body = in.b
	in.expect(f.version)
	in.expect(binary.BigEndian.AppendUint32(nil, t.created)...)
	in.expect(m.algorithm())
	if f.version == 6 { // the size of what follows (RFC 9580 §5.5.2.3)
		size := binary.BigEndian.Uint32(in.take(4))
		c.bad = c.bad || int64(size) != int64(len(in.b))
	}
	public = m.public(&in)
	c.bad = c.bad || !in.done()
	return body, public
}

// parseSignature reads a signature packet (RFC 9580 §5.2.3) over what is bound, whose hashed part must be
// hashed, with an empty unhashed area, and adds it to the key's.
func (f *form) parseSignature(c *cursor, key *formKey, primary, bound, hashed []byte) {
	in := c.anyPacket(tagSignature)
	in.expect(hashed...)
	in.expect(make([]byte, f.sizeOctets())...)
	tag := in.take(2)
	var salt []byte
	if f.version == 6 {
		in.expect(saltSize)
		salt = in.take(saltSize)
	}
	s := formSignature{digest: f.digest(salt, primary, bound, hashed), value: f.primary.signature(&in)}
	c.bad = c.bad || !in.done() || !bytes.Equal(tag, s.digest[:2])
	key.signatures = append(key.signatures, s)
}

// sizeOctets is in how many octets a signature gives the sizes of its areas.
func (f *form) sizeOctets() int {
	if f.version == 6 {
		return 4
	}
	return 2
}

// hashedKey is a key packet's body as it is hashed (RFC 9580 §5.2.4).
func (f *form) hashedKey(body []byte) []byte {
	if f.version == 6 {
		return append(binary.BigEndian.AppendUint32([]byte{0x9b}, uint32(len(body))), body...)
	}
	return appendHashedKey(nil, body)
}

// fingerprint is that of a key packet's body (RFC 9580 §5.5.4).
func (f *form) fingerprint(body []byte) []byte {
	if f.version == 6 {
		sum := sha256.Sum256(f.hashedKey(body))
		return sum[:]
	}
	sum := sha1.Sum(f.hashedKey(body))
	return sum[:]
}

// digest is what a signature signs (RFC 9580 §5.2.4).
func (f *form) digest(salt, primary, bound, hashed []byte) [sha512.Size]byte {
	b := append(bytes.Clone(salt), f.hashedKey(primary)...)
	b = append(append(b, bound...), hashed...)
	b = binary.BigEndian.AppendUint32(append(b, f.version, 0xff), uint32(len(hashed)))
	return sha512.Sum512(b)
}

// anyPacket reads a packet whose length is written in the shortest form (RFC 9580 §4.2.1) and returns a
// cursor over its body.
func (c *cursor) anyPacket(tag byte) cursor {
	c.expect(tag)
	n, least := int(c.take(1)[0]), 0
	switch {
	case n == 255:
		n, least = int(binary.BigEndian.Uint32(c.take(4))), 8384
	case n >= 224:
		c.bad = true // a partial length
	case n >= 192:
		n = (n-192)<<8 + int(c.take(1)[0]) + 192
	}
	if n < least || n > len(c.b) {
		c.bad = true
		return cursor{bad: true}
	}
	return cursor{b: c.take(n)}
}

// integer reads a multiprecision integer (RFC 9580 §3.2) in its only form and returns its octets.
func (c *cursor) integer() []byte {
	size := int(binary.BigEndian.Uint16(c.take(2)))
	n := (size + 7) / 8
	if n == 0 || n > len(c.b) || 8*(n-1)+bits.Len8(c.b[0]) != size {
		c.bad = true
		return nil
	}
	return c.take(n)
}
