// Package attestation verifies what a YubiKey says about the keys in it: that they were born in
// the device, in which slot, under which PIN and touch policies, and of which serial number and
// firmware the device is.
//
// A YubiKey attests a key of its PIV applet with an X.509 certificate that it signs in slot f9.
// The certificate of f9 was signed by Yubico when the device was made:
//
//	root (pinned) [ - intermediates (pinned) ] - certificate of slot f9 - attestation of one key
//
// A [Chain] holds what the device gives: f9's certificate and the attestations of the two keys of a
// custodian's token. All above f9 is pinned in this package (roots/README.md names source, date and
// digest of each file). An attestation has the subject "YubiKey PIV Attestation xx", xx the slot in
// hexadecimal, and these extensions, each at most once, whose value is not wrapped further:
//
//	1.3.6.1.4.1.41482.3.3   firmware: 3 bytes, major, minor, patch
//	1.3.6.1.4.1.41482.3.7   serial number: DER INTEGER, 1 to 2^32-1; absent from firmware 4
//	1.3.6.1.4.1.41482.3.8   policies: 2 bytes, PIN (1 to 5), touch (1 to 3)
//	1.3.6.1.4.1.41482.3.9   form factor: 1 byte; absent from firmware 4
//	1.3.6.1.4.1.41482.3.10  FIPS: its presence says so, on f9's certificate or here
//	1.3.6.1.4.1.41482.3.11  CSPN: likewise
//
// The certificate of slot f9 states the firmware too, by the same extension, but that of its production
// line: genuine devices of 4.3.5 have one that says 4.3.4, and devices of one line share one key. So the
// serial number is what tells devices apart, and f9's certificate is held to production's least firmware
// for itself: the attestation key of an old device, should one get out, cannot vouch for a new one.
//
// Any other extension is left alone unless it is critical: firmware to come may state more, only the
// device itself could have put it there, and refusing it would refuse honest tokens.
//
// Dates. A YubiKey has no clock: an attestation bears the dates of f9's certificate, which are those
// of a production line (2016 to 2052) or have no end (the year 9999). Nothing is read from them. They
// are checked, for each certificate up to the root, at the time that the caller gives: that of the
// enrolment. A policy verifies in thirty years as it did on its day, whatever has expired since; who
// learns that a root was broken withdraws it from the package, and does not wait for its date.
//
// Were this package wrong, a key that was made in software, or copied before it was imported, could
// pass for one that never left a device, and whoever holds the copy would hold a custodian's share.
package attestation

import (
	"crypto"
	"encoding/base64"
	"errors"
	"strings"
)

// MaxCertificate is how long a certificate may be, in bytes of DER. Those of YubiKeys have 500 to 1,000.
const MaxCertificate = 4096

// Chain is what a token gives to prove where its keys were born: three certificates in DER, each of
// at most [MaxCertificate] bytes.
type Chain struct {
	Intermediate []byte // of slot f9, signed by Yubico
	Signing      []byte // attestation of the key in slot 9c
	Sealing      []byte // attestation of the key in a retired slot, 82 to 95
}

// Statement is what a device states about one of its keys, and about itself.
type Statement struct {
	Slot       Slot
	Key        crypto.PublicKey // as crypto/x509 gives it
	Serial     uint32           // of the device, as printed on it; 0: not stated (firmware 4)
	Firmware   Version
	Made       Version // the firmware on f9's certificate, which Yubico signed; 0.0.0: not stated
	PIN        PINPolicy
	Touch      TouchPolicy
	FormFactor FormFactor
	FIPS, CSPN bool
}

// Statements are what one device states about the two keys of a custodian's token.
type Statements struct {
	Signing, Sealing Statement
	Root             string // subject of the pinned root that the chain leads to
	Test             bool   // the root is the test root, whose private key is published
}

// maxText is how long the text of one certificate may be.
var maxText = base64.StdEncoding.EncodedLen(MaxCertificate)

// Format returns the chain as one line: the DER of its three certificates in standard base64 (RFC 4648,
// section 4, padded), those of slot f9, of the signing key and of the sealing key, with a blank between.
func (c *Chain) Format() string {
	e := base64.StdEncoding.EncodeToString
	return e(c.Intermediate) + " " + e(c.Signing) + " " + e(c.Sealing)
}

// ParseChain reads what [Chain.Format] writes, in its only encoding ([ErrForm]). Each part is of 1 to
// [MaxCertificate] bytes; whether they are certificates is for [Roots.Verify]. No text is [ErrNone].
func ParseChain(text string) (*Chain, error) {
	switch {
	case text == "":
		return nil, ErrNone
	case len(text) > 3*maxText+2:
		return nil, ErrForm
	}
	words := strings.Split(text, " ")
	if len(words) != 3 {
		return nil, ErrForm
	}
	var parts [3][]byte
	for i, w := range words {
		b, err := base64.StdEncoding.Strict().DecodeString(w)
		if err != nil || len(b) == 0 || len(b) > MaxCertificate || base64.StdEncoding.EncodeToString(b) != w {
			return nil, ErrForm
		}
		parts[i] = b
	}
	return &Chain{Intermediate: parts[0], Signing: parts[1], Sealing: parts[2]}, nil
}

// The ways in which a chain can be refused whatever it is for.
var (
	ErrNone        = errors.New("attestation: none given") // or a part of it is missing
	ErrForm        = errors.New("attestation: not three certificates in base64")
	ErrCertificate = errors.New("attestation: not a certificate in its only form")            // DER of at most [MaxCertificate] bytes
	ErrRoot        = errors.New("attestation: the device's certificate is by no known maker") // that of slot f9
	ErrChain       = errors.New("attestation: not signed by the device's certificate")        // or that one may not sign
	ErrAlgorithm   = errors.New("attestation: signed with an algorithm that is not accepted") // or a key that is too weak
	ErrDate        = errors.New("attestation: a certificate is not valid at that time")
	ErrSubject     = errors.New("attestation: the certificate is not an attestation") // the one that stands in the slot?
	ErrExtension   = errors.New("attestation: an extension is missing, twice or not in its form")
	ErrDevice      = errors.New("attestation: the certificates are not of one device") // by serial number or firmware
	ErrSlot        = errors.New("attestation: a key is in another slot")
	ErrKey         = errors.New("attestation: a key of another algorithm") // than its use needs
)

// The ways in which a chain that verifies can be refused in production.
var (
	ErrTestRoot    = errors.New("attestation: by the test root, for rehearsals only")
	ErrFirmware    = errors.New("attestation: the firmware is too old")                // below [MinFirmware]
	ErrPINPolicy   = errors.New("attestation: the key's PIN policy is not accepted")   // not once a session
	ErrTouchPolicy = errors.New("attestation: the key's touch policy is not accepted") // it can be used without a touch
)
