package attestation

import "errors"

// The ways in which a chain can be refused whatever it is for.
var (
	// ErrNone: there is no chain, or a part of it is missing.
	ErrNone = errors.New("attestation: none given")
	// ErrForm: the text is not that of [Chain.Format].
	ErrForm = errors.New("attestation: not three certificates in base64")
	// ErrCertificate: not one X.509 certificate in DER, or one of more than [MaxCertificate] bytes.
	ErrCertificate = errors.New("attestation: not a certificate in its only form")
	// ErrRoot: no pinned certificate has signed the one of slot f9.
	ErrRoot = errors.New("attestation: the device's certificate is by no known maker")
	// ErrChain: the attestation is not signed by the certificate of slot f9, or that one may not sign.
	ErrChain = errors.New("attestation: not signed by the device's certificate")
	// ErrAlgorithm: signed with an algorithm or a key that is too weak, or that no YubiKey uses.
	ErrAlgorithm = errors.New("attestation: signed with an algorithm that is not accepted")
	// ErrDate: a certificate of the chain is not valid at the given time.
	ErrDate = errors.New("attestation: a certificate is not valid at that time")
	// ErrSubject: the certificate is not an attestation, by its subject: the one that stands in the slot?
	ErrSubject = errors.New("attestation: the certificate is not an attestation")
	// ErrExtension: an extension is missing, there twice, critical and unknown, or not in its form.
	ErrExtension = errors.New("attestation: an extension is missing, twice or not in its form")
	// ErrDevice: the certificates are not of one device, by serial number or firmware.
	ErrDevice = errors.New("attestation: the certificates are not of one device")
	// ErrSlot: an attested key is not in the slot that it should be in.
	ErrSlot = errors.New("attestation: a key is in another slot")
	// ErrKey: an attested key is not of the algorithm that its use needs.
	ErrKey = errors.New("attestation: a key of another algorithm")
)

// The ways in which a chain that verifies can be refused in production.
var (
	// ErrTestRoot: the chain leads to the test root.
	ErrTestRoot = errors.New("attestation: by the test root, for rehearsals only")
	// ErrFirmware: the firmware is below [MinFirmware].
	ErrFirmware = errors.New("attestation: the firmware is too old")
	// ErrPINPolicy: a key does not ask for the PIN once a session.
	ErrPINPolicy = errors.New("attestation: the key's PIN policy is not accepted")
	// ErrTouchPolicy: a key can be used without a touch.
	ErrTouchPolicy = errors.New("attestation: the key's touch policy is not accepted")
)
