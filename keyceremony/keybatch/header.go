package keybatch

import (
	"strconv"
	"time"

	"bailiff/custody/batch"
	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
)

const headerFormat = "bailiff-batch/1"

// Header is batch.txt: what the file says of itself.
type Header struct {
	Vault, Batch string
	Mode         string // keyvalue.Rehearsal or keyvalue.Production
	Profile      string
	Created      time.Time // the creation time of all the keys
	Keys         int       // of the batch: Published + Sample + Reserve, at most vault.MaxKeys
	Published    int       // at least 1
	Sample       int       // burnt keys, at least 1
	Reserve      int
	Root         [32]byte // of the batch's tree
	Policy       [32]byte // SHA-256 of policy.txt
	Manifest     [32]byte // SHA-256 of the sealed batch's manifest
	Leaves       [32]byte // SHA-256 of leaves.txt
	Burnt        [32]byte // SHA-256 of burnt.txt
	ReserveList  [32]byte // SHA-256 of reserve.txt
}

// ParseHeader reads the record bailiff-batch/1, whose counts must add up ([ErrCounts]).
func ParseHeader(data []byte) (*Header, error) {
	r, err := keyvalue.Parse(headerFormat, data)
	if err != nil {
		return nil, err
	}
	h := &Header{
		Vault:     r.Checked("vault", keyvalue.CheckVaultID),
		Batch:     r.Checked("batch", keyvalue.CheckBatchID),
		Mode:      r.Checked("mode", keyvalue.CheckMode),
		Profile:   r.Checked("profile", checkProfile),
		Created:   r.Time("created"),
		Keys:      r.Int("keys", batch.MaxKeys),
		Published: r.Int("published", batch.MaxKeys),
		Sample:    r.Int("sample", batch.MaxKeys),
		Reserve:   r.Int("reserve", batch.MaxKeys),
		Root:      r.Digest("root"),
		Policy:    r.Digest("policy"),
		Manifest:  r.Digest("manifest"),
		Leaves:    r.Digest("leaves"),
		Burnt:     r.Digest("burnt"),

		ReserveList: r.Digest("reserve-list"),
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	if h.Published < 1 || h.Sample < 1 || h.Published+h.Sample+h.Reserve != h.Keys {
		return nil, fault.At("keys", ErrCounts)
	}
	return h, nil
}

func checkProfile(s string) error {
	_, err := keypair.ParseProfile(s)
	return err
}

// Format writes the record as [ParseHeader] reads it.
func (h *Header) Format() ([]byte, error) {
	data, err := keyvalue.Format(headerFormat, []keyvalue.Field{
		{Key: "vault", Value: h.Vault},
		{Key: "batch", Value: h.Batch},
		{Key: "mode", Value: h.Mode},
		{Key: "profile", Value: h.Profile},
		{Key: "created", Value: keyvalue.FormatTime(h.Created)},
		{Key: "keys", Value: strconv.Itoa(h.Keys)},
		{Key: "published", Value: strconv.Itoa(h.Published)},
		{Key: "sample", Value: strconv.Itoa(h.Sample)},
		{Key: "reserve", Value: strconv.Itoa(h.Reserve)},
		{Key: "root", Value: keyvalue.FormatDigest(h.Root)},
		{Key: "policy", Value: keyvalue.FormatDigest(h.Policy)},
		{Key: "manifest", Value: keyvalue.FormatDigest(h.Manifest)},
		{Key: "leaves", Value: keyvalue.FormatDigest(h.Leaves)},
		{Key: "burnt", Value: keyvalue.FormatDigest(h.Burnt)},
		{Key: "reserve-list", Value: keyvalue.FormatDigest(h.ReserveList)},
	})
	if err != nil {
		return nil, err
	}
	if _, err := ParseHeader(data); err != nil {
		return nil, err
	}
	return data, nil
}
