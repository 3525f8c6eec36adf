package handover

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/keyvalue"
)

//go:embed letter-fr.txt
var letterFrench string

//go:embed letter-en.txt
var letterEnglish string

// readers are the programs that read a key, as a letter tells them.
type readers string

const (
	everyReader  readers = "every"
	modernReader readers = "modern" // RFC 9580
	protonReader readers = "proton" // RFC 9980, post-quantum
)

// readersOf tells which programs read a key (docs/interop.md).
func readersOf(k *packet.PublicKey) readers {
	switch {
	case k.PubKeyAlgo == packet.PubKeyAlgoMldsa65Ed25519:
		return protonReader
	case k.Version == 6:
		return modernReader
	}
	return everyReader
}

// page is what a letter's template shows.
type page struct {
	Info
	Readers          readers
	Rehearsal        bool
	Day, Fingerprint string
	Telephone        string // of the contact, or ""
}

// fewestDigits is how many a line of contact details must have to be a telephone number.
const fewestDigits = 8

// Telephone returns the number in the first line of contact details that is a telephone number, behind a word such as
// `Tél.` or none; "" when no line is one.
func Telephone(contact []string) string {
	for _, line := range contact {
		number := strings.TrimLeftFunc(line, func(c rune) bool { return c != '+' && !isDigit(c) })
		foreign := strings.ContainsFunc(number, func(c rune) bool { return !isDigit(c) && !strings.ContainsRune("+ \u00a0\u202f.-()/", c) })
		if !foreign && strings.IndexFunc(number, isDigit) >= 0 && countDigits(number) >= fewestDigits {
			return number
		}
	}
	return ""
}

func isDigit(c rune) bool { return c >= '0' && c <= '9' }

func countDigits(s string) (n int) {
	for _, c := range s {
		if isDigit(c) {
			n++
		}
	}
	return n
}

// letter writes the letter, in French, a line of dashes, then in English. The texts of info were
// checked. It panics only if a template of ours is broken, which a test would have shown.
func letter(info Info, reads readers) []byte {
	p := page{Info: info, Readers: reads, Rehearsal: info.Mode == keyvalue.Rehearsal, Fingerprint: grouped(info.Key), Telephone: Telephone(info.Contact)}
	var out bytes.Buffer
	p.Day = frenchDay(info.Date)
	must(template.Must(template.New("letter-fr.txt").Parse(letterFrench)).Execute(&out, p))
	fmt.Fprintf(&out, "\n%s\n\n", strings.Repeat("-", 70))
	p.Day = info.Date.UTC().Format("2 January 2006")
	must(template.Must(template.New("letter-en.txt").Parse(letterEnglish)).Execute(&out, p))
	return out.Bytes()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// frenchDay writes a date as French letters do, the first of a month as 1er.
func frenchDay(t time.Time) string {
	months := [...]string{
		"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre",
	}
	t = t.UTC()
	day := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("Le %s %s %d", day, months[t.Month()-1], t.Year())
}

// grouped writes a fingerprint as people compare it: capitals in groups of four, at most ten
// groups a line.
func grouped(fingerprint string) string {
	var b strings.Builder
	for i, c := range strings.ToUpper(fingerprint) {
		switch {
		case i > 0 && i%40 == 0:
			b.WriteString("\n  ")
		case i > 0 && i%4 == 0:
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// wordsIntroduction stands above the words in a rehearsal's words.txt.
const wordsIntroduction = `RÉPÉTITION. Ce fichier n'existe que dans un exercice : en vrai, les mots
ne sont jamais écrits à côté de la clé. La dernière ligne est ce que l'on
tape, avec les tirets, pour déverrouiller private-key.asc.

REHEARSAL. This file exists in exercises only: in earnest the words are
never written next to the key. The last line is what one types, hyphens
included, to unlock private-key.asc.

`
