package needle

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

// numberSize is the least size of a secret number of any profile, in bytes.
const numberSize = 32

// numbers are the secret numbers of a private key, as they follow the public part of each packet (RFC 9580 §5.5.3):
// in version 4 multiprecision integers and a checksum, else seeds and scalars of 32 bytes each. They are looked for in both orders
// of bytes.
func numbers(t testing.TB, name string, private, public []byte) (out []Needle) {
	t.Helper()
	halves, bodies := keyPackets(t, public), keyPackets(t, private)
	if len(bodies) != 2 || len(halves) != 2 {
		t.Fatalf("%s: %d secret keys, %d public ones", name, len(bodies), len(halves))
	}
	for i, body := range bodies {
		rest, ok := bytes.CutPrefix(body, halves[i])
		if !ok || len(rest) < numberSize || rest[0] != 0 {
			t.Fatalf("%s: not an unlocked key", name)
		}
		parts := slices.Collect(slices.Chunk(rest[1:], numberSize))
		if body[0] == 4 {
			parts = integers(rest[1 : len(rest)-2])
		}
		for _, part := range parts {
			if len(part) < numberSize {
				t.Fatalf("%s: a secret number of %d bytes", name, len(part))
			}
			turned := bytes.Clone(part)
			slices.Reverse(turned)
			out = append(out, Needle{name + " turned", turned})
			out = append(out, SigningForms(name, part)...)
		}
	}
	return out
}

// integers takes multiprecision integers apart (RFC 9580 §3.2). One that lost zeros at its front has them back.
func integers(b []byte) (out [][]byte) {
	for len(b) > 2 {
		n := (int(b[0])<<8 + int(b[1]) + 7) / 8
		value := make([]byte, max(n, numberSize))
		copy(value[len(value)-n:], b[2:2+n])
		out, b = append(out, value), b[2+n:]
	}
	return out
}

// keyPackets returns the bodies of the packets of keys, secret or public.
func keyPackets(t testing.TB, key []byte) (out [][]byte) {
	t.Helper()
	packets := packet.NewOpaqueReader(bytes.NewReader(key))
	for {
		p, err := packets.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains([]uint8{5, 6, 7, 14}, p.Tag) {
			out = append(out, p.Contents)
		}
	}
}
