// Package encoding recognises, before a file is parsed, what a program made of it on its way: an
// editor, a mail program, a shell.
//
//	form                                        text that people write   exact text   binary
//	begins with the mark EF BB BF               read without it          ErrMark      ErrMark
//	lines end in CR LF                          read as LF               ErrLineEnds  –
//	UTF-16, with its mark or without            ErrUTF16                 ErrUTF16     ErrRewritten
//	bytes read as characters and written again  –                        –            ErrRewritten
//	base64 and nothing else                     –                        ErrBase64    ErrBase64
//	OpenPGP armor                               –                        ErrArmor     ErrArmor
//
// Exact text is what others signed or hashed, byte for byte: it is refused in any other form, and
// nothing here makes the right one of it. The text that people write, a policy or a script, says the
// same with either end of a line; its digest is taken of the bytes as they lie in the file.
//
// If this package is wrong, an attacker gains nothing: what it lets pass is parsed as strictly as ever. But an honest
// person is told of damage or forgery where a program merely saved a file in its own way.
package encoding

import (
	"bytes"
	"encoding/base64"
	"errors"
	"unicode/utf8"
)

// The forms in which a file is refused.
var (
	ErrMark      = errors.New("encoding: a byte order mark stands in front")
	ErrLineEnds  = errors.New("encoding: the lines end in CR LF")
	ErrUTF16     = errors.New("encoding: the text is UTF-16")
	ErrRewritten = errors.New("encoding: a program read binary data as text and wrote it again")
	ErrBase64    = errors.New("encoding: the file is base64 text")
	ErrArmor     = errors.New("encoding: OpenPGP armor where something else belongs")
)

const (
	mark        = "\xef\xbb\xbf"
	armorStart  = "-----BEGIN PGP "
	replacement = "\xef\xbf\xbd" // U+FFFD, for bytes that are no UTF-8
)

// Lines returns text that people wrote without a byte order mark and with LF at the end of each line. It fails with
// ErrUTF16; everything else it leaves to the parser.
func Lines(data []byte) ([]byte, error) {
	if isUTF16(data) {
		return nil, ErrUTF16
	}
	return bytes.ReplaceAll(bytes.TrimPrefix(data, []byte(mark)), []byte("\r\n"), []byte("\n")), nil
}

// Text names the form of a file that is not exact text; nil when it recognises none. It judges by the
// first line, as whoever wrote the file judged for all of them.
func Text(data []byte) error {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	switch {
	case isUTF16(data):
		return ErrUTF16
	case bytes.HasPrefix(data, []byte(mark)):
		return ErrMark
	case bytes.HasPrefix(bytes.TrimLeft(data, "\r\n"), []byte(armorStart)):
		return ErrArmor
	case bytes.HasSuffix(first, []byte("\r")):
		return ErrLineEnds
	case isBase64(data):
		return ErrBase64
	}
	return nil
}

// Binary names the form of a file that is not binary OpenPGP data; nil when it recognises none.
func Binary(data []byte) error {
	switch {
	case bytes.Contains(data, []byte(armorStart)):
		return ErrArmor
	case isUTF16(data) && bytes.Contains(narrow(data), []byte(armorStart)):
		return ErrUTF16
	}
	if err := Rewritten(data); err != nil {
		return err
	}
	if bytes.HasPrefix(data, []byte(mark)) {
		return ErrMark
	}
	return nil
}

// Rewritten names the form of a binary file, of which data is at least the beginning, that a program made text of;
// nil when it recognises none.
func Rewritten(data []byte) error {
	switch {
	case isUTF16(data), bytes.Contains(data, []byte(replacement)) && utf8.Valid(data):
		return ErrRewritten
	case isBase64(bytes.TrimPrefix(data, []byte(mark))):
		return ErrBase64
	}
	return nil
}

// Armored returns OpenPGP armor without a byte order mark and blank lines around it, which change nothing of it, and
// whether there is any: an armor's first line anywhere in the file.
func Armored(data []byte) (armor []byte, found bool) {
	if !bytes.Contains(data, []byte(armorStart)) {
		return nil, false
	}
	return bytes.Trim(bytes.TrimPrefix(data, []byte(mark)), " \t\r\n"), true
}

// UTF16 is ErrUTF16 for text of two bytes a character. It copies nothing: data may be secret, which none of the other functions of
// this package may be given.
func UTF16(data []byte) error {
	if isUTF16(data) {
		return ErrUTF16
	}
	return nil
}

// isUTF16 tells text of two bytes a character: by its mark, or by a zero in every second one of the first bytes.
func isUTF16(data []byte) bool {
	if len(data) < 4 {
		return false
	}
	if data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff {
		return true
	}
	const looked = 64
	head := data[:min(len(data), looked)]
	if len(head) < looked/4 {
		return false
	}
	for _, zero := range []int{0, 1} {
		ok := true
		for i := range head {
			ok = ok && (head[i] == 0) == (i%2 == zero)
		}
		if ok {
			return true
		}
	}
	return false
}

// narrow is UTF-16 without its zeros: what it says, if that is ASCII.
func narrow(data []byte) []byte { return bytes.ReplaceAll(data, []byte{0}, nil) }

// isBase64 tells a file of nothing but base64, in lines or in one, and long enough to be meant as that.
func isBase64(data []byte) bool {
	const shortest = 64
	joined := bytes.Join(bytes.Fields(data), nil)
	if len(joined) < shortest {
		return false
	}
	joined = joined[:len(joined)&^3] // of a file of which only the beginning is here
	_, err := base64.StdEncoding.Decode(make([]byte, base64.StdEncoding.DecodedLen(len(joined))), joined)
	return err == nil
}
