package batch

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"

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
	_, created := keyvalue.Time(keyvalue.FormatTime(h.Created))
	err := cmp.Or(checkIDs(h.Vault, h.Batch), fault.At("mode", keyvalue.CheckMode(h.Mode)), checkProfile(h.Profile), fault.At("created", created))
	if err != nil {
		return err
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

// Names of a key's entries within its folder; a share's is shareFile of its custodian.
const (
	sealedFile = "key.pgp"
	publicFile = "public.pgp"
)

func shareFile(custodian string) string { return "share-" + custodian + ".age" }

const (
	leafLabel = "bailiff-key/1\n"
	maxShares = 16
	maxRecord = 4 << 10 // bytes in a block of records.txt, and more than it can have
)

// ErrRecord refuses a block of records.txt that is not of the one form it can have.
var ErrRecord = errors.New("batch: a block of the records is not of the form key, public, sealed, share")

// Record is what a batch states of one key: a block of `records.txt` (docs/formats.md,
// "Records"). The digests are SHA-256.
type Record struct {
	Number      int // 1 to MaxKeys
	Fingerprint string
	Public      [32]byte // of public.pgp
	Sealed      [32]byte // of key.pgp
	Shares      []RecordShare
}

// RecordShare is what a record states of one custodian's share.
type RecordShare struct {
	Custodian  string
	X          uint8    // where the share's polynomials are evaluated, 1 to 255
	File       [32]byte // of share-cNN.age
	Commitment [32]byte // to the share (docs/formats.md, "Share")
}

// Name returns the key's folder in a volume: its number and its fingerprint.
func (r *Record) Name() string { return keyvalue.FormatKeyNumber(r.Number) + "-" + r.Fingerprint }

// ParseRecord reads the only encoding of a record.
func ParseRecord(block []byte) (*Record, error) {
	r := new(Record)
	if _, err := r.parse(block); err != nil {
		return nil, err
	}
	return r, nil
}

// parse reads block into r, whose memory it uses again, and returns the block's sealed part:
// its lines from `sealed` on.
func (r *Record) parse(block []byte) (sealed []byte, err error) {
	if len(block) > maxRecord {
		return nil, ErrRecord
	}
	c := cursor{rest: block}
	c.text("key: ")
	r.Number, err = keyvalue.KeyNumber(string(c.cut(6)))
	c.fail(err)
	c.text(" ")
	line := c.cut(max(0, bytes.IndexByte(c.rest, '\n')))
	if r.Fingerprint != string(line) {
		r.Fingerprint = string(line)
	}
	c.fail(keyvalue.CheckFingerprint(r.Fingerprint))
	c.text("\npublic: ")
	c.digest(&r.Public)
	c.text("\n")
	sealed = c.rest
	c.text("sealed: ")
	c.digest(&r.Sealed)
	c.text("\n")
	old := r.Shares
	r.Shares = r.Shares[:0]
	for len(c.rest) > 0 && !c.bad {
		var s RecordShare
		if i := len(r.Shares); i < len(old) {
			s.Custodian = old[i].Custodian
		}
		c.share(&s)
		r.Shares = append(r.Shares, s)
	}
	if c.bad || !validShares(r.Shares) {
		return nil, ErrRecord
	}
	return sealed, nil
}

// validShares reports whether there are 2 to 16 shares, by ascending custodian, of distinct x.
func validShares(shares []RecordShare) bool {
	if len(shares) < 2 || len(shares) > maxShares {
		return false
	}
	for i, s := range shares {
		if s.X == 0 || i > 0 && shares[i-1].Custodian >= s.Custodian {
			return false
		}
		for _, t := range shares[:i] {
			if t.X == s.X {
				return false
			}
		}
	}
	return true
}

// cursor reads a text from the front; bad stays set once the text was not as expected.
type cursor struct {
	rest []byte
	bad  bool
}

func (c *cursor) fail(err error) { c.bad = c.bad || err != nil }

// cut returns the next n bytes.
func (c *cursor) cut(n int) []byte {
	if n > len(c.rest) {
		c.bad = true
		return nil
	}
	head := c.rest[:n]
	c.rest = c.rest[n:]
	return head
}

func (c *cursor) text(s string) { c.bad = c.bad || string(c.cut(len(s))) != s }

// digest reads 64 lower-case hexadecimal digits.
func (c *cursor) digest(d *[32]byte) {
	digits := c.cut(2 * len(d))
	if c.bad {
		return
	}
	for i := range d {
		hi, lo := nibbles[digits[2*i]], nibbles[digits[2*i+1]]
		if hi|lo > 15 {
			c.bad = true
			return
		}
		d[i] = hi<<4 | lo
	}
}

// nibbles holds the value of each lower-case hexadecimal digit, and 255 for every other byte. The digits of
// digests are as good as random: a branch for each of them would be taken wrongly every third time.
var nibbles = func() (values [256]uint8) {
	for c := range values {
		values[c] = 255
	}
	for v, c := range "0123456789abcdef" {
		values[c] = uint8(v)
	}
	return values
}()

// share reads a line `share: c01 x file commitment`.
func (c *cursor) share(s *RecordShare) {
	c.text("share: ")
	if id := c.cut(3); s.Custodian != string(id) {
		s.Custodian = string(id)
	}
	c.fail(keyvalue.CheckCustodian(s.Custodian))
	c.text(" ")
	x, err := keyvalue.Uint(string(c.cut(max(0, bytes.IndexByte(c.rest, ' ')))), 255)
	c.fail(err)
	s.X = uint8(x)
	c.text(" ")
	c.digest(&s.File)
	c.text(" ")
	c.digest(&s.Commitment)
	c.text("\n")
}

// Format returns the record's only encoding.
func (r *Record) Format() ([]byte, error) {
	if r.Number < 1 || r.Number > MaxKeys || keyvalue.CheckFingerprint(r.Fingerprint) != nil || !validShares(r.Shares) {
		return nil, ErrRecord
	}
	for _, s := range r.Shares {
		if keyvalue.CheckCustodian(s.Custodian) != nil {
			return nil, ErrRecord
		}
	}
	b := append(make([]byte, 0, 1024), "key: "...)
	b = append(b, keyvalue.FormatKeyNumber(r.Number)+" "+r.Fingerprint+"\npublic: "...)
	b = hex.AppendEncode(b, r.Public[:])
	return r.appendSealed(append(b, '\n')), nil
}

// appendSealed appends the lines of the sealed part.
func (r *Record) appendSealed(b []byte) []byte {
	b = hex.AppendEncode(append(b, "sealed: "...), r.Sealed[:])
	b = append(b, '\n')
	for _, s := range r.Shares {
		b = append(b, "share: "+s.Custodian+" "...)
		b = append(strconv.AppendUint(b, uint64(s.X), 10), ' ')
		b = append(hex.AppendEncode(b, s.File[:]), ' ')
		b = append(hex.AppendEncode(b, s.Commitment[:]), '\n')
	}
	return b
}

// SealedDigest is H(sealed part): the SHA-256 of the `sealed` and `share` lines.
func (r *Record) SealedDigest() [32]byte { return sha256.Sum256(r.appendSealed(nil)) }

// Leaf is the key's leaf hash in the batch's Merkle tree.
func (r *Record) Leaf() tlog.Hash { return Leaf(r.Public, r.SealedDigest()) }

// Leaf is the leaf hash of a key from the digests of its public and of its sealed part, as a
// reader of a public batch knows them:
//
//	SHA-256(0x00 ‖ bailiff-key/1 ‖ LF ‖ H(public part) ‖ H(sealed part))
func Leaf(public, sealed [32]byte) tlog.Hash {
	b := append(make([]byte, 0, len(leafLabel)+64), leafLabel...)
	b = append(b, public[:]...)
	return tlog.RecordHash(append(b, sealed[:]...))
}
