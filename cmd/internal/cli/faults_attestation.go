package cli

import "bailiff/custody/token/attestation"

// attestationFaults are about what a device states of its keys.
func attestationFaults() []faultRow {
	return []faultRow{
		{attestation.ErrNone, "attestation.none", ExitPolicy},
		{attestation.ErrForm, "attestation.form", ExitMalformed},
		{attestation.ErrCertificate, "attestation.certificate", ExitMalformed},
		{attestation.ErrRoot, "attestation.root", ExitDamaged},
		{attestation.ErrChain, "attestation.chain", ExitDamaged},
		{attestation.ErrAlgorithm, "attestation.algorithm", ExitDamaged},
		{attestation.ErrDate, "attestation.date", ExitDamaged},
		{attestation.ErrSubject, "attestation.subject", ExitDamaged},
		{attestation.ErrExtension, "attestation.extension", ExitDamaged},
		{attestation.ErrDevice, "attestation.device", ExitDamaged},
		{attestation.ErrSlot, "attestation.slot", ExitDamaged},
		{attestation.ErrKey, "attestation.key", ExitPolicy},
		{attestation.ErrTestRoot, "attestation.test-root", ExitPolicy},
		{attestation.ErrFirmware, "attestation.firmware", ExitPolicy},
		{attestation.ErrPINPolicy, "attestation.pin-policy", ExitPolicy},
		{attestation.ErrTouchPolicy, "attestation.touch-policy", ExitPolicy},
	}
}
