package journal

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"bailiff/custody/keyvalue"
)

// Format is the first word of a journal.
const Format = "bailiff-assignments/1"

// None stands in place of the member for a key that was withdrawn: it is given to nobody, for ever.
const None = "-"

const (
	given = "given"
	kept  = "kept"

	maxSealed = 512  // bytes of a sealed member, as text
	maxLine   = 1024 // bytes of a line; those that are written are shorter
)

// errEntry is a line that is no entry.
var errEntry = errors.New("journal: a line is no entry")

// Entry is one line of the journal: a key that is not free any more.
type Entry struct {
	Number      int64 // from 1, without a gap
	Batch       string
	Fingerprint string
	Time        time.Time // when it was given
	Member      string    // sealed ([Seal]), or None
	Hash        [32]byte  // over the hash of the entry before, and this one
	Behind      Head      // where the next would follow; known of entries that were read from a journal
}

// Head is a place in a journal: behind an entry.
type Head struct {
	Entries int64    // so many, up to here
	Hash    [32]byte // of the last of them; of the first line, when there is none
	Size    int64    // bytes up to here
}

// text is the line without its hash.
func (e *Entry) text() string {
	return strings.Join([]string{
		given, strconv.FormatInt(e.Number, 10), e.Batch, e.Fingerprint, keyvalue.FormatTime(e.Time), e.Member,
	}, " ")
}

// chain is the hash of a line: `printf '%s %s' BEFORE LINE | sha256sum`, the hash of the line before in
// hexadecimal, and the line up to the space before its own.
func chain(before [32]byte, text string) [32]byte {
	return sha256.Sum256([]byte(hex.EncodeToString(before[:]) + " " + text))
}

// Format writes the entry as a line.
func (e *Entry) Format() ([]byte, error) {
	return []byte(e.text() + " " + hex.EncodeToString(e.Hash[:]) + "\n"), nil
}

// ParseEntry reads a line that [Entry.Format] wrote. It cannot tell whether the hash is right.
func ParseEntry(line []byte) (*Entry, error) {
	if len(line) > maxLine || !bytes.HasPrefix(line, []byte(given+" ")) {
		return nil, errEntry
	}
	text, ok := strings.CutSuffix(string(line), "\n")
	words := strings.Split(text, " ")
	if !ok || len(words) != 7 {
		return nil, errEntry
	}
	e := &Entry{Batch: words[2], Fingerprint: words[3], Member: words[5]}
	number, err := keyvalue.Uint(words[1], math.MaxInt64)
	if err != nil || number == 0 || keyvalue.CheckBatchID(e.Batch) != nil || keyvalue.CheckFingerprint(e.Fingerprint) != nil ||
		!isSealed(e.Member) {
		return nil, errEntry
	}
	e.Number = int64(number)
	if e.Time, err = keyvalue.Time(words[4]); err != nil {
		return nil, errEntry
	}
	hash, err := keyvalue.Hex(words[6], len(e.Hash))
	if err != nil {
		return nil, errEntry
	}
	copy(e.Hash[:], hash)
	return e, nil
}

// isSealed reports whether s can stand for a member.
func isSealed(s string) bool {
	if s == None {
		return true
	}
	raw, err := sealing.DecodeString(s)
	return err == nil && len(s) <= maxSealed && len(raw) > 0 && sealing.EncodeToString(raw) == s
}

var sealing = base64.RawURLEncoding.Strict()

// parseKept reads a line `kept N`.
func parseKept(line string) (int64, bool) {
	digits, ok := strings.CutPrefix(line, kept+" ")
	if !ok {
		return 0, false
	}
	n, err := keyvalue.Uint(digits, math.MaxInt64)
	return int64(n), err == nil
}

// errSealed is a member that this key does not open: it was sealed with another, for another line, or altered.
var errSealed = errors.New("journal: the member cannot be read with the key of this database")

// Seal hides the reference of a member in an entry: AES-256 in Galois counter mode under a key that the
// database keeps, with a random nonce before it, in base64url without padding. It is bound to journal
// and key. So the journal by itself names nobody.
func Seal(key [32]byte, journal, fingerprint, member string) (string, error) {
	aead, err := seal(key)
	if err != nil {
		return "", err
	}
	return sealing.EncodeToString(aead.Seal(nil, nil, []byte(member), bound(journal, fingerprint))), nil
}

// Member opens what [Seal] made. errSealed for [None], too.
func Member(key [32]byte, journal, fingerprint, sealed string) (string, error) {
	raw, err := sealing.DecodeString(sealed)
	if err != nil {
		return "", errSealed
	}
	aead, err := seal(key)
	if err != nil {
		return "", err
	}
	member, err := aead.Open(nil, nil, raw, bound(journal, fingerprint))
	if err != nil {
		return "", errSealed
	}
	return string(member), nil
}

func seal(key [32]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func bound(journal, fingerprint string) []byte {
	return []byte(strings.Join([]string{Format, journal, fingerprint}, " "))
}

// reader goes from entry to entry.
type reader struct {
	head     Head // behind the last entry that continued the chain
	kept     int64
	entries  []*Entry
	generous bool // keeps entries that do not continue the chain, too
	broken   bool // there was one
}

// read reads every line from a place on.
func (j *Journal) read(from int64, r *reader) error {
	return r.read(io.NewSectionReader(j.file, from, math.MaxInt64-from), from)
}

func (r *reader) read(lines io.Reader, at int64) error {
	in := bufio.NewReaderSize(lines, 64<<10)
	for {
		line, err := in.ReadSlice('\n')
		at += int64(len(line))
		long := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !long && !errors.Is(err, io.EOF) {
			return err
		}
		if !long && !r.line(line, at) {
			return ErrDiffers
		}
		if errors.Is(err, io.EOF) {
			return r.end()
		}
	}
}

// closed ends a line that a crash left whole but for its end.
func closed(line []byte) []byte {
	if bytes.HasSuffix(line, []byte("\n")) {
		return line
	}
	return append(bytes.Clone(line), '\n')
}

// line reads a line that ends at a place, and reports whether reading can go on.
func (r *reader) line(line []byte, at int64) bool {
	e, err := ParseEntry(closed(line))
	if err != nil {
		if n, ok := parseKept(strings.TrimSuffix(string(line), "\n")); ok {
			r.kept = max(r.kept, n)
		}
		return true
	}
	sound := e.Number == r.head.Entries+1 && e.Hash == chain(r.head.Hash, e.text())
	if sound {
		r.head = Head{Entries: e.Number, Hash: e.Hash, Size: at}
		e.Behind = r.head
	}
	r.broken = r.broken || !sound
	r.entries = append(r.entries, e)
	return sound || r.generous
}

// end checks that no entry is missing that the database had.
func (r *reader) end() error {
	if r.kept <= r.head.Entries {
		return nil
	}
	r.broken = true
	if r.generous {
		return nil
	}
	return ErrDiffers
}
