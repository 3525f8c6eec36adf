package encoding_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"bailiff/custody/encoding"
)

const (
	plain = "bailiff-order/1\nvault: 5f0c4a\nmode: rehearsal\n# Étude\n"
	armor = "-----BEGIN PGP SIGNATURE-----\n\nwnUEABYKACcF\n=abcd\n-----END PGP SIGNATURE-----\n"
)

// signature is as OpenPGP packets are: bytes that are no text.
var signature = append([]byte{0xc2, 0x75, 0x04, 0x00, 0x16, 0x0a, 0x00, 0x27, 0x05, 0x82}, bytes.Repeat([]byte{0x87, 0xfc, 0xfa, 0x00, 0x41}, 20)...)

func wide(order binary.AppendByteOrder, text string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

// rewritten is what a shell makes of binary data that it takes for text, and writes in its own way.
func rewritten(data []byte) (powershell5, powershell7 []byte) {
	var text []rune
	for _, c := range data {
		text = append(text, rune(c))
	}
	return wide(binary.LittleEndian, "\ufeff"+string(text)+"\r\n"), []byte(strings.ToValidUTF8(string(data), "\ufffd"))
}

func TestExactText(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"as it should be":          {[]byte(plain), nil},
		"nothing":                  {nil, nil},
		"another file":             {[]byte("PK\x03\x04"), nil},
		"lines of Windows":         {[]byte(strings.ReplaceAll(plain, "\n", "\r\n")), encoding.ErrLineEnds},
		"a mark":                   {[]byte("\ufeff" + plain), encoding.ErrMark},
		"a mark and CR LF":         {[]byte("\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n")), encoding.ErrMark},
		"UTF-16":                   {wide(binary.LittleEndian, "\ufeff"+plain), encoding.ErrUTF16},
		"UTF-16, the other way":    {wide(binary.BigEndian, "\ufeff"+plain), encoding.ErrUTF16},
		"UTF-16 without its mark":  {wide(binary.LittleEndian, plain), encoding.ErrUTF16},
		"big UTF-16 without mark":  {wide(binary.BigEndian, plain), encoding.ErrUTF16},
		"base64":                   {[]byte(base64.StdEncoding.EncodeToString([]byte(plain)) + "\n"), encoding.ErrBase64},
		"a signature for an order": {[]byte(armor), encoding.ErrArmor},
	} {
		t.Run(name, func(t *testing.T) {
			if err := encoding.Text(c.data); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("%v; want %v", err, c.want)
			}
		})
	}
}

func TestBinary(t *testing.T) {
	old, recent := rewritten(signature)
	folded := base64.StdEncoding.EncodeToString(signature)
	folded = folded[:64] + "\r\n" + folded[64:] + "\r\n"
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"as it should be":         {signature, nil},
		"nothing":                 {nil, nil},
		"an order":                {[]byte(plain), nil},
		"joined by PowerShell 5":  {old, encoding.ErrRewritten},
		"joined by PowerShell 7":  {recent, encoding.ErrRewritten},
		"armor":                   {[]byte(armor), encoding.ErrArmor},
		"armor behind another":    {append(bytes.Clone(signature), armor...), encoding.ErrArmor},
		"armor in a mail":         {[]byte("> Bonjour,\n> " + armor), encoding.ErrArmor},
		"armor in UTF-16":         {wide(binary.LittleEndian, "\ufeff"+armor), encoding.ErrUTF16},
		"base64":                  {[]byte(folded), encoding.ErrBase64},
		"base64 behind a mark":    {[]byte("\ufeff" + folded), encoding.ErrBase64},
		"a mark in front":         {append([]byte("\ufeff"), signature...), encoding.ErrMark},
		"a mark, a text, no more": {[]byte("\ufeff" + plain), encoding.ErrMark},
	} {
		t.Run(name, func(t *testing.T) {
			if err := encoding.Binary(c.data); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("%v; want %v", err, c.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	for name, data := range map[string]string{
		"as it should be": plain, "lines of Windows": strings.ReplaceAll(plain, "\n", "\r\n"),
		"a mark": "\ufeff" + plain, "both": "\ufeff" + strings.ReplaceAll(plain, "\n", "\r\n"),
	} {
		if got, err := encoding.Lines([]byte(data)); err != nil || string(got) != plain {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if got, err := encoding.Lines(wide(binary.LittleEndian, "\ufeff"+plain)); got != nil || err != encoding.ErrUTF16 {
		t.Errorf("UTF-16: %q, %v", got, err)
	}
	if got, err := encoding.Lines([]byte("a\rb\n")); err != nil || string(got) != "a\rb\n" {
		t.Errorf("a carriage return in a line: %q, %v", got, err)
	}
}

func TestArmored(t *testing.T) {
	bare := strings.TrimSpace(armor)
	for name, data := range map[string]string{
		"as it should be": armor, "blank lines": "\r\n\n " + armor + "\n\n", "a mark": "\ufeff" + armor, "both": "\ufeff\n" + armor,
	} {
		if got, found := encoding.Armored([]byte(data)); !found || string(got) != bare {
			t.Errorf("%s: %q, %v", name, got, found)
		}
	}
	for _, around := range []string{"Hello:\n" + armor, "> " + armor} {
		if got, found := encoding.Armored([]byte(around)); !found || strings.HasPrefix(string(got), "-----") {
			t.Errorf("%q: %q, %v", around, got, found)
		}
	}
	if _, found := encoding.Armored(signature); found {
		t.Error("binary data is armor")
	}
}
