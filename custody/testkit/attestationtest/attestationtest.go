// Package attestationtest makes attestations as a YubiKey does, under makers of its own: good ones, and
// ones that must be refused. It is for tests alone. One seed gives one key, and one certificate's contents
// one certificate, so that vectors can be derived anew.
package attestationtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"io"
	"math/big"
	"testing"
	"time"

	"bailiff/custody/token/attestation"
)

// The dates of all certificates, unless altered: those of YubiKeys up to firmware 5.7.3.
var (
	NotBefore = time.Date(2016, 3, 14, 0, 0, 0, 0, time.UTC)
	NotAfter  = time.Date(2052, 4, 17, 0, 0, 0, 0, time.UTC)
)

// Signer is a key that signs the same certificate with the same signature each time.
type Signer struct{ crypto.Signer }

// Sign signs without randomness (RFC 6979 for ECDSA).
func (s Signer) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.Signer.Sign(nil, digest, opts)
}

// ECDSA returns the P-256 key of a seed.
func ECDSA(t testing.TB, seed string) Signer {
	t.Helper()
	sum := sha256.Sum256([]byte("attestationtest " + seed))
	k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), sum[:])
	must(t, err)
	return Signer{k}
}

// Ed25519 returns the public key of a seed.
func Ed25519(seed string) ed25519.PublicKey {
	sum := sha256.Sum256([]byte("attestationtest " + seed))
	return ed25519.NewKeyFromSeed(sum[:]).Public().(ed25519.PublicKey)
}

// RSA returns a public key of 2048 bits, to which nobody has the private one.
func RSA(seed string) *rsa.PublicKey {
	var n []byte
	for i := byte(0); len(n) < 256; i++ {
		sum := sha256.Sum256(append([]byte("attestationtest "+seed), i))
		n = append(n, sum[:]...)
	}
	n[0] |= 0x80
	n[255] |= 1
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: 65537}
}

// Authority is a certificate and its key: a maker's root, or a device's slot f9.
type Authority struct {
	Cert *x509.Certificate
	Key  crypto.Signer
}

// Alter changes a certificate before it is signed.
type Alter func(*x509.Certificate)

// NewMaker returns a maker's root, which signed itself with the key of its name.
func NewMaker(t testing.TB, name string, alter ...Alter) *Authority {
	t.Helper()
	key := ECDSA(t, name)
	c := template(name, key.Public())
	c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
	self := &Authority{c, key}
	self.Cert = self.sign(t, c, alter)
	return self
}

// Root is a maker of whom certificate and key are given.
func Root(cert *x509.Certificate, key any) *Authority { return &Authority{cert, key.(crypto.Signer)} }

// Roots are those of one maker.
func (a *Authority) Roots(t testing.TB) *attestation.Roots {
	t.Helper()
	r, err := attestation.NewRoots(a.Cert)
	must(t, err)
	return r
}

// Device returns slot f9 of a device that the maker made with this firmware; its key is that of the
// maker's name and the seed.
func (a *Authority) Device(t testing.TB, seed string, made attestation.Version, alter ...Alter) *Authority {
	t.Helper()
	key := ECDSA(t, a.Cert.Subject.CommonName+seed)
	c := template("YubiKey PIV Attestation", key.Public())
	c.IsCA, c.BasicConstraintsValid, c.MaxPathLenZero = true, true, true
	c.ExtraExtensions = []pkix.Extension{extension(3, []byte{made.Major, made.Minor, made.Patch})}
	return &Authority{a.sign(t, c, alter), key}
}

// Attest returns the DER of an attestation of a key, signed in slot f9.
func (a *Authority) Attest(t testing.TB, s attestation.Statement, alter ...Alter) []byte {
	t.Helper()
	c := template("YubiKey PIV Attestation "+s.Slot.String(), s.Key)
	c.ExtraExtensions = []pkix.Extension{extension(3, []byte{s.Firmware.Major, s.Firmware.Minor, s.Firmware.Patch})}
	if s.Serial != 0 {
		serial, err := asn1.Marshal(int64(s.Serial))
		must(t, err)
		c.ExtraExtensions = append(c.ExtraExtensions, extension(7, serial))
	}
	c.ExtraExtensions = append(c.ExtraExtensions,
		extension(8, []byte{byte(s.PIN), byte(s.Touch)}), extension(9, []byte{byte(s.FormFactor)}))
	return a.sign(t, c, alter).Raw
}

// Signing and Sealing are statements that production accepts, of the device 12345678 with firmware 5.7.4.
func Signing() attestation.Statement {
	s := Sealing(nil)
	s.Slot, s.Key = attestation.SlotSigning, Ed25519("signing")
	return s
}

// Sealing is the statement about a key in slot 82.
func Sealing(key crypto.PublicKey) attestation.Statement {
	return attestation.Statement{
		Slot: attestation.SlotFirstRetired, Key: key, Serial: 12345678, Firmware: attestation.Version{Major: 5, Minor: 7, Patch: 4},
		PIN: attestation.PINOnce, Touch: attestation.TouchAlways, FormFactor: 1,
	}
}

// Chain is a chain that production accepts under the maker, after the change of what is stated. Changed
// may be nil.
func (a *Authority) Chain(t testing.TB, changed func(signing, sealing *attestation.Statement)) *attestation.Chain {
	t.Helper()
	d := a.Device(t, "f9", attestation.Version{Major: 5, Minor: 7, Patch: 4})
	signing, sealing := Signing(), Sealing(ECDSA(t, "sealing").Public())
	if changed != nil {
		changed(&signing, &sealing)
	}
	return &attestation.Chain{Intermediate: d.Cert.Raw, Signing: d.Attest(t, signing), Sealing: d.Attest(t, sealing)}
}

// Extension replaces an extension's value, as often as it is called for one that is not there, and
// removes it when the value is nil.
func Extension(n int, value []byte) Alter {
	return func(c *x509.Certificate) {
		id := extension(n, nil).Id
		for i, e := range c.ExtraExtensions {
			if e.Id.Equal(id) {
				c.ExtraExtensions = append(c.ExtraExtensions[:i:i], c.ExtraExtensions[i+1:]...)
				break
			}
		}
		if value != nil {
			c.ExtraExtensions = append(c.ExtraExtensions, extension(n, value))
		}
	}
}

// sign signs c after its alterations and returns it as it is read.
func (a *Authority) sign(t testing.TB, c *x509.Certificate, alter []Alter) *x509.Certificate {
	t.Helper()
	for _, f := range alter {
		f(c)
	}
	der, err := x509.CreateCertificate(nil, c, a.Cert, c.PublicKey, a.Key)
	must(t, err)
	signed, err := x509.ParseCertificate(der)
	if err != nil { // as forged: it cannot be read back
		return &x509.Certificate{Raw: der}
	}
	return signed
}

// template is a certificate for a key, with a serial number that is a digest of both.
func template(name string, key crypto.PublicKey) *x509.Certificate {
	der, _ := x509.MarshalPKIXPublicKey(key)
	sum := sha256.Sum256(append([]byte(name), der...))
	sum[0] &= 0x7f
	return &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(sum[:16]), Subject: pkix.Name{CommonName: name},
		NotBefore: NotBefore, NotAfter: NotAfter, PublicKey: key, SubjectKeyId: sum[16:],
	}
}

func extension(n int, value []byte) pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 41482, 3, n}, Value: value}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
