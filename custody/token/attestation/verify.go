package attestation

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"time"

	"bailiff/custody/fault"
)

// The parts of a [Chain], as errors name them.
const (
	partDevice  = "f9"
	partSigning = "signing"
	partSealing = "sealing"
)

// parse reads one certificate and no byte more. [ErrExtension] is what crypto/x509 has no word for:
// an extension that is there twice.
func parse(der []byte) (*x509.Certificate, error) {
	switch {
	case len(der) == 0:
		return nil, ErrNone
	case len(der) > MaxCertificate:
		return nil, ErrCertificate
	}
	c, err := x509.ParseCertificate(der)
	switch {
	case err != nil && hasTwice(der):
		return nil, ErrExtension
	case err != nil, !bytes.Equal(c.Raw, der):
		return nil, ErrCertificate
	}
	return c, nil
}

// device is the certificate of slot f9, the firmware that it states, and who signed it.
type device struct {
	cert *x509.Certificate
	made Version
	by   issuer
}

// device reads the certificate of slot f9 and finds who signed it.
func (r *Roots) device(der []byte, at time.Time) (*device, error) {
	c, err := parse(der)
	if err != nil {
		return nil, err
	}
	by, err := r.issuerOf(c)
	if err != nil {
		return nil, err
	}
	if err := checkIntermediate(c); err != nil {
		return nil, err
	}
	made, _, err := firmware(c)
	if err != nil {
		return nil, err
	}
	for _, c := range append([]*x509.Certificate{c}, by.way...) {
		if at.Before(c.NotBefore) || at.After(c.NotAfter) {
			return nil, fault.At(c.Subject.CommonName, ErrDate)
		}
	}
	return &device{c, made, by}, nil
}

// issuerOf finds the issuer whose signature c bears. Several may have the name that c gives.
func (r *Roots) issuerOf(c *x509.Certificate) (issuer, error) {
	for _, i := range r.issuers {
		err := checkSigned(i.way[0], c)
		if err == nil || errors.Is(err, ErrAlgorithm) {
			return i, err
		}
	}
	return issuer{}, ErrRoot
}

// checkIntermediate refuses as f9's what Yubico signed for another purpose. The oldest devices have
// no basic constraints there; those that have must be allowed to sign.
func checkIntermediate(c *x509.Certificate) error {
	may := c.KeyUsage == 0 || c.KeyUsage&x509.KeyUsageCertSign != 0
	if !isDeviceName(c) || c.BasicConstraintsValid && !c.IsCA || !may {
		return ErrChain
	}
	return checkCritical(c)
}

// attested reads one attestation that the device signed.
func (d *device) attested(der []byte, at time.Time) (*Statement, error) {
	c, err := parse(der)
	if err != nil {
		return nil, err
	}
	if err := checkSigned(d.cert, c); err != nil {
		return nil, err
	}
	if at.Before(c.NotBefore) || at.After(c.NotAfter) {
		return nil, ErrDate
	}
	s, err := read(c)
	if err != nil {
		return nil, err
	}
	s.Made, s.FIPS, s.CSPN = d.made, s.FIPS || has(d.cert, oidFIPS), s.CSPN || has(d.cert, oidCSPN)
	return s, nil
}

// checkSigned checks that c names parent as its issuer and bears its signature, by an algorithm
// that YubiKeys and their maker use ([ErrChain], [ErrAlgorithm]).
func checkSigned(parent, c *x509.Certificate) error {
	if !bytes.Equal(parent.RawSubject, c.RawIssuer) {
		return ErrChain
	}
	switch c.SignatureAlgorithm {
	case x509.SHA256WithRSA, x509.SHA384WithRSA, x509.SHA512WithRSA, x509.ECDSAWithSHA256, x509.ECDSAWithSHA384:
	default:
		return ErrAlgorithm
	}
	switch key := parent.PublicKey.(type) {
	case *rsa.PublicKey:
		if key.N.BitLen() < 2048 {
			return ErrAlgorithm
		}
	case *ecdsa.PublicKey:
	default:
		return ErrAlgorithm
	}
	if parent.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) != nil {
		return ErrChain
	}
	return nil
}

// VerifyOne is [Roots.Verify] of one attestation, of any slot and of a key of any kind.
func (r *Roots) VerifyOne(intermediate, leaf []byte, at time.Time) (*Statement, error) {
	d, err := r.device(intermediate, at)
	if err != nil {
		return nil, fault.At(partDevice, err)
	}
	return d.attested(leaf, at)
}

// Verify checks that the chain leads to one of the roots, each certificate being valid at the given
// time; that both attestations are in the form of the package comment, of one device ([ErrDevice]),
// and of a key that can sign in slot 9c and one that can open in a retired slot ([ErrSlot],
// [ErrKey]). Whether it is good enough for production is for [Statements.CheckProduction].
// No chain is [ErrNone].
func (r *Roots) Verify(c *Chain, at time.Time) (*Statements, error) {
	if c == nil {
		return nil, ErrNone
	}
	d, err := r.device(c.Intermediate, at)
	if err != nil {
		return nil, fault.At(partDevice, err)
	}
	signing, err := d.attested(c.Signing, at)
	if err != nil {
		return nil, fault.At(partSigning, err)
	}
	sealing, err := d.attested(c.Sealing, at)
	if err != nil {
		return nil, fault.At(partSealing, err)
	}
	s := &Statements{Signing: *signing, Sealing: *sealing, Root: d.by.root().Subject.CommonName, Test: d.by.test}
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// Maker is whose device it is, by the certificate of its slot f9 alone. A card without any key yet
// has that and no more: it is a foretaste of what [Roots.Verify] will say once there are keys, and
// proves nothing by itself, since a certificate can be copied.
type Maker struct {
	Root string  // subject of the pinned root
	Test bool    // the root is the test root, whose private key is published
	Made Version // the firmware on the certificate; 0.0.0: not stated
}

// VerifyDevice looks at the certificate of slot f9, in DER, at the given time. Errors: as those of
// [Roots.Verify] about that certificate; [ErrNone] when there is none.
func (r *Roots) VerifyDevice(intermediate []byte, at time.Time) (*Maker, error) {
	d, err := r.device(intermediate, at)
	if err != nil {
		return nil, fault.At(partDevice, err)
	}
	return &Maker{Root: d.by.root().Subject.CommonName, Test: d.by.test, Made: d.made}, nil
}
