package needle

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/ecdh"
	"github.com/ProtonMail/go-crypto/openpgp/eddsa"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/keygen"
)

// pair makes a key of a batch.
func pair(t *testing.T, p keypair.Profile, number int) (private, public []byte) {
	t.Helper()
	k, err := keygen.Generate(p, keypair.UserID("b20261121-7f3a9c", number, true), time.Unix(1_700_000_000, 0), true)
	if err != nil {
		t.Fatal(err)
	}
	defer k.Private.Wipe()
	return bytes.Clone(k.Private.Expose()), k.Public
}

// search returns how many of the windows stand in text.
func search(windows [][]byte, text []byte) (found int) {
	for _, w := range windows {
		if bytes.Contains(text, w) {
			found++
		}
	}
	return found
}

// Wherever a piece of a private key is planted that holds a byte of a secret number and four of a number, it is found, from
// the first to the last of its bytes.
func TestWindowsFindEveryPiece(t *testing.T) {
	for _, p := range []keypair.Profile{keypair.V4Curve25519, keypair.V6Curve25519} {
		private, public := pair(t, p, 1)
		windows := Windows(t, private, public)
		secret, own := places(t, private, public)
		found := 0
		for from := range private {
			for _, size := range []int{24, 25, 40} {
				piece := private[from:min(from+size, len(private))]
				want := 0
				for i := range len(piece) - span + 1 {
					if at := from + i; slices.Contains(secret[at:at+span], true) && count(own[at:at+span]) >= 4 {
						want++
					}
				}
				planted := amid(private, from, from+len(piece))
				got := search(windows, planted)
				if got != want {
					t.Fatalf("%s: bytes %d to %d: %d windows found, want %d", p, from, from+len(piece), got, want)
				}
				found += got
			}
		}
		if found < 3*60 || search(windows, public) != 0 {
			t.Errorf("%s: %d windows found, %d of them in the public part", p, found, search(windows, public))
		}
	}
}

// amid is a piece of a key between bytes that do not continue it.
func amid(key []byte, from, to int) []byte {
	before, after := []byte{0}, []byte{0}
	if from > 0 {
		before[0] = ^key[from-1]
	}
	if to < len(key) {
		after[0] = ^key[to]
	}
	return slices.Concat(before, key[from:to], after)
}

// The places are those of the numbers that the OpenPGP library reads.
func TestPlacesAreThoseOfTheNumbers(t *testing.T) {
	for n := range 200 { // one number in 256 begins with a zero, which is left out
		private, public := pair(t, keypair.V4Curve25519, n+1)
		e, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(private)))
		if err != nil {
			t.Fatal(err)
		}
		scalar := bytes.Clone(e.Subkeys[0].PrivateKey.PrivateKey.(*ecdh.PrivateKey).D)
		slices.Reverse(scalar) // the library turns it
		want := slices.Concat(trim(e.PrivateKey.PrivateKey.(*eddsa.PrivateKey).D), trim(scalar))
		var got []byte
		secret, _ := places(t, private, public)
		for i, is := range secret {
			if is {
				got = append(got, private[i])
			}
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("key %d: %x, want %x", n, got, want)
		}
	}
}

func trim(number []byte) []byte { return bytes.TrimLeft(number[:32], "\x00") }

// TestWindowsAreOfOneKey: of many keys, none holds a window of another. With windows of one secret byte, which
// an earlier test took, many do.
func TestWindowsAreOfOneKey(t *testing.T) {
	const keys = 600
	type window [span]byte
	owner, loose := map[window]int{}, map[window]int{}
	texts := make([][]byte, keys)
	for k := range keys {
		private, public := pair(t, keypair.V4Curve25519, k+1)
		texts[k] = slices.Concat(private, public)
		for _, w := range Windows(t, private, public) {
			owner[window(w)] = k
		}
		for i := range len(private) - span {
			if w := private[i : i+span]; !bytes.Contains(public, w) {
				loose[window(w)] = k
			}
		}
	}
	coincidences := 0
	for k, text := range texts {
		for i := range len(text) - span + 1 {
			w := window(text[i : i+span])
			if of, ok := owner[w]; ok && of != k {
				t.Errorf("a window of key %d stands in key %d: %x", of, k, w)
			}
			if of, ok := loose[w]; ok && of != k {
				coincidences++
			}
		}
	}
	if coincidences == 0 {
		t.Error("the control finds nothing: keys that share nothing show nothing")
	}
	t.Logf("%d windows of %d keys; with one secret byte, %d coincidences", len(owner), keys, coincidences)
}
