package cli

import (
	"bailiff/custody/strictzip"
	"bailiff/custody/vault"
)

// batchFaults are about sealed batches.
func batchFaults() []faultRow {
	return []faultRow{
		{vault.ErrDigest, "vault.digest", ExitDamaged},
		{vault.ErrRoot, "vault.root", ExitDamaged},
		{vault.ErrTree, "vault.tree", ExitDamaged},
		{vault.ErrSize, "vault.size", ExitDamaged},
		{vault.ErrMissing, "vault.missing", ExitDamaged},
		{vault.ErrKeys, "vault.keys", ExitDamaged},
		{vault.ErrStray, "vault.stray", ExitDamaged},
		{vault.ErrRecord, "vault.record", ExitMalformed},
		{vault.ErrListOrder, "vault.list-order", ExitMalformed},
		{vault.ErrManifestThreshold, "vault.manifest-threshold", ExitMalformed},
		{vault.ErrManifestVolumes, "vault.manifest-volumes", ExitMalformed},
		{vault.ErrManifestProfile, "vault.manifest-profile", ExitMalformed},
		{vault.ErrSampleDice, "vault.sample-dice", ExitUsage},
		{vault.ErrSampleCheckpoint, "vault.sample-checkpoint", ExitMalformed},
		{vault.ErrSampleCount, "vault.sample-count", ExitMalformed},
		{vault.ErrBatchCustodians, "vault.batch-custodians", ExitMalformed},
		{vault.ErrBatchVolume, "vault.batch-volume", ExitFailure},
		{vault.ErrBatchNumber, "vault.batch-number", ExitFailure},
		{vault.ErrBatchKey, "vault.batch-key", ExitFailure},
		{vault.ErrBatchDuplicate, "vault.batch-duplicate", ExitDamaged},
		{vault.ErrBatchEntry, "vault.batch-entry", ExitFailure},
		{vault.ErrBatchShares, "vault.batch-shares", ExitFailure},
		{vault.ErrBatchEmpty, "vault.batch-empty", ExitFailure},
		{vault.ErrBatchClosed, "vault.batch-closed", ExitFailure},
	}
}

// zipFaults are about the strict ZIP profile.
func zipFaults() []faultRow {
	return []faultRow{
		{strictzip.ErrEnd, "vault.zip-end", ExitDamaged},
		{strictzip.Err64, "vault.zip64", ExitDamaged},
		{strictzip.ErrCount, "vault.zip-count", ExitDamaged},
		{strictzip.ErrSize, "vault.zip-size", ExitDamaged},
		{strictzip.ErrTooLarge, "vault.zip-too-large", ExitDamaged},
		{strictzip.ErrEmpty, "vault.zip-empty", ExitDamaged},
		{strictzip.ErrHeader, "vault.zip-header", ExitDamaged},
		{strictzip.ErrVersion, "vault.zip-version", ExitDamaged},
		{strictzip.ErrFlags, "vault.zip-flags", ExitDamaged},
		{strictzip.ErrMethod, "vault.zip-method", ExitDamaged},
		{strictzip.ErrDate, "vault.zip-date", ExitDamaged},
		{strictzip.ErrExtra, "vault.zip-extra", ExitDamaged},
		{strictzip.ErrComment, "vault.zip-comment", ExitDamaged},
		{strictzip.ErrAttributes, "vault.zip-attributes", ExitDamaged},
		{strictzip.ErrName, "vault.zip-name", ExitDamaged},
		{strictzip.ErrOrder, "vault.zip-order", ExitDamaged},
		{strictzip.ErrDuplicate, "vault.zip-duplicate", ExitDamaged},
		{strictzip.ErrCollision, "vault.zip-collision", ExitDamaged},
		{strictzip.ErrGap, "vault.zip-gap", ExitDamaged},
		{strictzip.ErrLocal, "vault.zip-local", ExitDamaged},
		{strictzip.ErrCRC, "vault.zip-crc", ExitDamaged},
		{strictzip.ErrEntrySize, "vault.zip-entry-size", ExitDamaged},
		{strictzip.ErrClosed, "vault.zip-closed", ExitFailure},
	}
}
