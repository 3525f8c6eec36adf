package attestation

import (
	"cmp"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"math"
	"slices"
	"strings"
)

// The extensions, under Yubico's arc for PIV.
var (
	oidFirmware = yubico3(3)
	oidSerial   = yubico3(7)
	oidPolicies = yubico3(8)
	oidForm     = yubico3(9)
	oidFIPS     = yubico3(10)
	oidCSPN     = yubico3(11)
)

func yubico3(n int) asn1.ObjectIdentifier {
	return asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 41482, 3, n}
}

// subjectOf is what an attestation's subject begins with; the slot follows.
const subjectOf = "YubiKey PIV Attestation "

// isDeviceName reports whether c's subject is one that f9's certificates have.
func isDeviceName(c *x509.Certificate) bool {
	name, ok := commonName(c)
	return ok && (name == "Yubico PIV Attestation" || name == "YubiKey PIV Attestation")
}

// commonName returns c's subject if it is a common name and nothing else.
func commonName(c *x509.Certificate) (string, bool) {
	var name pkix.RDNSequence
	rest, err := asn1.Unmarshal(c.RawSubject, &name)
	if err != nil || len(rest) > 0 || len(name) != 1 || len(name[0]) != 1 {
		return "", false
	}
	value, ok := name[0][0].Value.(string)
	return value, ok && name[0][0].Type.Equal(asn1.ObjectIdentifier{2, 5, 4, 3})
}

// read reads what an attestation states. A key of which crypto/x509 does not know the algorithm is [ErrKey].
func read(c *x509.Certificate) (*Statement, error) {
	slot, err := slotOf(c)
	if err != nil {
		return nil, err
	}
	switch {
	case c.IsCA:
		return nil, ErrSubject
	case c.PublicKey == nil:
		return nil, ErrKey
	}
	if err := checkCritical(c); err != nil {
		return nil, err
	}
	s := &Statement{Slot: slot, Key: c.PublicKey, FIPS: has(c, oidFIPS), CSPN: has(c, oidCSPN)}
	var stated bool
	if s.Firmware, stated, err = firmware(c); err != nil || !stated {
		return nil, ErrExtension
	}
	err = cmp.Or(s.readPolicies(value(c, oidPolicies)), s.readSerial(value(c, oidSerial)), s.readForm(value(c, oidForm)))
	if err != nil {
		return nil, err
	}
	return s, nil
}

// slotOf reads the slot from the subject: two digits, in lower case.
func slotOf(c *x509.Certificate) (Slot, error) {
	name, ok := commonName(c)
	digits, found := strings.CutPrefix(name, subjectOf)
	b, err := hex.DecodeString(digits)
	if !ok || !found || err != nil || len(b) != 1 || digits != strings.ToLower(digits) {
		return 0, ErrSubject
	}
	return Slot(b[0]), nil
}

// firmware reads the firmware, which the certificate may not state.
func firmware(c *x509.Certificate) (v Version, stated bool, err error) {
	b := value(c, oidFirmware)
	if b == nil {
		return v, false, nil
	}
	if len(b) != 3 {
		return v, false, ErrExtension
	}
	return Version{b[0], b[1], b[2]}, true, nil
}

func (s *Statement) readPolicies(b []byte) error {
	if len(b) != 2 {
		return ErrExtension
	}
	s.PIN, s.Touch = PINPolicy(b[0]), TouchPolicy(b[1])
	if s.PIN < PINNever || s.PIN > PINMatchAlways || s.Touch < TouchNever || s.Touch > TouchCached {
		return ErrExtension
	}
	return nil
}

func (s *Statement) readSerial(b []byte) error {
	if b == nil {
		return nil
	}
	var n int64
	rest, err := asn1.Unmarshal(b, &n)
	if err != nil || len(rest) > 0 || n < 1 || n > math.MaxUint32 {
		return ErrExtension
	}
	s.Serial = uint32(n)
	return nil
}

func (s *Statement) readForm(b []byte) error {
	if b == nil {
		return nil
	}
	if len(b) != 1 {
		return ErrExtension
	}
	s.FormFactor = FormFactor(b[0])
	s.FIPS = s.FIPS || s.FormFactor&formFIPS != 0
	return nil
}

// value returns an extension's value, nil if it is not there. crypto/x509 refuses an extension that is there twice.
func value(c *x509.Certificate, id asn1.ObjectIdentifier) []byte {
	i := slices.IndexFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(id) })
	if i < 0 {
		return nil
	}
	return c.Extensions[i].Value[:len(c.Extensions[i].Value):len(c.Extensions[i].Value)]
}

func has(c *x509.Certificate, id asn1.ObjectIdentifier) bool { return value(c, id) != nil }

// checkCritical refuses a critical extension that neither this package nor crypto/x509 knows.
func checkCritical(c *x509.Certificate) error {
	known := []asn1.ObjectIdentifier{oidFirmware, oidSerial, oidPolicies, oidForm, oidFIPS, oidCSPN}
	for _, id := range c.UnhandledCriticalExtensions {
		if !slices.ContainsFunc(known, id.Equal) {
			return ErrExtension
		}
	}
	return nil
}

// hasTwice reports whether der is a certificate with an extension that is there twice.
func hasTwice(der []byte) bool {
	var c struct {
		TBS struct {
			Raw        asn1.RawContent
			Version    int `asn1:"optional,explicit,default:0,tag:0"`
			Serial     asn1.RawValue
			Algorithm  asn1.RawValue
			Issuer     asn1.RawValue
			Validity   asn1.RawValue
			Subject    asn1.RawValue
			Key        asn1.RawValue
			IssuerID   asn1.BitString   `asn1:"optional,tag:1"`
			SubjectID  asn1.BitString   `asn1:"optional,tag:2"`
			Extensions []pkix.Extension `asn1:"optional,explicit,tag:3"`
		}
		Algorithm asn1.RawValue
		Signature asn1.BitString
	}
	if rest, err := asn1.Unmarshal(der, &c); err != nil || len(rest) > 0 {
		return false
	}
	seen := map[string]bool{}
	for _, e := range c.TBS.Extensions {
		if seen[e.Id.String()] {
			return true
		}
		seen[e.Id.String()] = true
	}
	return false
}
