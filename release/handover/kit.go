// Package handover makes the kit in which an heir receives one private key.
//
// A kit is a directory, put in place whole (docs/formats.md, "Kit"):
//
//	kit.txt          bailiff-kit/1, the label: vault, mode, order, key, digest of private-key.asc
//	letter.txt       for the heir, French and English
//	private-key.asc  the private key, locked with the words
//	words.txt        only in a rehearsal that nobody watches: the words, on the last line
//
// The lock is what every OpenPGP program of the last twenty years opens: each secret key packet is
// encrypted with AES-256 in CFB mode (RFC 9580 §5.5.3, usage 254) under a key derived from the
// words with the iterated and salted S2K (§3.7.1.3), SHA-256, 65,011,712 bytes. Its strength is
// that of the words: 88 random bits.
//
// If this package is wrong, whoever finds the kit reads the heir's safe without the words, or the
// heir holds a key that no program opens, years after the originals were put away.
package handover

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"bailiff/custody/fault"
	"bailiff/custody/keypair"
	"bailiff/custody/keyvalue"
	"bailiff/custody/secret"
)

// Words is how many words lock a key: 88 bits.
const Words = 8

// The ways in which a kit can fail to be made, written or checked. The error that wraps one names
// the file or the key.
var (
	ErrWrongKey   = errors.New("kit: the private key is not the one that the order names")
	ErrPrivateKey = errors.New("kit: not exactly one private key, unlocked, in canonical form")
	ErrMismatch   = errors.New("kit: the public part of the private key is not its own")
	ErrWords      = errors.New("kit: the words are missing or do not open what they locked")
	ErrNoWords    = errors.New("kit: words are written down in rehearsals only")
	ErrInfo       = errors.New("kit: a text for the letter is not plain text")
	ErrFiles      = errors.New("kit: not a kit's files, or others among them")
	ErrDigest     = errors.New("kit: the private key is not the one that kit.txt names")
	ErrNotMade    = errors.New("kit: what lies on the disk is not what was made")
	ErrUnlocked   = errors.New("kit: the private key is not locked as it must be")
)

// Info is what the label and the letter say.
type Info struct {
	Vault, Mode, Order string
	Key                string // fingerprint

	// The letter. Contact has one line or several: postal address, telephone, opening hours.
	Recipient string
	Office    string
	Contact   []string
	Date      time.Time
}

// Kit is what the heir receives. Words are kept apart from the rest.
type Kit struct {
	PrivateKey []byte // locked, armored
	Label      []byte
	Letter     []byte
	Words      *secret.Bytes // the caller's, who wipes them
	rehearsal  bool
}

// Build locks a binary transferable secret key with the words, opens it again to be sure, and
// writes label and letter. It needs about half a second, which is the price of the lock.
func Build(private, words *secret.Bytes, info Info) (*Kit, error) {
	if err := info.Check(); err != nil {
		return nil, err
	}
	defer secret.Erase()
	fingerprint, reads, err := identify(private)
	if err != nil {
		return nil, err
	}
	if fingerprint != info.Key {
		return nil, fault.At(info.Key, ErrWrongKey)
	}
	locked, err := Lock(private, words)
	if err != nil {
		return nil, fault.At(info.Key, err)
	}
	return info.kit(locked, words, reads)
}

// kit is the kit of a locked key.
func (i Info) kit(locked []byte, words *secret.Bytes, reads readers) (*Kit, error) {
	text, err := i.label(sha256.Sum256(locked)).Format()
	if err != nil {
		return nil, err
	}
	return &Kit{PrivateKey: locked, Label: text, Letter: letter(i, reads), Words: words, rehearsal: i.Mode == keyvalue.Rehearsal}, nil
}

func (i Info) label(privateKey [32]byte) *Label {
	return &Label{Vault: i.Vault, Mode: i.Mode, Order: i.Order, Key: i.Key, PrivateKey: privateKey}
}

// Check refuses texts that could not be printed as they are. Build does too; whoever is about to
// open a key asks before.
func (i Info) Check() error {
	if _, err := i.label([32]byte{}).Format(); err != nil {
		return err
	}
	for _, line := range append([]string{i.Recipient, i.Office}, i.Contact...) {
		if keyvalue.CheckText(line) != nil || len(line) > 300 {
			return ErrInfo
		}
	}
	if len(i.Contact) > 8 || i.Date.IsZero() {
		return ErrInfo
	}
	return nil
}

const labelName = "bailiff-kit/1"

// Label is the content of kit.txt.
type Label struct {
	Vault, Mode, Order string
	Key                string   // fingerprint
	PrivateKey         [32]byte // SHA-256 of private-key.asc
}

// ParseLabel reads kit.txt in its only encoding.
func ParseLabel(data []byte) (*Label, error) {
	r, err := keyvalue.Parse(labelName, data)
	if err != nil {
		return nil, err
	}
	l := &Label{
		Vault:      r.Checked("vault", keyvalue.CheckVaultID),
		Mode:       r.Checked("mode", keyvalue.CheckMode),
		Order:      r.Checked("order", keyvalue.CheckOrderNumber),
		Key:        r.Checked("key", keyvalue.CheckFingerprint),
		PrivateKey: r.Digest("private-key"),
	}
	if err := r.Close(); err != nil {
		return nil, err
	}
	return l, nil
}

// Format returns the text of kit.txt. It fails when ParseLabel would refuse it.
func (l *Label) Format() ([]byte, error) {
	data, err := keyvalue.Format(labelName, []keyvalue.Field{
		{Key: "vault", Value: l.Vault},
		{Key: "mode", Value: l.Mode},
		{Key: "order", Value: l.Order},
		{Key: "key", Value: l.Key},
		{Key: "private-key", Value: keyvalue.FormatDigest(l.PrivateKey)},
	})
	if err != nil {
		return nil, err
	}
	if _, err := ParseLabel(data); err != nil {
		return nil, err
	}
	return data, nil
}

// identify reads a private key for its fingerprint, and for which programs read it.
func identify(private *secret.Bytes) (fingerprint string, reads readers, err error) {
	secret.Do(func() {
		e, readErr := readPrivate(bytes.NewReader(private.Expose()))
		if err = readErr; err == nil {
			defer keypair.WipeEntity(e)
			fingerprint, reads = hex.EncodeToString(e.PrimaryKey.Fingerprint), readersOf(e.PrimaryKey)
		}
	})
	return fingerprint, reads, err
}
