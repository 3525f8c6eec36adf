package attestationtest

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"testing"
	"time"

	"bailiff/custody/token/attestation"
)

// MakerName is the maker under whose roots forgeries are tried.
const MakerName = "Sample PIV Root"

// Forgery is a chain that production must refuse under the roots of [MakerName], for one reason.
type Forgery struct {
	Case  int    // in the list of cases that must fail closed
	Title string // what is wrong, and nothing else is
	Err   error
	Chain *attestation.Chain
}

// forger is the maker, a device of its, and the statements about a good pair of keys.
type forger struct {
	testing.TB
	maker, device *Authority
	good          *attestation.Chain
	sealing       crypto.PublicKey
}

// Forgeries are all chains that must be refused.
func Forgeries(t testing.TB) []Forgery {
	t.Helper()
	m := NewMaker(t, MakerName)
	f := &forger{t, m, m.Device(t, "f9", Sealing(nil).Firmware), m.Chain(t, nil), ECDSA(t, "sealing").Public()}
	return slices.Concat(f.unsigned(), f.devices(), f.forms(), f.firmware(), f.policies(), f.pairs())
}

// leaf is the good chain with another attestation of the sealing key.
func (f *forger) leaf(der []byte) *attestation.Chain {
	return &attestation.Chain{Intermediate: f.good.Intermediate, Signing: f.good.Signing, Sealing: der}
}

// sealed is the good chain with the attestation of the sealing key altered before the device signed it.
func (f *forger) sealed(alter ...Alter) *attestation.Chain {
	return f.leaf(f.device.Attest(f, Sealing(f.sealing), alter...))
}

// under is a chain whose two attestations are by another device.
func (f *forger) under(d *Authority) *attestation.Chain {
	return &attestation.Chain{Intermediate: d.Cert.Raw, Signing: d.Attest(f, Signing()), Sealing: d.Attest(f, Sealing(f.sealing))}
}

// stated is the good chain after a change of what both attestations state.
func (f *forger) stated(change func(signing, sealing *attestation.Statement)) *attestation.Chain {
	return f.maker.Chain(f, change)
}

// unsigned are attestations that the device did not sign.
func (f *forger) unsigned() []Forgery {
	key := ECDSA(f, "sealing")
	own := &Authority{&x509.Certificate{Subject: pkix.Name{CommonName: "YubiKey PIV Attestation 82"}}, key}
	asDevice := &Authority{&x509.Certificate{RawSubject: f.device.Cert.RawSubject}, ECDSA(f, "thief")}
	other := f.maker.Device(f, "f9 of another line", Sealing(nil).Firmware)
	renamed := &Authority{&x509.Certificate{RawSubject: f.maker.Cert.RawSubject}, f.device.Key}
	serial, _ := asn1.Marshal(12345678)
	altered := bytes.Replace(f.good.Sealing, serial, []byte{2, 4, 0, 0xbc, 0x61, 0x4f}, 1)
	point := key.Public().(interface{ Bytes() ([]byte, error) })
	good, err := point.Bytes()
	must(f, err)
	bad, err := ECDSA(f, "software").Public().(interface{ Bytes() ([]byte, error) }).Bytes()
	must(f, err)
	return []Forgery{
		{50, "an attestation that signed itself", attestation.ErrChain, f.leaf(own.Attest(f, Sealing(f.sealing)))},
		{50, "an attestation under the device's name by another key", attestation.ErrChain, f.leaf(asDevice.Attest(f, Sealing(f.sealing)))},
		{50, "an attestation by another device", attestation.ErrChain, f.leaf(other.Attest(f, Sealing(f.sealing)))},
		{50, "a signing key's attestation by another device", attestation.ErrChain, &attestation.Chain{Intermediate: f.good.Intermediate, Signing: other.Attest(f, Signing()), Sealing: f.good.Sealing}},
		{50, "an attestation that names another device", attestation.ErrChain, f.leaf(renamed.Attest(f, Sealing(f.sealing)))},
		{50, "another device's certificate", attestation.ErrChain, &attestation.Chain{Intermediate: other.Cert.Raw, Signing: f.good.Signing, Sealing: f.good.Sealing}},
		{53, "an attestation whose serial is altered", attestation.ErrChain, f.leaf(altered)},
		{53, "an attestation whose key is altered", attestation.ErrChain, f.leaf(bytes.Replace(f.good.Sealing, good, bad, 1))},
	}
}

// devices are certificates of slot f9 that the maker did not sign, or not as that.
func (f *forger) devices() []Forgery {
	self := NewMaker(f, "YubiKey PIV Attestation")
	twin := &Authority{&x509.Certificate{RawSubject: f.maker.Cert.RawSubject}, ECDSA(f, "twin")}
	attested := ECDSA(f, "attested")
	asCA := &Authority{Key: attested}
	as := Sealing(attested.Public())
	asCA.Cert = f.device.sign(f, template("YubiKey PIV Attestation "+as.Slot.String(), as.Key), nil)
	version := Sealing(nil).Firmware
	device := func(alter Alter) *attestation.Chain { return f.under(f.maker.Device(f, "f9", version, alter)) }
	return []Forgery{
		{50, "a device that signed itself", attestation.ErrRoot, f.under(self)},
		{50, "a device by another root of the same name", attestation.ErrRoot, f.under(twin.Device(f, "f9", version))},
		{50, "an attested key that attests", attestation.ErrRoot, f.under(asCA)},
		{50, "the root itself as a device", attestation.ErrChain, f.under(f.maker)},
		{50, "a certificate that the maker signed for another purpose", attestation.ErrChain, device(func(c *x509.Certificate) { c.Subject.CommonName = "FIDO Attestation" })},
		{50, "a device's certificate that may not sign", attestation.ErrChain, device(func(c *x509.Certificate) { c.IsCA, c.MaxPathLenZero = false, false })},
		{50, "a device's certificate that may sign messages only", attestation.ErrChain, device(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageDigitalSignature })},
		{50, "a device's certificate that has expired", attestation.ErrDate, device(func(c *x509.Certificate) { c.NotAfter = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) })},
		{50, "a device's certificate whose time has not come", attestation.ErrDate, device(func(c *x509.Certificate) { c.NotBefore = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) })},
		{50, "a device's certificate signed with SHA-1", attestation.ErrAlgorithm, device(func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 })},
	}
}

// forms are attestations of another form than the device gives them.
func (f *forger) forms() []Forgery {
	again := func(n int, value []byte) Alter {
		return func(c *x509.Certificate) { c.ExtraExtensions = append(c.ExtraExtensions, extension(n, value)) }
	}
	critical := func(c *x509.Certificate) {
		e := extension(99, []byte{1})
		e.Critical = true
		c.ExtraExtensions = append(c.ExtraExtensions, e)
	}
	subject := func(name string) Alter { return func(c *x509.Certificate) { c.Subject.CommonName = name } }
	return []Forgery{
		{50, "an attestation signed with SHA-1", attestation.ErrAlgorithm, f.sealed(func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 })},
		{50, "a byte behind an attestation", attestation.ErrCertificate, f.leaf(append(bytes.Clone(f.good.Sealing), 0))},
		{50, "an attestation of more than 4096 bytes", attestation.ErrCertificate, f.sealed(again(99, make([]byte, attestation.MaxCertificate)))},
		{50, "no attestation of the sealing key", attestation.ErrNone, f.leaf(nil)},
		{50, "an extension twice", attestation.ErrExtension, f.sealed(again(8, []byte{2, 2}))},
		{50, "an extension that is critical and unknown", attestation.ErrExtension, f.sealed(critical)},
		{50, "an attestation that has expired", attestation.ErrDate, f.sealed(func(c *x509.Certificate) { c.NotAfter = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) })},
		{50, "an attestation whose time has not come", attestation.ErrDate, f.sealed(func(c *x509.Certificate) { c.NotBefore = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) })},
		{50, "an attestation that may sign certificates", attestation.ErrSubject, f.sealed(func(c *x509.Certificate) { c.IsCA, c.BasicConstraintsValid = true, true })},
		{51, "no firmware", attestation.ErrExtension, f.sealed(Extension(3, nil))},
		{51, "a firmware of two numbers", attestation.ErrExtension, f.sealed(Extension(3, []byte{5, 7}))},
		{52, "no policies", attestation.ErrExtension, f.sealed(Extension(8, nil))},
		{52, "policies of one byte", attestation.ErrExtension, f.sealed(Extension(8, []byte{2}))},
		{52, "a PIN policy of 0", attestation.ErrExtension, f.sealed(Extension(8, []byte{0, 2}))},
		{52, "a PIN policy that does not exist", attestation.ErrExtension, f.sealed(Extension(8, []byte{6, 2}))},
		{52, "a touch policy of 0", attestation.ErrExtension, f.sealed(Extension(8, []byte{2, 0}))},
		{52, "a touch policy that does not exist", attestation.ErrExtension, f.sealed(Extension(8, []byte{2, 4}))},
		{52, "a certificate that the device signed and that is no attestation", attestation.ErrSubject, f.sealed(subject("Anne Exemple"))},
		{52, "a form factor of two bytes", attestation.ErrExtension, f.sealed(Extension(9, []byte{1, 1}))},
		{52, "an attestation's subject with an organisation", attestation.ErrSubject, f.sealed(organisation)},
		{52, "an attestation's subject of two names in one", attestation.ErrSubject, f.sealed(twoNames)},
		{53, "a subject that is a slot alone", attestation.ErrSubject, f.sealed(subject("82"))},
		{53, "a slot in capital letters", attestation.ErrSubject, f.sealed(subject("YubiKey PIV Attestation 8A"))},
		{53, "a slot of four digits", attestation.ErrSubject, f.sealed(subject("YubiKey PIV Attestation 8282"))},
		{53, "a slot of three digits", attestation.ErrSubject, f.sealed(subject("YubiKey PIV Attestation 082"))},
		{53, "a negative serial", attestation.ErrExtension, f.sealed(Extension(7, []byte{2, 1, 0xff}))},
		{53, "a serial with a byte behind it", attestation.ErrExtension, f.sealed(Extension(7, []byte{2, 1, 1, 0}))},
		{53, "a serial of five bytes", attestation.ErrExtension, f.sealed(Extension(7, []byte{2, 5, 1, 0, 0, 0, 0}))},
	}
}

// organisation is a subject with a second part.
func organisation(c *x509.Certificate) {
	cn, o := asn1.ObjectIdentifier{2, 5, 4, 3}, asn1.ObjectIdentifier{2, 5, 4, 10}
	c.RawSubject, _ = asn1.Marshal(pkix.RDNSequence{{{Type: cn, Value: "YubiKey PIV Attestation 82"}}, {{Type: o, Value: "Sample"}}})
}

// twoNames is a subject whose one part has two values.
func twoNames(c *x509.Certificate) {
	cn := asn1.ObjectIdentifier{2, 5, 4, 3}
	c.RawSubject, _ = asn1.Marshal(pkix.RDNSequence{{{Type: cn, Value: "YubiKey PIV Attestation 82"}, {Type: cn, Value: "YubiKey PIV Attestation 83"}}})
}

func (f *forger) firmware() []Forgery {
	old := attestation.Version{Major: 5, Minor: 4, Patch: 3}
	return []Forgery{
		{51, "firmware 5.4.3", attestation.ErrFirmware, f.stated(func(a, b *attestation.Statement) { a.Firmware, b.Firmware = old, old })},
		{51, "a device made with 5.4.3 that states 5.7.4", attestation.ErrFirmware, f.under(f.maker.Device(f, "f9", old))},
		{51, "a device's certificate without a firmware", attestation.ErrFirmware, f.under(f.maker.Device(f, "f9", old, Extension(3, nil)))},
		{51, "a device's certificate with a firmware of two numbers", attestation.ErrExtension, f.under(f.maker.Device(f, "f9", old, Extension(3, []byte{5, 7})))},
		{51, "two firmwares", attestation.ErrDevice, f.stated(func(_, b *attestation.Statement) { b.Firmware.Patch++ })},
	}
}

func (f *forger) policies() []Forgery {
	return []Forgery{
		{52, "a sealing key without PIN", attestation.ErrPINPolicy, f.stated(func(_, b *attestation.Statement) { b.PIN = attestation.PINNever })},
		{52, "a signing key without PIN", attestation.ErrPINPolicy, f.stated(func(a, _ *attestation.Statement) { a.PIN = attestation.PINNever })},
		{52, "a sealing key that asks for the PIN before each use", attestation.ErrPINPolicy, f.stated(func(_, b *attestation.Statement) { b.PIN = attestation.PINAlways })},
		{52, "a signing key that asks for the PIN before each use", attestation.ErrPINPolicy, f.stated(func(a, _ *attestation.Statement) { a.PIN = attestation.PINAlways })},
		{52, "a fingerprint in place of the PIN", attestation.ErrPINPolicy, f.stated(func(_, b *attestation.Statement) { b.PIN = attestation.PINMatchOnce })},
		{52, "a sealing key without touch", attestation.ErrTouchPolicy, f.stated(func(_, b *attestation.Statement) { b.Touch = attestation.TouchNever })},
		{52, "a sealing key whose touch is cached", attestation.ErrTouchPolicy, f.stated(func(_, b *attestation.Statement) { b.Touch = attestation.TouchCached })},
		{52, "a signing key without touch", attestation.ErrTouchPolicy, f.stated(func(a, _ *attestation.Statement) { a.Touch = attestation.TouchNever })},
	}
}

// pairs are attestations each of which is good, but not the two of them, or not for what they are for.
func (f *forger) pairs() []Forgery {
	return []Forgery{
		{53, "the two attestations in each other's place", attestation.ErrSlot, &attestation.Chain{Intermediate: f.good.Intermediate, Signing: f.good.Sealing, Sealing: f.good.Signing}},
		{53, "a sealing key in slot 9d", attestation.ErrSlot, f.stated(func(_, b *attestation.Statement) { b.Slot = 0x9d })},
		{53, "a sealing key in slot 96", attestation.ErrSlot, f.stated(func(_, b *attestation.Statement) { b.Slot = attestation.SlotLastRetired + 1 })},
		{53, "a signing key in slot 9a", attestation.ErrSlot, f.stated(func(a, _ *attestation.Statement) { a.Slot = 0x9a })},
		{53, "two serials", attestation.ErrDevice, f.stated(func(_, b *attestation.Statement) { b.Serial++ })},
		{53, "a serial in one attestation only", attestation.ErrDevice, f.stated(func(_, b *attestation.Statement) { b.Serial = 0 })},
		{53, "no serial in either", attestation.ErrExtension, f.stated(func(a, b *attestation.Statement) { a.Serial, b.Serial = 0, 0 })},
		{53, "two form factors", attestation.ErrDevice, f.stated(func(_, b *attestation.Statement) { b.FormFactor = 3 })},
		{53, "an RSA key in the sealing slot", attestation.ErrKey, f.stated(func(_, b *attestation.Statement) { b.Key = RSA("sealing") })},
		{53, "an Ed25519 key in the sealing slot", attestation.ErrKey, f.stated(func(_, b *attestation.Statement) { b.Key = Ed25519("sealing") })},
		{53, "an RSA signing key", attestation.ErrKey, f.stated(func(a, _ *attestation.Statement) { a.Key = RSA("signing") })},
		{53, "a P-256 signing key in production", attestation.ErrKey, f.stated(func(a, _ *attestation.Statement) { a.Key = ECDSA(f, "signing").Public() })},
	}
}
