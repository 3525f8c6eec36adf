package cli

import (
	"bailiff/custody/seal"
	"bailiff/custody/share"
)

// shareFaults are about shares.
func shareFaults() []faultRow {
	return []faultRow{
		{share.ErrWrongShare, "share.wrong-share", ExitDamaged},
		{share.ErrForeign, "share.foreign", ExitDamaged},
		{share.ErrDuplicate, "share.duplicate", ExitDamaged},
		{share.ErrTooFew, "share.too-few", ExitQuorum},
		{share.ErrUncommitted, "share.uncommitted", ExitDamaged},
		{share.ErrX, "share.x", ExitDamaged},
		{share.ErrSize, "share.size", ExitMalformed},
		{share.ErrThreshold, "share.threshold", ExitMalformed},
		{share.ErrRecord, "share.record", ExitMalformed},
	}
}

// sealFaults are about sealed shares and keys.
func sealFaults() []faultRow {
	return []faultRow{
		{seal.ErrNotForToken, "seal.not-for-token", ExitToken},
		{seal.ErrDamaged, "seal.damaged", ExitDamaged},
		{seal.ErrRecipients, "seal.recipients", ExitDamaged},
		{seal.ErrFile, "seal.file", ExitMalformed},
		{seal.ErrKeyFile, "seal.key-file", ExitMalformed},
		{seal.ErrTooLarge, "seal.too-large", ExitMalformed},
		{seal.ErrTokens, "seal.tokens", ExitMalformed},
		{seal.ErrDataKey, "seal.data-key", ExitDamaged},
		{seal.ErrKeySize, "seal.key-size", ExitMalformed},
	}
}
