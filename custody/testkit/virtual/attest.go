package virtual

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	_ "embed" // the key of the test root
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"time"
)

// testRoot is the published private key of the test root, whose certificate is in the package
// custody/token/attestation.
//
//go:embed testroot-published-key.pem
var testRoot []byte

// testRootName is the common name of the test root.
const testRootName = "Bailiff Test PIV Root - for rehearsals only"

// Issuer signs the attestation certificates of devices, as Yubico does.
type Issuer struct {
	Name string // common name
	Key  crypto.Signer
}

// TestRoot returns the published test root, which rehearsals accept and production refuses.
func TestRoot() (*Issuer, error) {
	block, _ := pem.Decode(testRoot)
	if block == nil {
		return nil, errors.New("virtual: the test root is not PEM")
	}
	k, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	return &Issuer{Name: testRootName, Key: k.(crypto.Signer)}, nil
}

// The dates of a device's certificates, those of Yubico's.
var (
	bornAt = time.Date(2016, 3, 14, 0, 0, 0, 0, time.UTC)
	diesAt = time.Date(2052, 4, 17, 0, 0, 0, 0, time.UTC)
)

const deviceName = "Yubico PIV Attestation"

// certify gives the device its attestation key, in slot f9, and the certificate of it.
func (c *Card) certify() error {
	issuer, err := c.maker()
	if err != nil {
		return err
	}
	private, err := generate(p256, c.random)
	if err != nil {
		return err
	}
	k := key{Algorithm: p256, PIN: pinNever, Touch: touchNever, Imported: true, Private: private}
	o, err := k.open()
	if err != nil {
		return err
	}
	cert := &x509.Certificate{
		Subject: pkix.Name{CommonName: deviceName}, NotBefore: bornAt, NotAfter: diesAt,
		BasicConstraintsValid: true, IsCA: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
	}
	if cert.ExtraExtensions, err = c.state.aboutDevice(); err != nil {
		return err
	}
	parent := &x509.Certificate{Subject: pkix.Name{CommonName: issuer.Name}}
	der, err := c.sign(cert, parent, o.public, issuer.Key)
	if err != nil {
		return err
	}
	stored := appendTLV(appendTLV(object(0x70, der), 0x71, []byte{0}), 0xfe, nil)
	c.state.Keys = map[byte]key{slotAttestation: k}
	c.state.Objects = map[uint32][]byte{objectAttestation: stored}
	return nil
}

// sign makes a certificate under a random serial number.
func (c *Card) sign(cert, parent *x509.Certificate, public crypto.PublicKey, by crypto.Signer) ([]byte, error) {
	number := make([]byte, 16)
	if _, err := io.ReadFull(c.random, number); err != nil {
		return nil, err
	}
	number[0] = number[0]&0x7f | 0x40
	cert.SerialNumber = new(big.Int).SetBytes(number)
	return x509.CreateCertificate(rand.Reader, cert, parent, public, by)
}

// attest is ATTEST (Yubico): a certificate for a key that was made in the slot P1.
func (c *Card) attest(cmd command) ([]byte, status) {
	if cmd.p2 != 0 || !isKeySlot(cmd.p1) {
		return nil, wrongParameters
	}
	k, there := c.state.Keys[cmd.p1]
	if !there || k.Imported {
		return nil, wrongBody
	}
	der, err := c.attestation(cmd.p1, k)
	if err != nil {
		return nil, notFound // somebody replaced what f9 holds
	}
	return der, ok
}

func (c *Card) attestation(slot byte, k key) ([]byte, error) {
	o, err := k.open()
	if err != nil {
		return nil, err
	}
	device, err := c.state.Keys[slotAttestation].open()
	if err != nil {
		return nil, err
	}
	parent, err := storedCertificate(c.state.Objects[objectAttestation])
	if err != nil {
		return nil, err
	}
	if c.state.is(CopiedDevice) {
		parent.PublicKey = nil // else crypto/x509 would notice
	}
	cert := &x509.Certificate{
		Subject:   pkix.Name{CommonName: fmt.Sprintf("YubiKey PIV Attestation %02x", slot)},
		NotBefore: parent.NotBefore, NotAfter: parent.NotAfter,
	}
	if cert.ExtraExtensions, err = c.state.aboutDevice(); err != nil {
		return nil, err
	}
	cert.ExtraExtensions = append(cert.ExtraExtensions,
		pkix.Extension{Id: yubico(8), Value: []byte{k.PIN, k.Touch}},
		pkix.Extension{Id: yubico(9), Value: []byte{c.state.FormFactor}})
	return c.sign(cert, parent, o.public, device.sign)
}

// storedCertificate reads the certificate of an object (SP 800-73-4 part 1, table 10).
func storedCertificate(stored []byte) (*x509.Certificate, error) {
	all, err := parseTLV(stored)
	der, there := value(all, 0x70)
	if err != nil || !there {
		return nil, errTLV
	}
	return x509.ParseCertificate(bytes.Clone(der))
}

// yubico is an identifier of Yubico's PIV extensions.
func yubico(n int) asn1.ObjectIdentifier {
	return asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 41482, 3, n}
}

// aboutDevice is what each certificate states: firmware, and the serial number if there is one.
func (s *state) aboutDevice() ([]pkix.Extension, error) {
	f := s.Firmware
	all := []pkix.Extension{{Id: yubico(3), Value: []byte{f.Major, f.Minor, f.Patch}}}
	if s.Serial == 0 {
		return all, nil
	}
	serial, err := asn1.Marshal(int64(s.Serial))
	if err != nil {
		return nil, err
	}
	return append(all, pkix.Extension{Id: yubico(7), Value: serial}), nil
}
