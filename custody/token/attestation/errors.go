package attestation

import "errors"

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
