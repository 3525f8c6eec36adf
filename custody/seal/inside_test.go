package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"bailiff/custody/secret"
	"bailiff/custody/share"
)

// message seals whatever is inside, with its digest, as someone could who has the data key.
func message(t *testing.T, dataKey *secret.Bytes, inside []byte) []byte {
	t.Helper()
	var salt [saltSize]byte
	var iv [prefixSize]byte
	rand.Read(salt[:])
	rand.Read(iv[:aes.BlockSize])
	copy(iv[aes.BlockSize:], iv[aes.BlockSize-2:])
	block, err := aes.NewCipher(sessionKey(dataKey, salt).Expose())
	if err != nil {
		t.Fatal(err)
	}
	plain := appendMDC(slices.Clip(inside), iv[:], inside)
	stream, body := packet.NewOCFBEncrypter(block, iv[:aes.BlockSize], packet.OCFBNoResync)
	stream.XORKeyStream(plain, plain)
	body = append(append([]byte{1}, body...), plain...)
	file := append(append(skesk[:], salt[:]...), 0)
	return append(appendLength(append(file, tagSEIPD), len(body)), body...)
}

// TestInsideOfASealedKey: of what is sealed under the right data key, only the one form that SealKey writes is opened.
func TestInsideOfASealedKey(t *testing.T) {
	dataKey, err := secret.Random(rand.Reader, share.Size)
	if err != nil {
		t.Fatal(err)
	}
	const literal, mdc = "\xcb\x0db\x00\x00\x00\x00\x00private", "\xd3\x14"
	for name, tt := range map[string]struct {
		inside string
		want   error
	}{
		"as it is written":              {literal + mdc, nil},
		"another packet for the digest": {literal + "\xd4\x14", ErrDamaged},
		"a digest of another length":    {literal + "\xd3\x15", ErrDamaged},
		"another packet":                {"\xc8" + literal[1:] + mdc, ErrKeyFile},
		"text":                          {strings.Replace(literal, "b", "t", 1) + mdc, ErrKeyFile},
		"a date":                        {literal[:7] + "\x01private" + mdc, ErrKeyFile},
		"a packet more":                 {literal + "\xca\x03PGP" + mdc, ErrKeyFile},
		"a length in five octets":       {"\xcb\xff\x00\x00\x00" + literal[1:] + mdc, ErrKeyFile},
		"nothing in the packet":         {"\xcb\x06" + literal[2:8] + mdc, ErrKeyFile},
		"half a head":                   {"\xcb\x06b\x00\x00\x00\x00\x01" + mdc, ErrKeyFile},
	} {
		private, err := OpenKey(message(t, dataKey, []byte(tt.inside)), dataKey)
		if !errors.Is(err, tt.want) || (private == nil) != (tt.want != nil) || private != nil && string(private.Expose()) != "private" {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	file := message(t, dataKey, []byte(literal+mdc))
	if _, err := OpenKey(file[len(skesk):], dataKey); !errors.Is(err, ErrKeyFile) {
		t.Errorf("without the head of its first packet: %v", err)
	}
	for i := range skesk {
		other := bytes.Clone(file)
		other[i] ^= 1
		if _, err := OpenKey(other, dataKey); !errors.Is(err, ErrKeyFile) {
			t.Errorf("byte %d altered: %v", i, err)
		}
	}
}

// TestTextThatDoesNotEnd: what age has not declared authentic to its end is not a share, even if all of it was read.
func TestTextThatDoesNotEnd(t *testing.T) {
	for name, r := range map[string]io.Reader{
		"too short":                 strings.NewReader("shar"),
		"too long":                  strings.NewReader("share."),
		"an error at the end":       io.MultiReader(strings.NewReader("share"), iotest.ErrReader(io.ErrUnexpectedEOF)),
		"an error with a byte":      iotest.DataErrReader(io.MultiReader(strings.NewReader("share."), iotest.ErrReader(io.EOF))),
		"neither a byte nor an end": io.MultiReader(strings.NewReader("share"), nothing{}),
	} {
		if text, err := readText(r, len("share")); text != nil || !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	text, err := readText(strings.NewReader("share"), len("share"))
	if err != nil || string(text.Expose()) != "share" {
		t.Errorf("as it is: %v", err)
	}
}

// nothing is a reader that never comes to an end.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, nil }
