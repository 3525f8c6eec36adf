package batch

import (
	"crypto/sha256"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
)

// Header is what is known of a batch before its first key.
type Header struct {
	Vault, Batch  string
	Mode, Profile string
	Created       time.Time
	Threshold     int      // k
	Custodians    []string // the n custodians' ids, ascending
}

// SealedKey is all that a batch holds of one key: what is deposited of a pair.
type SealedKey struct {
	Number      int    // from 1, without gaps
	Fingerprint string // of the profile's length
	Public      []byte // binary transferable public key: public.pgp
	Sealed      []byte // the private key under its data key: key.pgp
	Shares      []SealedShare
}

// SealedShare is one custodian's share of a key.
type SealedShare struct {
	Custodian  string
	X          uint8
	File       []byte // age file: share-cNN.age
	Commitment [32]byte
}

// check refuses a header that a reader of the manifest would refuse.
func (h *Header) check() error {
	if err := checkIDs(h.Vault, h.Batch); err != nil {
		return err
	}
	if err := keyvalue.CheckMode(h.Mode); err != nil {
		return fault.At("mode", err)
	}
	if err := checkProfile(h.Profile); err != nil {
		return err
	}
	if _, err := keyvalue.Time(keyvalue.FormatTime(h.Created)); err != nil {
		return fault.At("created", err)
	}
	for i, c := range h.Custodians {
		if keyvalue.CheckCustodian(c) != nil || i > 0 && h.Custodians[i-1] >= c {
			return ErrBatchCustodians
		}
	}
	return checkThreshold(h.Threshold, len(h.Custodians))
}

// record is what the batch states of the key.
func (k *SealedKey) record() *Record {
	r := &Record{
		Number: k.Number, Fingerprint: k.Fingerprint,
		Public: sha256.Sum256(k.Public), Sealed: sha256.Sum256(k.Sealed),
	}
	for _, s := range k.Shares {
		r.Shares = append(r.Shares, RecordShare{s.Custodian, s.X, sha256.Sum256(s.File), s.Commitment})
	}
	return r
}
