package cli

import (
	"bailiff/custody/batch"
	"bailiff/custody/strictzip"
)

// batchFaults are about sealed batches.
func batchFaults() []faultRow {
	return []faultRow{
		{batch.ErrDigest, "vault.digest", ExitDamaged},
		{batch.ErrRoot, "vault.root", ExitDamaged},
		{batch.ErrTree, "vault.tree", ExitDamaged},
		{batch.ErrSize, "vault.size", ExitDamaged},
		{batch.ErrMissing, "vault.missing", ExitDamaged},
		{batch.ErrKeys, "vault.keys", ExitDamaged},
		{batch.ErrStray, "vault.stray", ExitDamaged},
		{batch.ErrRecord, "vault.record", ExitMalformed},
		{batch.ErrListOrder, "vault.list-order", ExitMalformed},
		{batch.ErrManifestThreshold, "vault.manifest-threshold", ExitMalformed},
		{batch.ErrManifestVolumes, "vault.manifest-volumes", ExitMalformed},
		{batch.ErrManifestProfile, "vault.manifest-profile", ExitMalformed},
		{batch.ErrSampleDice, "vault.sample-dice", ExitUsage},
		{batch.ErrSampleCheckpoint, "vault.sample-checkpoint", ExitMalformed},
		{batch.ErrSampleCount, "vault.sample-count", ExitMalformed},
		{batch.ErrBatchCustodians, "vault.batch-custodians", ExitMalformed},
		{batch.ErrBatchVolume, "vault.batch-volume", ExitFailure},
		{batch.ErrBatchNumber, "vault.batch-number", ExitFailure},
		{batch.ErrBatchKey, "vault.batch-key", ExitFailure},
		{batch.ErrBatchDuplicate, "vault.batch-duplicate", ExitDamaged},
		{batch.ErrBatchEntry, "vault.batch-entry", ExitFailure},
		{batch.ErrBatchShares, "vault.batch-shares", ExitFailure},
		{batch.ErrBatchEmpty, "vault.batch-empty", ExitFailure},
		{batch.ErrBatchClosed, "vault.batch-closed", ExitFailure},
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
