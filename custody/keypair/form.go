package keypair

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// Packet heads in the new format (RFC 9580 §4.2).
const (
	tagSignature    = 0xc2
	tagSecretKey    = 0xc5
	tagPublicKey    = 0xc6
	tagSecretSubkey = 0xc7
	tagUserID       = 0xcd
	tagPublicSubkey = 0xce
)

// form is what a profile determines of its keys: with the template, the key
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
	// secret reads what an unlocked secret key packet adds, and reports whether public is computed
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
	sigCertification = 0x13 // RFC 9580 §5.2.1.6
	sigSubkeyBinding = 0x18 // §5.2.1.8
	sigDirectKey     = 0x1f // §5.2.1.9
	hashSHA512       = 10
	saltSize         = 32   // octets, with SHA-512 (§9.5)
	critical         = 0x80 // bit of a subpacket's type
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
	key.signatures = make([]formSignature, 0, 3)
	primary, material := f.parseKey(&c, t, tagPublicKey, f.primary)
	key.material, key.fingerprint = material, f.fingerprint(primary)
	if f.version == 6 {
		f.parseSignature(&c, &key, primary, nil, f.hashedDirect(t, key.fingerprint))
	}
	userID := c.packet(tagUserID)
	userID.expect([]byte(t.userID)...)
	c.bad = c.bad || !userID.done()
	f.parseSignature(&c, &key, primary, t.hashedUserID(), f.hashedCert(t, key.fingerprint))
	subkey, _ := f.parseKey(&c, t, tagPublicSubkey, f.subkey)
	f.parseSignature(&c, &key, primary, f.hashedKey(subkey), f.hashedBinding(t, key.fingerprint))
	return key, c.done()
}

// parseKey reads a key packet and returns its body and what the algorithm writes in it.
func (f *form) parseKey(c *cursor, t *template, tag byte, m material) (body, public []byte) {
	in := c.packet(tag)
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
	in := c.packet(tagSignature)
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

// hashedUserID is the user ID as it is hashed (RFC 9580 §5.2.4).
func (t *template) hashedUserID() []byte {
	b := binary.BigEndian.AppendUint32(append(make([]byte, 0, 5+len(t.userID)), 0xb4), uint32(len(t.userID)))
	return append(b, t.userID...)
}

// hashedKey is a key packet's body as it is hashed (RFC 9580 §5.2.4).
func (f *form) hashedKey(body []byte) []byte {
	return f.appendHashedKey(make([]byte, 0, 5+len(body)), body)
}

func (f *form) appendHashedKey(b, body []byte) []byte {
	if f.version == 6 {
		b = binary.BigEndian.AppendUint32(append(b, 0x9b), uint32(len(body)))
	} else {
		b = append(b, 0x99, byte(len(body)>>8), byte(len(body)))
	}
	return append(b, body...)
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
	b := append(make([]byte, 0, 32+len(salt)+len(primary)+len(bound)+len(hashed)), salt...)
	b = append(append(f.appendHashedKey(b, primary), bound...), hashed...)
	b = binary.BigEndian.AppendUint32(append(b, f.version, 0xff), uint32(len(hashed)))
	return sha512.Sum512(b)
}

// The signed parts of a form's signatures (RFC 9580 §5.2.3): version, type, algorithms and hashed subpackets, in
// the order in which go-crypto writes them.

// hashedDirect is that of the direct-key signature, which in version 6 bears the preferences.
func (f *form) hashedDirect(t *template, fingerprint []byte) []byte {
	b := f.hashedHead(t, fingerprint, sigDirectKey, 2+1, 11, 9, 7) // ciphers AES-256 and AES-128
	b = f.preferences(b, 0x01|0x08)                                // reads version 1 and 2 SEIPD
	b = f.issuer(b, fingerprint)
	return f.hashedTail(append(b, 8+1, 39, 9, 3, 9, 2, 7, 3, 7, 2)) // each with GCM or OCB
}

// hashedCert is that of the certification of the user ID.
func (f *form) hashedCert(t *template, fingerprint []byte) []byte {
	if f.version == 6 {
		b := f.hashedHead(t, fingerprint, sigCertification)
		return f.hashedTail(f.issuer(append(b, 1+1, 25, 1), fingerprint)) // primary user ID
	}
	b := f.hashedHead(t, fingerprint, sigCertification, 2+1, 11, 9, 7)
	return f.hashedTail(f.issuer(f.preferences(b, 0x01), fingerprint))
}

// hashedBinding is that of the subkey's binding.
func (f *form) hashedBinding(t *template, fingerprint []byte) []byte {
	b := f.hashedHead(t, fingerprint, sigSubkeyBinding)
	b = append(b, 1+1, critical|27, 0x0c) // may encrypt communications and storage
	return f.hashedTail(f.issuer(b, fingerprint))
}

// hashedHead begins a signed part, with room for the size of its area: creation time, preferred ciphers
// if any, in version 4 the issuer's key ID, and the mark.
func (f *form) hashedHead(t *template, fingerprint []byte, sigType byte, ciphers ...byte) []byte {
	b := append(make([]byte, 0, 192), f.version, sigType, f.primary.algorithm(), hashSHA512)
	b = append(b, make([]byte, f.sizeOctets())...)
	b = binary.BigEndian.AppendUint32(append(b, 4+1, critical|2), t.created)
	b = append(b, ciphers...)
	if f.version == 4 {
		b = append(append(b, 8+1, 16), fingerprint[12:]...)
	}
	if t.rehearsal {
		b = append(b, byte(8+len(RehearsalNotation)+len(RehearsalValue)+1), 20, 0x80, 0, 0, 0)
		b = append(b, 0, byte(len(RehearsalNotation)), 0, byte(len(RehearsalValue)))
		b = append(append(b, RehearsalNotation...), RehearsalValue...)
	}
	return b
}

// preferences appends hashes, compression, in version 4 that the user ID is the primary one, usage, features.
func (f *form) preferences(b []byte, features byte) []byte {
	b = append(b, 2+1, 21, hashSHA512, 8)
	b = append(b, 1+1, 22, 0) // no compression
	if f.version == 4 {
		b = append(b, 1+1, 25, 1)
	}
	b = append(b, 1+1, critical|27, 0x03) // may certify and sign
	return append(b, 1+1, 30, features)
}

// issuer appends the issuer's fingerprint, critical in version 6 as go-crypto has it.
func (f *form) issuer(b, fingerprint []byte) []byte {
	subpacket := byte(33)
	if f.version == 6 {
		subpacket |= critical
	}
	return append(append(b, byte(len(fingerprint)+2), subpacket, f.version), fingerprint...)
}

// hashedTail fills in the size of the area.
func (f *form) hashedTail(b []byte) []byte {
	n := 4 + f.sizeOctets()
	if f.version == 6 {
		binary.BigEndian.PutUint32(b[4:], uint32(len(b)-n))
	} else {
		binary.BigEndian.PutUint16(b[4:], uint16(len(b)-n))
	}
	return b
}
