package virtual

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"io"
)

// algorithm is a key's type, in the numbers of SP 800-78-4 table 6-2 and of Yubico.
type algorithm byte

const (
	tripleDES algorithm = 0x03
	aes128    algorithm = 0x08
	aes192    algorithm = 0x0a
	aes256    algorithm = 0x0c
	rsa1024   algorithm = 0x06
	rsa2048   algorithm = 0x07
	rsa3072   algorithm = 0x05
	rsa4096   algorithm = 0x16
	p256      algorithm = 0x11
	p384      algorithm = 0x14
	ed25519A  algorithm = 0xe0
	x25519    algorithm = 0xe1
)

var errKey = errors.New("virtual: no such key")

// supports tells whether the firmware generates and takes keys of a type.
func (f Firmware) supports(a algorithm) bool {
	switch a {
	case rsa1024, rsa2048, p256, p384:
		return true
	case rsa3072, rsa4096, ed25519A, x25519:
		return f.hasNewCurves()
	}
	return false
}

func (a algorithm) rsaBits() int {
	return map[algorithm]int{rsa1024: 1024, rsa2048: 2048, rsa3072: 3072, rsa4096: 4096}[a]
}

// generate makes the private part of a key. All but RSA keys are fixed by what random gives.
func generate(a algorithm, random io.Reader) ([]byte, error) {
	if bits := a.rsaBits(); bits > 0 {
		k, err := rsa.GenerateKey(random, bits)
		if err != nil {
			return nil, err
		}
		return x509.MarshalPKCS1PrivateKey(k), nil
	}
	size := 32
	if a == p384 {
		size = 48
	}
	for range 64 { // a scalar out of range is drawn again
		b := make([]byte, size)
		if _, err := io.ReadFull(random, b); err != nil {
			return nil, err
		}
		if _, err := (key{Algorithm: a, Private: b}).open(); err == nil {
			return b, nil
		}
	}
	return nil, errKey
}

// opened is a key ready for use: one of the first two, and sign unless it is X25519.
type opened struct {
	agree  *ecdh.PrivateKey
	rsa    *rsa.PrivateKey
	sign   crypto.Signer
	public crypto.PublicKey
}

// open reads the private part of a key.
func (k key) open() (opened, error) {
	switch k.Algorithm {
	case p256:
		return openEC(elliptic.P256(), k.Private)
	case p384:
		return openEC(elliptic.P384(), k.Private)
	case ed25519A:
		if len(k.Private) != ed25519.SeedSize {
			return opened{}, errKey
		}
		s := ed25519.NewKeyFromSeed(k.Private)
		return opened{sign: s, public: s.Public()}, nil
	case x25519:
		a, err := ecdh.X25519().NewPrivateKey(k.Private)
		if err != nil {
			return opened{}, err
		}
		return opened{agree: a, public: a.Public()}, nil
	}
	if k.Algorithm.rsaBits() == 0 {
		return opened{}, errKey
	}
	r, err := x509.ParsePKCS1PrivateKey(k.Private)
	if err != nil || r.N.BitLen() != k.Algorithm.rsaBits() {
		return opened{}, errKey
	}
	return opened{rsa: r, sign: r, public: r.Public()}, nil
}

func openEC(curve elliptic.Curve, scalar []byte) (opened, error) {
	s, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	if err != nil {
		return opened{}, err
	}
	a, err := s.ECDH()
	if err != nil {
		return opened{}, err
	}
	return opened{agree: a, sign: s, public: s.Public()}, nil
}

// publicTLV is a public key as generate and metadata return it (SP 800-73-4 part 2, table 11),
// without the outer tag.
func (o opened) publicTLV() []byte {
	switch p := o.public.(type) {
	case *rsa.PublicKey:
		e := []byte{byte(p.E >> 16), byte(p.E >> 8), byte(p.E)}
		return appendTLV(object(0x81, p.N.Bytes()), 0x82, e)
	case ed25519.PublicKey:
		return object(0x86, p)
	default: // EC keys, and X25519
		return object(0x86, o.agree.PublicKey().Bytes())
	}
}
