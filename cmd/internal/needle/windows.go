package needle

import (
	"bytes"
	"testing"
)

// span is the size in bytes of the windows of [Windows], and least how many of these are secret.
const span, least = 24, 8

// Windows are all pieces of span bytes of a private key that hold at least [least] bytes of its secret numbers. What holds fewer
// is shared by many keys but for these: with one secret byte, a window stands in another key of the batch once in 256.
// With eight, of which five bits are fixed in a Curve25519 scalar, it stands by chance at one place of 2^59; a hundred windows
// at the million places of a vault, once in 2^32 runs. Unseen is a leak of less than eight bytes of a
// number of 32 at least.
func Windows(t testing.TB, private, public []byte) (out [][]byte) {
	t.Helper()
	secret := places(t, private, public)
	for i := range len(private) - span + 1 {
		n := 0
		for _, is := range secret[i : i+span] {
			if is {
				n++
			}
		}
		if n >= least {
			out = append(out, private[i:i+span])
		}
	}
	return out
}

// places tells of each byte of a private key whether it belongs to a secret number.
func places(t testing.TB, private, public []byte) []bool {
	t.Helper()
	out := make([]bool, len(private))
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
				out[n] = true
			}
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
	return out
}
