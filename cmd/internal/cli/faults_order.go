package cli

import (
	"bailiff/release/order"
)

// orderFaults are about orders and their signatures.
func orderFaults() []faultRow {
	return []faultRow{
		{order.ErrOtherVault, "order.other-vault", ExitOrder},
		{order.ErrMode, "order.mode", ExitOrder},
		{order.ErrOldRoster, "order.old-roster", ExitOrder},
		{order.ErrExpired, "order.expired", ExitOrder},
		{order.ErrNoRule, "order.no-rule", ExitOrder},
		{order.ErrWaiting, "order.waiting", ExitOrder},
		{order.ErrMissingPaper, "order.missing-paper", ExitOrder},
		{order.ErrSelfChecked, "order.self-checked", ExitOrder},
		{order.ErrTooShort, "order.too-short", ExitOrder},
		{order.ErrNotOfficer, "order.not-officer", ExitOrder},
		{order.ErrTooFew, "order.too-few", ExitQuorum},
		{order.ErrUnknownSigner, "order.unknown-signer", ExitOrder},
		{order.ErrTwice, "order.twice", ExitOrder},
		{order.ErrWrongSignature, "order.wrong-signature", ExitOrder},
		{order.ErrFuture, "order.future", ExitOrder},
		{order.ErrSignedLate, "order.signed-late", ExitOrder},
		{order.ErrLapsed, "order.lapsed", ExitOrder},
		{order.ErrBeforeKey, "order.before-key", ExitOrder},
		{order.ErrRevoked, "order.revoked", ExitOrder},
		{order.ErrKeyExpired, "order.key-expired", ExitOrder},
		{order.ErrNotValid, "order.not-valid", ExitOrder},
		{order.ErrNotSigning, "order.not-signing", ExitOrder},
		{order.ErrNoUserID, "order.no-user-id", ExitOrder},
		{order.ErrWeakKind, "order.weak-kind", ExitOrder},
		{order.ErrWeakKey, "order.weak-key", ExitOrder},
		{order.ErrWeakHash, "order.weak-hash", ExitOrder},
		{order.ErrTooManySignatures, "order.too-many-signatures", ExitOrder},
		{order.ErrOtherPacket, "order.other-packet", ExitOrder},
		{order.ErrHeader, "order.header", ExitOrder},
		{order.ErrArmored, "order.armored", ExitOrder},
		{order.ErrIsSignatures, "order.is-signatures", ExitMalformed},
		{order.ErrIsOrder, "order.is-order", ExitMalformed},
		{order.ErrVersion, "order.version", ExitOrder},
		{order.ErrType, "order.type", ExitOrder},
		{order.ErrAlgorithm, "order.algorithm", ExitOrder},
		{order.ErrHash, "order.hash", ExitOrder},
		{order.ErrIssuer, "order.issuer", ExitOrder},
		{order.ErrUnhashed, "order.unhashed", ExitOrder},
		{order.ErrSubpacket, "order.subpacket", ExitOrder},
		{order.ErrCritical, "order.critical", ExitOrder},
		{order.ErrEncoding, "order.encoding", ExitOrder},
		{order.ErrNoCreation, "order.no-creation", ExitOrder},
	}
}

// orderFormFaults are about orders, certificates and rosters as files.
func orderFormFaults() []faultRow {
	return []faultRow{
		{order.ErrTooLarge, "order.too-large", ExitMalformed},
		{order.ErrReason, "order.reason", ExitMalformed},
		{order.ErrPaper, "order.paper", ExitMalformed},
		{order.ErrCheckers, "order.checkers", ExitMalformed},
		{order.ErrReplaces, "order.replaces", ExitMalformed},
		{order.ErrTooLong, "order.too-long", ExitMalformed},
		{order.ErrTimes, "order.times", ExitMalformed},
		{order.ErrCertificate, "order.certificate", ExitDamaged},
		{order.ErrPacket, "order.packet", ExitMalformed},
		{order.ErrCertificateSize, "order.certificate-size", ExitMalformed},
		{order.ErrSecretKey, "order.secret-key", ExitPolicy},
		{order.ErrSeveral, "order.several", ExitMalformed},
		{order.ErrWeakCertificate, "order.weak-certificate", ExitPolicy},
		{order.ErrBackSignature, "order.back-signature", ExitDamaged},
		{order.ErrNotCanonical, "order.not-canonical", ExitMalformed},
		{order.ErrArmor, "order.armor", ExitMalformed},
		{order.ErrName, "order.name", ExitUsage},
		{order.ErrPassphrase, "order.passphrase", ExitDamaged},
		{order.ErrMismatch, "order.mismatch", ExitDamaged},
		{order.ErrNoSecret, "order.no-secret", ExitMalformed},
		{order.ErrShort, "order.short", ExitUsage},
		{order.ErrSigned, "order.signed", ExitExists},
		{order.ErrThreshold, "order.threshold", ExitPolicy},
		{order.ErrOfficers, "order.officers", ExitDamaged},
		{order.ErrSharedKey, "order.shared-key", ExitPolicy},
	}
}
