package cli

import (
	"bailiff/custody/keypair"
	"bailiff/custody/words"
	"bailiff/keyceremony"
	"bailiff/keyceremony/generator"
	"bailiff/keyceremony/keybatch"
	"bailiff/keyceremony/script"
)

// ceremonyFaults are about ceremonies and their scripts.
func ceremonyFaults() []faultRow {
	return []faultRow{
		{keyceremony.ErrOtherScript, "keyceremony.other-script", ExitUnfinished},
		{script.ErrCounts, "script.counts", ExitMalformed},
		{script.ErrVault, "script.vault", ExitPolicy},
		{script.ErrMode, "script.mode", ExitPolicy},
		{script.ErrProfile, "script.profile", ExitPolicy},
		{script.ErrBulk, "script.bulk", ExitMalformed},
		{script.ErrNoWitness, "script.no-witness", ExitPolicy},
		{script.ErrNoBailiff, "script.no-bailiff", ExitPolicy},
		{script.ErrPartial, "script.partial", ExitPolicy},
		{keyceremony.ErrDie, "keyceremony.die", ExitUsage},
		{keyceremony.ErrFewDice, "keyceremony.few-dice", ExitUsage},
		{keyceremony.ErrManyDice, "keyceremony.many-dice", ExitUsage},
		{keyceremony.ErrAlikeDice, "keyceremony.alike-dice", ExitUsage},
		{generator.ErrStart, "generator.start", ExitFailure},
		{generator.ErrDied, "generator.died", ExitFailure},
		{generator.ErrShort, "generator.short", ExitFailure},
		{generator.ErrOutput, "generator.output", ExitDamaged},
		{generator.ErrParent, "generator.parent", ExitUnfinished},
		{generator.ErrJob, "generator.job", ExitMalformed},
	}
}

// keybatchFaults are about public batches.
func keybatchFaults() []faultRow {
	return []faultRow{
		{keybatch.ErrMode, "keybatch.mode", ExitPolicy},
		{keybatch.ErrVault, "keybatch.vault", ExitDamaged},
		{keybatch.ErrMissing, "keybatch.missing", ExitDamaged},
		{keybatch.ErrUnexpected, "keybatch.unexpected", ExitDamaged},
		{keybatch.ErrNotPublished, "keybatch.not-published", ExitDamaged},
		{keybatch.ErrCounts, "keybatch.counts", ExitDamaged},
		{keybatch.ErrProfile, "keybatch.profile", ExitDamaged},
		{keybatch.ErrBatch, "keybatch.batch", ExitDamaged},
		{keybatch.ErrDigest, "keybatch.digest", ExitDamaged},
		{keybatch.ErrPolicyEntry, "keybatch.policy-entry", ExitDamaged},
		{keybatch.ErrEntries, "keybatch.entries", ExitDamaged},
		{keybatch.ErrEntryNumber, "keybatch.entry-number", ExitDamaged},
		{keybatch.ErrTime, "keybatch.time", ExitDamaged},
		{keybatch.ErrRoot, "keybatch.root", ExitDamaged},
		{keybatch.ErrManifest, "keybatch.manifest", ExitDamaged},
		{keybatch.ErrBurntList, "keybatch.burnt-list", ExitDamaged},
		{keybatch.ErrReserveList, "keybatch.reserve-list", ExitDamaged},
		{keybatch.ErrLeaves, "keybatch.leaves", ExitMalformed},
		{keybatch.ErrRole, "keybatch.role", ExitDamaged},
		{keybatch.ErrDuplicate, "keybatch.duplicate", ExitDamaged},
		{keybatch.ErrEnrolment, "keybatch.enrolment", ExitDamaged},
		{keybatch.ErrKey, "keybatch.key", ExitDamaged},
		{keybatch.ErrNoSuchKey, "keybatch.no-such-key", ExitOrder},
		{keybatch.ErrFingerprint, "keybatch.fingerprint", ExitDamaged},
		{keybatch.ErrArmor, "keybatch.armor", ExitDamaged},
		{keybatch.ErrTree, "keybatch.tree", ExitDamaged},
	}
}

// keypairFaults are about key pairs.
func keypairFaults() []faultRow {
	return []faultRow{
		{keypair.ErrRoundTrip, "keypair.round-trip", ExitDamaged},
		{keypair.ErrProfile, "keypair.profile", ExitPolicy},
		{keypair.ErrMark, "keypair.mark", ExitPolicy},
		{keypair.ErrUserID, "keypair.user-id", ExitDamaged},
		{keypair.ErrCreated, "keypair.created", ExitDamaged},
		{keypair.ErrPackets, "keypair.packets", ExitDamaged},
		{keypair.ErrAlgorithm, "keypair.algorithm", ExitDamaged},
		{keypair.ErrExpiry, "keypair.expiry", ExitDamaged},
		{keypair.ErrUsage, "keypair.usage", ExitDamaged},
		{keypair.ErrSignature, "keypair.signature", ExitDamaged},
		{keypair.ErrEncoding, "keypair.encoding", ExitDamaged},
		{keypair.ErrPrivate, "keypair.private", ExitDamaged},
	}
}

// wordsFaults are about typed words.
func wordsFaults() []faultRow {
	return []faultRow{
		{words.ErrUnknownWord, "words.unknown-word", ExitUsage},
		{words.ErrNoWords, "words.no-words", ExitUsage},
		{words.ErrTooLong, "words.too-long", ExitUsage},
		{words.ErrCount, "words.count", ExitFailure},
		{words.ErrNotTwelve, "words.not-twelve", ExitUsage},
	}
}
