package needle

import (
	"bytes"
	"testing"
)

// span is the size in bytes of the windows of [Windows], and least how many of these are the key's own.
const span, least = 24, 4

// Windows are all pieces of span bytes of a private key that hold a byte of a secret number and at least [least] bytes
// that are the key's own: of its secret numbers, or of its public ones, behind which the packets of the public and the private key differ.
// What holds fewer is shared by many keys: a window of one secret byte that ends a number, and of what follows in every key, stands in another
// key of the batch once in 256. With four, of which three bits are fixed in a Curve25519 scalar, a hundred such windows at the few hundred places
// where what follows stands coincide once in ten thousand runs. Unseen is a leak of the last three bytes, or fewer, of a number without what
// stands before them.
func Windows(t testing.TB, private, public []byte) (out [][]byte) {
	t.Helper()
	secret, own := places(t, private, public)
	for i := range len(private) - span + 1 {
		if count(secret[i:i+span]) > 0 && count(own[i:i+span]) >= least {
			out = append(out, private[i:i+span])
		}
	}
	return out
}

// count returns how many of the places are marked.
func count(marks []bool) (n int) {
	for _, is := range marks {
		if is {
			n++
		}
	}
	return n
}

// A public key packet's number begins within its first 20 bytes (version, time, algorithm, curve, size), and what ends it has
// at most 5 bytes (ECDH's parameters, RSA's exponent).
const before, behind = 20, 5

// places tells of each byte of a private key whether it belongs to a secret number, and whether to a number at all.
func places(t testing.TB, private, public []byte) (secret, own []bool) {
	t.Helper()
	secret, own = make([]bool, len(private)), make([]bool, len(private))
	halves, bodies := keyPackets(t, public), keyPackets(t, private)
	if len(bodies) != 2 || len(halves) != 2 {
		t.Fatalf("%d secret keys, %d public ones", len(bodies), len(halves))
	}
	for i, body := range bodies {
		at, end := bytes.Index(private, body), len(body)
		if at < 0 || !bytes.HasPrefix(body, append(halves[i], 0)) {
			t.Fatal("not an unlocked key")
		}
		mark := func(from, to int) {
			for n := at + from; n < at+to; n++ {
				secret[n], own[n] = true, true
			}
		}
		for n := before; n < len(halves[i])-behind; n++ {
			own[at+n] = true
		}
		from := len(halves[i]) + 1
		if body[0] != 4 {
			mark(from, end)
			continue
		}
		for end -= 2; from < end; { // multiprecision integers, then a checksum
			size := 2 + (int(body[from])<<8+int(body[from+1])+7)/8
			mark(from+2, from+size)
			from += size
		}
	}
	return secret, own
}
