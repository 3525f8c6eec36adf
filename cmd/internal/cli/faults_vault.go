package cli

import (
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
		{vault.ErrZipEnd, "vault.zip-end", ExitDamaged},
		{vault.ErrZip64, "vault.zip64", ExitDamaged},
		{vault.ErrZipCount, "vault.zip-count", ExitDamaged},
		{vault.ErrZipSize, "vault.zip-size", ExitDamaged},
		{vault.ErrZipTooLarge, "vault.zip-too-large", ExitDamaged},
		{vault.ErrZipEmpty, "vault.zip-empty", ExitDamaged},
		{vault.ErrZipHeader, "vault.zip-header", ExitDamaged},
		{vault.ErrZipVersion, "vault.zip-version", ExitDamaged},
		{vault.ErrZipFlags, "vault.zip-flags", ExitDamaged},
		{vault.ErrZipMethod, "vault.zip-method", ExitDamaged},
		{vault.ErrZipDate, "vault.zip-date", ExitDamaged},
		{vault.ErrZipExtra, "vault.zip-extra", ExitDamaged},
		{vault.ErrZipComment, "vault.zip-comment", ExitDamaged},
		{vault.ErrZipAttributes, "vault.zip-attributes", ExitDamaged},
		{vault.ErrZipName, "vault.zip-name", ExitDamaged},
		{vault.ErrZipOrder, "vault.zip-order", ExitDamaged},
		{vault.ErrZipDuplicate, "vault.zip-duplicate", ExitDamaged},
		{vault.ErrZipCollision, "vault.zip-collision", ExitDamaged},
		{vault.ErrZipGap, "vault.zip-gap", ExitDamaged},
		{vault.ErrZipLocal, "vault.zip-local", ExitDamaged},
		{vault.ErrZipCRC, "vault.zip-crc", ExitDamaged},
		{vault.ErrZipEntrySize, "vault.zip-entry-size", ExitDamaged},
		{vault.ErrZipClosed, "vault.zip-closed", ExitFailure},
	}
}
