package cli

import (
	"bailiff/custody"
	"bailiff/custody/ledger"
	"bailiff/custody/policy"
	"bailiff/release"
	"bailiff/release/handover"
)

// custodyFaults are about the operations on a vault.
func custodyFaults() []faultRow {
	return []faultRow{
		{custody.ErrNoVault, "custody.no-vault", ExitStorage},
		{custody.ErrDamaged, "custody.damaged", ExitDamaged},
		{custody.ErrNotMade, "custody.not-made", ExitDamaged},
		{custody.ErrUnknownFile, "custody.unknown-file", ExitDamaged},
		{custody.ErrStranger, "custody.stranger", ExitToken},
		{custody.ErrTwice, "custody.twice", ExitQuorum},
		{custody.ErrQuorum, "custody.quorum", ExitQuorum},
		{custody.ErrHistory, "custody.history", ExitPolicy},
		{custody.ErrNotCosigned, "custody.not-cosigned", ExitUnfinished},
		{custody.ErrUnfinished, "custody.unfinished", ExitUnfinished},
		{custody.ErrAbandoned, "custody.abandoned", ExitPolicy},
		{custody.ErrNoBatch, "custody.no-batch", ExitPolicy},
		{custody.ErrUnsealed, "custody.unsealed", ExitPolicy},
		{custody.ErrNoKey, "custody.no-key", ExitOrder},
		{custody.ErrPublished, "custody.published", ExitPolicy},
		{custody.ErrBurnt, "custody.burnt", ExitOrder},
		{custody.ErrReserved, "custody.reserved", ExitOrder},
		{custody.ErrUsed, "custody.used", ExitOrder},
		{custody.ErrSameOrder, "custody.same-order", ExitOrder},
		{custody.ErrKeyTaken, "custody.key-taken", ExitOrder},
		{custody.ErrReplaces, "custody.replaces", ExitOrder},
		{custody.ErrNotReceived, "custody.not-received", ExitOrder},
		{custody.ErrStillWaiting, "custody.still-waiting", ExitOrder},
		{custody.ErrNoKit, "custody.no-kit", ExitOrder},
		{custody.ErrHandedOver, "custody.handed-over", ExitExists},
		{custody.ErrHandoverDay, "custody.handover-day", ExitUsage},
	}
}

// releaseFaults are about releases and kits.
func releaseFaults() []faultRow {
	return []faultRow{
		{release.ErrAwaitsCosignature, "release.awaits-cosignature", ExitUnfinished},
		{release.ErrTooShort, "release.too-short", ExitOrder},
		{release.ErrNotWritten, "release.not-written", ExitDeclined},
		{release.ErrRecipient, "release.recipient", ExitUsage},
		{release.ErrBailiff, "release.bailiff", ExitUsage},
		{handover.ErrWrongKey, "handover.wrong-key", ExitDamaged},
		{handover.ErrMismatch, "handover.mismatch", ExitDamaged},
		{handover.ErrPrivateKey, "handover.private-key", ExitDamaged},
		{handover.ErrWords, "handover.words", ExitDamaged},
		{handover.ErrNoWords, "handover.no-words", ExitPolicy},
		{handover.ErrInfo, "handover.info", ExitMalformed},
		{handover.ErrFiles, "handover.files", ExitDamaged},
		{handover.ErrDigest, "handover.digest", ExitDamaged},
		{handover.ErrNotMade, "handover.not-made", ExitDamaged},
		{handover.ErrUnlocked, "handover.unlocked", ExitDamaged},
	}
}

// ledgerFaults are about the ledger.
func ledgerFaults() []faultRow {
	return []faultRow{
		{ledger.ErrFork, "ledger.fork", ExitDamaged},
		{ledger.ErrStale, "ledger.stale", ExitDamaged},
		{ledger.ErrClock, "ledger.clock", ExitPolicy},
		{ledger.ErrMoved, "ledger.moved", ExitExists},
		{ledger.ErrReopen, "ledger.reopen", ExitStorage},
		{ledger.ErrOld, "ledger.old", ExitExists},
		{ledger.ErrFull, "ledger.full", ExitPolicy},
		{ledger.ErrErased, "ledger.erased", ExitStorage},
		{ledger.ErrNone, "ledger.none", ExitStorage},
		{ledger.ErrCheckpoint, "ledger.checkpoint", ExitMalformed},
		{ledger.ErrSignature, "ledger.signature", ExitDamaged},
		{ledger.ErrSigner, "ledger.signer", ExitDamaged},
		{ledger.ErrTwice, "ledger.twice", ExitDamaged},
		{ledger.ErrTooFew, "ledger.too-few", ExitDamaged},
		{ledger.ErrCosigners, "ledger.cosigners", ExitDamaged},
		{ledger.ErrKind, "ledger.kind", ExitMalformed},
		{ledger.ErrFirst, "ledger.first", ExitDamaged},
		{ledger.ErrVault, "ledger.vault", ExitDamaged},
		{ledger.ErrNumber, "ledger.number", ExitDamaged},
		{ledger.ErrGap, "ledger.gap", ExitDamaged},
		{ledger.ErrTime, "ledger.time", ExitDamaged},
		{ledger.ErrUnexpected, "ledger.unexpected", ExitDamaged},
		{ledger.ErrFolder, "ledger.folder", ExitDamaged},
		{ledger.ErrPersonal, "ledger.personal", ExitDamaged},
		{ledger.ErrChanged, "ledger.changed", ExitDamaged},
		{ledger.ErrProof, "ledger.proof", ExitDamaged},
	}
}

// policyFaults are about policies and trust anchors.
func policyFaults() []faultRow {
	return []faultRow{
		{policy.ErrAnchor, "policy.anchor", ExitDamaged},
		{policy.ErrQuorum, "policy.quorum", ExitPolicy},
		{policy.ErrCustodians, "policy.custodians", ExitPolicy},
		{policy.ErrTokens, "policy.tokens", ExitPolicy},
		{policy.ErrSharedToken, "policy.shared-token", ExitPolicy},
		{policy.ErrUnconfirmed, "policy.unconfirmed", ExitDeclined},
		{policy.ErrConcentrated, "policy.concentrated", ExitPolicy},
		{policy.ErrOfficers, "policy.officers", ExitPolicy},
		{policy.ErrReasons, "policy.reasons", ExitPolicy},
		{policy.ErrNoReason, "policy.no-reason", ExitPolicy},
		{policy.ErrReasonTwice, "policy.reason-twice", ExitPolicy},
		{policy.ErrReasonOrder, "policy.reason-order", ExitPolicy},
		{policy.ErrWaiting, "policy.waiting", ExitPolicy},
		{policy.ErrProfile, "policy.profile", ExitPolicy},
		{policy.ErrSoftToken, "policy.soft-token", ExitPolicy},
		{policy.ErrSigningKey, "policy.signing-key", ExitPolicy},
		{policy.ErrMode, "policy.mode", ExitPolicy},
		{policy.ErrPrevious, "policy.previous", ExitMalformed},
	}
}
