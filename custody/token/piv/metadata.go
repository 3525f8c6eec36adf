package piv

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"fmt"

	"bailiff/custody/token/attestation"
)

// What GET METADATA is asked about, beside slots.
const (
	refPIN        = 0x80
	refPUK        = 0x81
	refManagement = 0x9b
)

// The tags of its answer (Yubico's extensions, "Get metadata").
const (
	metaAlgorithm = 1 // one byte
	metaPolicy    = 2 // PIN and touch policy
	metaOrigin    = 3 // 1: made in the device, 2: imported
	metaPublic    = 4 // elements, as of a generation
	metaDefault   = 5 // one byte, 1: PIN, PUK or key is the default
	metaTries     = 6 // all and left
)

// algorithms are those that have a name here (SP 800-78-4 table 6-2, and Yubico's own).
func algorithms() map[byte]string {
	return map[byte]string{
		0x03: "3DES", 0x08: "AES-128", 0x0a: "AES-192", 0x0c: "AES-256",
		0x05: "RSA-3072", 0x06: "RSA-1024", 0x07: "RSA-2048", 0x16: "RSA-4096",
		algorithmP256: nameP256, 0x14: "P-384", algorithmEd25519: nameEd25519, 0xe1: "X25519",
	}
}

const (
	algorithmP256    = 0x11
	algorithmEd25519 = 0xe0
	algorithmAES192  = 0x0a

	nameP256    = "P-256"
	nameEd25519 = "Ed25519"
	nameUnknown = "not known"
)

func algorithmName(b byte) string {
	if name, ok := algorithms()[b]; ok {
		return name
	}
	return nameUnknown
}

// metadata asks about a reference and checks that fields have the size they must have.
func metadata(d device, reference byte, sizes map[byte]int) (map[byte][]byte, error) {
	answer, err := d.metadata(reference)
	if err != nil {
		return nil, err
	}
	fields, err := elements(answer)
	if err != nil {
		return nil, err
	}
	for tag, n := range sizes {
		if len(fields[tag]) != n {
			return nil, fmt.Errorf("%w: metadata of %02x without field %d", ErrAnswer, reference, tag)
		}
	}
	return fields, nil
}

// reference asks about PIN or PUK.
func reference(d device, ref byte) (Reference, error) {
	m, err := metadata(d, ref, map[byte]int{metaDefault: 1, metaTries: 2})
	if err != nil {
		return Reference{}, err
	}
	return Reference{Default: m[metaDefault][0] == 1, Max: int(m[metaTries][0]), Tries: int(m[metaTries][1])}, nil
}

// management asks about the management key, and whether there is ykman's note that it is protected.
func management(d device) (Management, error) {
	m, err := metadata(d, refManagement, map[byte]int{metaAlgorithm: 1, metaPolicy: 2, metaDefault: 1})
	if err != nil {
		return Management{}, err
	}
	protected, err := noted(d)
	return Management{
		Algorithm: algorithmName(m[metaAlgorithm][0]),
		Default:   m[metaDefault][0] == 1,
		Touch:     m[metaPolicy][1] != byte(attestation.TouchNever),
		Protected: protected,
	}, err
}

// slot asks about the key in a slot, without its certificate and attestation.
func slot(d device, which attestation.Slot) (Slot, error) {
	s := Slot{Slot: which}
	m, err := metadata(d, byte(which), map[byte]int{metaAlgorithm: 1, metaPolicy: 2, metaOrigin: 1})
	if isEmpty(err) {
		s.Empty = true
		return s, nil
	}
	if err != nil {
		return Slot{}, err
	}
	s.Algorithm = algorithmName(m[metaAlgorithm][0])
	s.PIN, s.Touch = attestation.PINPolicy(m[metaPolicy][0]), attestation.TouchPolicy(m[metaPolicy][1])
	s.Generated = m[metaOrigin][0] == 1
	s.Public = publicKey(m[metaAlgorithm][0], m[metaPublic])
	return s, nil
}

// publicKey reads a key of the two algorithms that this package uses; nil when it is of another.
func publicKey(algorithm byte, encoded []byte) crypto.PublicKey {
	const tagPoint = 0x86
	point, err := element(encoded, tagPoint)
	if err != nil {
		return nil
	}
	switch algorithm {
	case algorithmP256:
		if key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point); err == nil {
			return key
		}
	case algorithmEd25519:
		if len(point) == ed25519.PublicKeySize {
			return ed25519.PublicKey(point)
		}
	}
	return nil
}

// The tags of what this package reads and writes itself (SP 800-73-4 part 1 §3, Yubico's extensions
// to the applet, and ykman's note on the management key).
const (
	tagObject      = 0x53
	tagCertificate = 0x70
	tagCertInfo    = 0x71
	tagCertCheck   = 0xfe
	tagProtected   = 0x88 // in 5fc109
	tagKey         = 0x89
	tagNote        = 0x80 // in 5fff00
	tagNoteFlags   = 0x81
)

// next reads one BER-TLV element with a tag of one byte and a definite length of at most two.
func next(b []byte) (tag byte, value, rest []byte, err error) {
	if len(b) < 2 {
		return 0, nil, nil, fmt.Errorf("%w: cut short", ErrAnswer)
	}
	tag, n, b := b[0], int(b[1]), b[2:]
	switch {
	case n < 0x80:
	case n == 0x81 && len(b) >= 1:
		n, b = int(b[0]), b[1:]
	case n == 0x82 && len(b) >= 2:
		n, b = int(b[0])<<8|int(b[1]), b[2:]
	default:
		return 0, nil, nil, fmt.Errorf("%w: a length it cannot have", ErrAnswer)
	}
	if n > len(b) {
		return 0, nil, nil, fmt.Errorf("%w: cut short", ErrAnswer)
	}
	return tag, b[:n], b[n:], nil
}

// element returns the value of the one element that b begins with, which has that tag.
func element(b []byte, tag byte) ([]byte, error) {
	got, value, _, err := next(b)
	if err == nil && got != tag {
		err = fmt.Errorf("%w: %02x where %02x should be", ErrAnswer, got, tag)
	}
	if err != nil {
		return nil, err
	}
	return value, nil
}

// elements reads elements up to the end. Of a tag that comes twice the last counts.
func elements(b []byte) (map[byte][]byte, error) {
	all := map[byte][]byte{}
	for len(b) > 0 {
		tag, value, rest, err := next(b)
		if err != nil {
			return nil, err
		}
		all[tag], b = value, rest
	}
	return all, nil
}

// appendElement appends one element with the shortest length.
func appendElement(b []byte, tag byte, value []byte) []byte {
	b = append(b, tag)
	switch n := len(value); {
	case n < 0x80:
		b = append(b, byte(n))
	case n < 0x100:
		b = append(b, 0x81, byte(n))
	default:
		b = append(b, 0x82, byte(n>>8), byte(n))
	}
	return append(b, value...)
}
