// Package filetype recognises what a file or a folder is, by how it begins or what lies in it, so that a person who gave one in the place
// of another is told so.
//
//	begins with                               is
//	bailiff-NAME/N and a line's end           the record of that name
//	TOML with a key that one of them has      a policy draft; a ceremony's script
//	an OpenPGP packet, or armor               signatures, a certificate, a secret key, a message
//	a ZIP file's first entry                  a public batch; a volume of a sealed batch
//	%PDF-, "SQLite format 3"                  a PDF; a pool's database
//
// A folder is a vault, a kit, a sealed batch or software tokens by the files that each has.
//
// If this package is wrong, an attacker gains nothing: it is asked about what was refused already, and what it says decides nothing. But
// an honest person is sent to look for another file than the one that they need.
package filetype

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// Type is what a file or a folder is.
type Type string

// Unknown is what is not recognised.
const Unknown = Type("")

// What is recognised.
const (
	Draft       Type = "draft"       // of a policy, which people write
	Script      Type = "script"      // of a ceremony
	Policy      Type = "policy"      // as a vault keeps it
	Enrolment   Type = "enrolment"   // of a token
	SoftToken   Type = "soft-token"  // in software
	SoftState   Type = "soft-state"  // beside one
	Order       Type = "order"       // to release a key
	Signatures  Type = "signatures"  // of an order
	Certificate Type = "certificate" // public, of an officer, or several
	SecretKey   Type = "secret-key"  // of an officer, or of a kit
	Message     Type = "message"     // encrypted
	Batch       Type = "batch"       // public
	Volume      Type = "volume"      // of a sealed batch
	Anchor      Type = "anchor"      // of trust
	Entry       Type = "entry"       // of a ledger
	Journal     Type = "journal"     // of a pool's assignments
	Database    Type = "database"    // of a pool
	Document    Type = "document"    // a PDF
	Vault       Type = "vault"       // a folder
	Kit         Type = "kit"         // a folder
	SealedBatch Type = "sealed"      // a folder
	Tokens      Type = "tokens"      // a folder of software tokens
)

// What is wanted, and never recognised: lines that people write.
const (
	PINs   Type = "pins"   // or passphrases, for a rehearsal
	Claims Type = "claims" // which member has which key
)

// ErrOther is why a file is refused that nothing else was found wrong with, or looked for.
var ErrOther = errors.New("filetype: another file than the one that was wanted")

// Error is why a file was refused, with what it is and what was wanted in its place.
type Error struct {
	Err      error
	Is, Want Type
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns why the file was refused.
func (e *Error) Unwrap() error { return e.Err }

// Instead returns why a file that begins with data was refused, with what it is where that is recognised as something else than
// what was wanted. A nil error stays nil, and so does one of those that say more already.
func Instead(err error, data []byte, want Type, unless ...error) error {
	return instead(err, Of(data), want, unless)
}

// Check refuses data that is recognised as something else than what is wanted, before it is parsed.
func Check(data []byte, want Type) error {
	if is := Of(data); is != Unknown && is != want {
		return &Error{Err: ErrOther, Is: is, Want: want}
	}
	return nil
}

// InsteadOf is Instead for a file or a folder that was not read, or not in full.
func InsteadOf(err error, path string, want Type, unless ...error) error {
	if err == nil {
		return nil
	}
	return instead(err, OfPath(path), want, unless)
}

func instead(err error, is, want Type, unless []error) error {
	if err == nil || is == Unknown || is == want {
		return err
	}
	for _, better := range unless {
		if errors.Is(err, better) {
			return err
		}
	}
	if e := (*Error)(nil); errors.As(err, &e) {
		return err
	}
	return &Error{Err: err, Is: is, Want: want}
}

// records are the records by their names.
var records = map[string]Type{
	"policy": Policy, "enrolment": Enrolment, "soft-token": SoftToken, "soft-state": SoftState, "order": Order, "anchor": Anchor,
	"entry": Entry, "assignments": Journal,
}

var (
	recordLine = regexp.MustCompile(`^bailiff-([a-z-]+)/[0-9]+[ \r\n]`)
	draftKey   = regexp.MustCompile(`(?m)^(\[\[custodian\]\]|\[officers\]|threshold *=|legal-basis *=)`)
	scriptKey  = regexp.MustCompile(`(?m)^(publish|sample|reserve|witnesses) *=`)
	volumeName = regexp.MustCompile(`^[0-9]{6}-[0-9a-f]{40,64}/`)
)

// Of recognises a file by its beginning; a few kilobytes are enough. It keeps nothing of it.
func Of(data []byte) Type {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if m := recordLine.FindSubmatch(data); m != nil {
		return records[string(m[1])]
	}
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return Document
	case bytes.HasPrefix(data, []byte("SQLite format 3\x00")):
		return Database
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return ofZip(data)
	case scriptKey.Match(data):
		return Script
	case draftKey.Match(data):
		return Draft
	}
	return ofOpenPGP(data)
}

// ofZip goes by the name of the first entry, which stands behind a header of 30 bytes (APPNOTE 4.3.7).
func ofZip(data []byte) Type {
	const header = 30
	if len(data) <= header {
		return Unknown
	}
	name := data[header:]
	switch {
	case bytes.HasPrefix(name, []byte("batch.txt")):
		return Batch
	case volumeName.Match(name):
		return Volume
	}
	return Unknown
}

// armors are the words of an armor's first line (RFC 9580, section 6.2.1).
var armors = []struct {
	line string
	is   Type
}{
	{"-----BEGIN PGP SIGNATURE-----", Signatures},
	{"-----BEGIN PGP PUBLIC KEY BLOCK-----", Certificate},
	{"-----BEGIN PGP PRIVATE KEY BLOCK-----", SecretKey},
	{"-----BEGIN PGP MESSAGE-----", Message},
}

// ofOpenPGP goes by an armor, or by the type of the first packet (RFC 9580, sections 4.2 and 5).
func ofOpenPGP(data []byte) Type {
	for _, a := range armors {
		if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(a.line)) {
			return a.is
		}
	}
	if len(data) < 3 || data[0]&0x80 == 0 {
		return Unknown
	}
	packet, body := data[0]&0x3f, 2 // where the body begins, whose first byte is the version
	switch {
	case data[0]&0x40 == 0:
		packet >>= 2
		body = []int{2, 3, 5, 1}[data[0]&3]
	case data[1] == 255:
		body = 6
	case data[1] >= 192:
		body = 3
	}
	version := data[min(body, len(data)-1)]
	switch {
	case (packet == 1 || packet == 3) && (version == 3 || version == 4 || version == 6):
		return Message
	case version != 4 && version != 6:
		return Unknown
	case packet == 2:
		return Signatures
	case packet == 5:
		return SecretKey
	case packet == 6:
		return Certificate
	}
	return Unknown
}

// OfPath recognises what is there: of a file its first bytes are read, of a folder the names in it.
func OfPath(path string) Type {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return Unknown
	case info.IsDir():
		return ofFolder(path)
	case !info.Mode().IsRegular():
		return Unknown
	}
	f, err := os.Open(path)
	if err != nil {
		return Unknown
	}
	defer f.Close()
	const enough = 16 << 10
	data, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil {
		return Unknown
	}
	defer clear(data)
	return Of(data)
}

// signs are what each folder has.
var signs = []struct {
	pattern string
	is      Type
}{
	{"policies/*.policy", Vault}, {"private-key.asc", Kit}, {"manifest.txt", SealedBatch}, {"*.token", Tokens},
}

// wild are the characters that have a meaning in a pattern.
var wild = regexp.MustCompile(`[\\*?\[]`)

func ofFolder(path string) Type {
	for _, s := range signs {
		found, err := filepath.Glob(filepath.Join(wild.ReplaceAllString(path, `\$0`), filepath.FromSlash(s.pattern)))
		if err == nil && len(found) > 0 {
			return s.is
		}
	}
	return Unknown
}
