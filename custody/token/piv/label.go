package piv

import (
	"crypto"
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"time"

	"bailiff/custody/token/attestation"
)

// The certificate beside each key is a label: without one, a slot is empty to most tools, or show
// no public key. It names device, slot and purpose, and nobody.
//
// It is signed with a key that everybody has (the Ed25519 key of 32 zero bytes), so that to make it
// costs no touch, the signing slot signs no certificate, and the same key always gets the same bytes.
// It proves nothing; what proves is the device's attestation.
const (
	labelIssuer  = "bailiff (a label, proves nothing)"
	labelSigning = "bailiff signing"
	labelSealing = "bailiff sealing"
)

// labelEnd is "no end" in a certificate (RFC 5280 §4.1.2.5).
func labelEnd() time.Time { return time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC) }

func labelStart() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// label makes the certificate, in DER.
func label(serial string, slot attestation.Slot, key crypto.PublicKey) ([]byte, error) {
	purpose, usage := labelSealing, x509.KeyUsageKeyAgreement
	if slot == attestation.SlotSigning {
		purpose, usage = labelSigning, x509.KeyUsageDigitalSignature
	}
	everybodys := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	return x509.CreateCertificate(nil, &x509.Certificate{
		SerialNumber: big.NewInt(int64(slot)),
		Subject: pkix.Name{
			CommonName:         purpose,
			OrganizationalUnit: []string{"slot " + slot.String()},
			SerialNumber:       serial,
		},
		NotBefore: labelStart(), NotAfter: labelEnd(),
		KeyUsage:           usage,
		SignatureAlgorithm: x509.PureEd25519,
	}, &x509.Certificate{Subject: pkix.Name{CommonName: labelIssuer}}, key, everybodys)
}

// isLabel reports whether der is a label of that key.
func isLabel(der []byte, key crypto.PublicKey) bool {
	c, err := x509.ParseCertificate(der)
	if err != nil || c.Issuer.CommonName != labelIssuer || !equalKey(c.PublicKey, key) {
		return false
	}
	name := c.Subject.CommonName
	return name == labelSigning || name == labelSealing
}

// certificateContent is what a certificate object holds: uncompressed, without a check code (SP
// 800-73-4 part 1 appendix A).
func certificateContent(der []byte) []byte {
	b := appendElement(nil, tagCertificate, der)
	b = appendElement(b, tagCertInfo, []byte{0})
	return appendElement(b, tagCertCheck, nil)
}

// noted reports whether there is ykman's note that the management key can be read with the PIN.
func noted(d device) (bool, error) {
	content, err := d.object(objectNote)
	if gone(err) {
		return false, err
	}
	if err != nil {
		return false, nil
	}
	const protected = 2
	note, err := element(content, tagNote)
	if err != nil {
		return false, nil
	}
	fields, err := elements(note)
	flags := fields[tagNoteFlags]
	return err == nil && len(flags) == 1 && flags[0]&protected != 0, nil
}

// note is ykman's note: the management key can be read with the PIN.
func note() []byte { return []byte{tagNote, 3, tagNoteFlags, 1, 2} }
