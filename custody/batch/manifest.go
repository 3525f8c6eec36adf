package batch

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/strictzip"
)

const (
	manifestFormat = "bailiff-manifest/1"
	maxVolumes     = 9999
)

// The ways in which a manifest can be refused beyond those of a record.
var (
	ErrManifestThreshold = errors.New("batch: the manifest has not 2 ≤ k ≤ n ≤ 16 and 2k > n")
	ErrManifestVolumes   = errors.New("batch: the manifest's volumes are not sealed-0001.zip and so on, at most 9999, of 1 byte to 2 GiB - 1 MiB")
	ErrManifestProfile   = errors.New("batch: an unknown key profile in the manifest")
)

// Manifest is what a sealed batch is, in one page: the record `bailiff-manifest/1`, the file
// manifest.txt, whose digest stands in the ledger.
type Manifest struct {
	Vault, Batch  string
	Mode, Profile string
	Created       time.Time // the creation time of all the keys
	Threshold     int       // k: shares that open a key
	Custodians    int       // n: shares of each key
	Keys          int       // published, sampled and reserve keys together, 1 to MaxKeys
	Volumes       []Volume
	Records       [32]byte  // SHA-256 of records.txt
	Tree          [32]byte  // SHA-256 of tree.bin
	Root          tlog.Hash // of the keys' leaves, RFC 9162 §2.1.1
}

// Volume is what a manifest states of one volume.
type Volume struct {
	Name string
	Size int64 // in bytes, at most strictzip.MaxSize
	Sum  [32]byte
}

func volumeName(i int) string { return fmt.Sprintf("sealed-%04d.zip", i+1) }

// ParseManifest reads the only encoding of a manifest.
func ParseManifest(data []byte) (*Manifest, error) {
	r, err := keyvalue.Parse(manifestFormat, data)
	if err != nil {
		return nil, err
	}
	m := &Manifest{
		Vault:      r.Checked("vault", keyvalue.CheckVaultID),
		Batch:      r.Checked("batch", keyvalue.CheckBatchID),
		Mode:       r.Checked("mode", keyvalue.CheckMode),
		Profile:    r.Checked("profile", checkProfile),
		Created:    r.Time("created"),
		Threshold:  r.Int("threshold", maxShares),
		Custodians: r.Int("custodians", maxShares),
		Keys:       r.Int("keys", MaxKeys),
	}
	for _, v := range r.Many("volume") {
		volume, err := parseVolume(v)
		r.Fail("volume", err)
		m.Volumes = append(m.Volumes, volume)
	}
	m.Records = r.Digest("records")
	m.Tree = r.Digest("tree")
	m.Root = tlog.Hash(r.Digest("root"))
	if err := r.Close(); err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}

func parseVolume(s string) (v Volume, err error) {
	words := strings.Split(s, " ")
	if len(words) != 3 {
		return v, keyvalue.ErrValue
	}
	size, err := keyvalue.Uint(words[1], strictzip.MaxSize)
	if err != nil {
		return v, err
	}
	sum, err := keyvalue.Hex(words[2], len(v.Sum))
	if err != nil {
		return v, err
	}
	return Volume{words[0], int64(size), [32]byte(sum)}, nil
}

func checkProfile(s string) error {
	if keypair.Profile(s).Check() != nil {
		return ErrManifestProfile
	}
	return nil
}

func checkThreshold(k, n int) error {
	if k < 2 || k > n || n > maxShares || 2*k <= n {
		return ErrManifestThreshold
	}
	return nil
}

// check holds what ties the fields together.
func (m *Manifest) check() error {
	if err := checkThreshold(m.Threshold, m.Custodians); err != nil {
		return err
	}
	if m.Keys < 1 || m.Keys > MaxKeys {
		return fault.At("keys", keyvalue.ErrValue)
	}
	if len(m.Volumes) < 1 || len(m.Volumes) > maxVolumes || len(m.Volumes) > m.Keys {
		return ErrManifestVolumes
	}
	for i, v := range m.Volumes {
		if v.Name != volumeName(i) || v.Size < 1 || v.Size > strictzip.MaxSize {
			return ErrManifestVolumes
		}
	}
	return nil
}

// Format returns the manifest's only encoding.
func (m *Manifest) Format() ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	fields := keyvalue.Fields("vault", m.Vault, "batch", m.Batch, "mode", m.Mode, "profile", m.Profile,
		"created", keyvalue.FormatTime(m.Created), "threshold", strconv.Itoa(m.Threshold),
		"custodians", strconv.Itoa(m.Custodians), "keys", strconv.Itoa(m.Keys))
	for _, v := range m.Volumes {
		value := fmt.Sprintf("%s %d %s", v.Name, v.Size, hex.EncodeToString(v.Sum[:]))
		fields = append(fields, keyvalue.Field{Key: "volume", Value: value})
	}
	fields = append(fields, keyvalue.Fields("records", keyvalue.FormatDigest(m.Records),
		"tree", keyvalue.FormatDigest(m.Tree), "root", keyvalue.FormatDigest(m.Root))...)
	return keyvalue.FormatAs(manifestFormat, fields, ParseManifest)
}

// Difference names the first field in which another manifest differs; "" when none does.
func (m *Manifest) Difference(other *Manifest) string {
	mine, _ := m.Format()
	theirs, _ := other.Format()
	lines := strings.Split(string(theirs), "\n")
	for i, line := range strings.Split(string(mine), "\n") {
		if i >= len(lines) || lines[i] != line {
			key, _, _ := strings.Cut(line, ": ")
			return key
		}
	}
	return ""
}

// fingerprintSize is the number of hexadecimal digits in a fingerprint of the profile.
func fingerprintSize(profile string) int {
	return keypair.Profile(profile).FingerprintSize()
}
