package share_test

import (
	"bytes"
	"errors"
	"maps"
	"math/bits"
	"slices"
	"testing"

	"github.com/hashicorp/vault/shamir"
	"pgregory.net/rapid"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/share"
)

// quorum draws a threshold and a number of custodians that a policy may have.
func quorum(r *rapid.T) (k, n int) {
	n = rapid.IntRange(2, 16).Draw(r, "n")
	return rapid.IntRange(max(2, n/2+1), n).Draw(r, "k"), n
}

// some draws at least low of the shares, in any order.
func some(r *rapid.T, shares []share.Share, low int) []share.Share {
	return rapid.Permutation(shares).Draw(r, "order")[:rapid.IntRange(low, len(shares)).Draw(r, "present")]
}

// deal splits a new key among n custodians.
func deal(t testing.TB, r *rapid.T) (dataKey *secret.Bytes, shares []share.Share, commitments map[string][32]byte, k int) {
	k, n := quorum(r)
	dataKey = newKey(t)
	shares, commitments = split(t, dataKey, k, n)
	return dataKey, shares, commitments, k
}

func wipe(shares []share.Share) {
	for i := range shares {
		shares[i].Wipe()
	}
}

// Whoever comes, in whatever order: the key when they are k or more, and otherwise a refusal.
func TestAnyQuorumInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dataKey, shares, commitments, k := deal(t, r)
		defer wipe(shares)
		present := some(r, shares, 0)
		got, err := share.Combine(present, commitments)
		switch {
		case len(present) < k && (got != nil || !errors.Is(err, share.ErrTooFew)):
			r.Fatalf("%d shares of the %d needed: %v", len(present), k, err)
		case len(present) >= k && (err != nil || !got.Equal(dataKey)):
			r.Fatalf("%d shares, %d needed: %v", len(present), k, err)
		}
		got.Wipe()
	})
}

// One liar among any k or more of them: nothing is put together, and the liar is the one named.
func TestLiarIsNamed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		_, shares, commitments, k := deal(t, r)
		defer wipe(shares)
		present := some(r, shares, k)
		liar := rapid.IntRange(0, len(present)-1).Draw(r, "liar")
		lie := copyOf(present[liar])
		defer lie.Wipe()
		lie.Y.Expose()[rapid.IntRange(0, share.Size-1).Draw(r, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		present[liar] = lie
		got, err := share.Combine(present, commitments)
		if got != nil || !errors.Is(err, share.ErrWrongShare) || !slices.Equal(fault.Objects(err), []string{lie.Custodian}) {
			r.Fatalf("liar %s: %v", lie.Custodian, err)
		}
	})
}

// A share brought twice never makes up for one that is missing, whatever commitments say.
func TestDuplicateNeverCountsTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		_, shares, commitments, k := deal(t, r)
		defer wipe(shares)
		present := slices.Clone(shares[:k-1])
		twin := copyOf(present[rapid.IntRange(0, k-2).Draw(r, "whose")])
		defer twin.Wipe()
		if rapid.Bool().Draw(r, "under the name of one who is absent") {
			twin.Custodian = shares[k-1].Custodian
			commitments = maps.Clone(commitments)
			commitments[twin.Custodian] = twin.Commitment()
		}
		got, err := share.Combine(append(present, twin), commitments)
		if got != nil || !errors.Is(err, share.ErrDuplicate) || !slices.Equal(fault.Objects(err), []string{twin.Custodian}) {
			r.Fatalf("the share of x %d twice: %v", twin.X, err)
		}
	})
}

// A share out of another batch, or of another key, is refused even where its commitment stands.
func TestForeignShareIsNamed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		_, shares, commitments, k := deal(t, r)
		defer wipe(shares)
		otherBatch, otherKey := batch, key
		if rapid.Bool().Draw(r, "another batch") {
			otherBatch = "b20261121-ffffff"
		} else {
			otherKey = "ffffffffffffffffffffffffffffffffffffffff"
		}
		foreign, err := share.Split(newKey(t), vault, otherBatch, otherKey, custodians(len(shares)), k)
		if err != nil {
			r.Fatal(err)
		}
		defer wipe(foreign)
		at := rapid.IntRange(0, k-1).Draw(r, "at")
		present := slices.Clone(shares[:k])
		present[at] = foreign[at]
		got, err := share.Combine(present, commitments)
		if got != nil || !errors.Is(err, share.ErrForeign) || !slices.Equal(fault.Objects(err), []string{foreign[at].Custodian}) {
			r.Fatalf("share %d of another: %v", at, err)
		}
	})
}

// What is written is read back as it was.
func TestFormatRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		_, shares, _, _ := deal(t, r)
		defer wipe(shares)
		s := rapid.SampledFrom(shares).Draw(r, "share")
		text := s.Format()
		defer text.Wipe()
		got, err := share.Parse(text)
		if err != nil || got.Binding != s.Binding || !got.Y.Equal(s.Y) {
			r.Fatalf("%+v became %+v: %v", s.Binding, got, err)
		}
		got.Wipe()
	})
}

// A second implementation of the sharing that docs/formats.md describes, from its words alone:
// multiplication by shifts, division by exponentiation, no tables.
func multiply(a, b byte) (product byte) {
	for ; b > 0; b >>= 1 {
		if b&1 == 1 {
			product ^= a
		}
		a = a<<1 ^ a>>7*0x1b
	}
	return product
}

func invert(a byte) byte { // a^254
	square, result := a, byte(1)
	for range 7 {
		square = multiply(square, square)
		result = multiply(result, square)
	}
	return result
}

// at returns, byte by byte, the value at x of the polynomials of lowest degree through the shares.
func at(x byte, shares []share.Share) []byte {
	sum := make([]byte, share.Size)
	for i := range shares {
		weight := byte(1)
		for j := range shares {
			if i != j {
				weight = multiply(weight, multiply(x^shares[j].X, invert(shares[i].X^shares[j].X)))
			}
		}
		for b, y := range shares[i].Y.Expose() {
			sum[b] ^= multiply(weight, y)
		}
	}
	return sum
}

// The key is the value at zero, and every further share lies on the polynomial of the first k: all
// custodians hold shares of one key, so no quorum gets another one.
func TestSharesLieOnOnePolynomial(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dataKey, shares, _, k := deal(t, r)
		defer wipe(shares)
		if !bytes.Equal(at(0, shares[:k]), dataKey.Expose()) {
			r.Fatal("the value at zero is not the key")
		}
		for _, s := range shares[k:] {
			if !bytes.Equal(at(s.X, shares[:k]), s.Y.Expose()) {
				r.Fatalf("the share of %s lies elsewhere", s.Custodian)
			}
		}
	})
}

// One share too few says nothing: for each value that a byte of the key might have there is a
// polynomial through the k-1 shares, and it differs from value to value in the share that is absent.
func TestTooFewSharesSayNothing(t *testing.T) {
	for n := 2; n <= 7; n++ {
		for k := max(2, n/2+1); k <= n; k++ {
			dataKey := newKey(t)
			shares, _ := split(t, dataKey, k, n)
			subsets(shares, k-1, func(few []share.Share) {
				absent := shares[slices.IndexFunc(shares, func(s share.Share) bool {
					return !slices.ContainsFunc(few, func(f share.Share) bool { return f.X == s.X })
				})]
				possible := make(map[byte]bool)
				for y := range 256 {
					guess := copyOf(absent)
					clear(guess.Y.Expose())
					guess.Y.Expose()[0] = byte(y)
					possible[at(0, append(slices.Clone(few), guess))[0]] = true
				}
				if len(possible) != 256 {
					t.Errorf("%d of %d: with one share too few only %d values are left", k, n, len(possible))
				}
			})
			wipe(shares)
		}
	}
}

// Why all this is checked by us: the library puts together whatever it is given, without an error.
func TestLibraryAloneDoesNotNotice(t *testing.T) {
	dataKey := newKey(t)
	shares, commitments := split(t, dataKey, 3, 5)
	raw := func(s share.Share) []byte { return append(bytes.Clone(s.Y.Expose()), s.X) }
	flipped := copyOf(shares[2])
	flipped.Y.Expose()[5] ^= 4
	zero := copyOf(shares[2])
	zero.X = 0
	for name, given := range map[string][]share.Share{
		"too few": shares[:2], "a flipped share": {shares[0], shares[1], flipped}, "x = 0": {shares[0], shares[1], zero},
	} {
		var parts [][]byte
		for _, s := range given {
			parts = append(parts, raw(s))
		}
		if got, err := shamir.Combine(parts); err != nil || bytes.Equal(got, dataKey.Expose()) {
			t.Errorf("%s: the library has changed: %v", name, err)
		}
		if got, err := share.Combine(given, commitments); got != nil || err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Each x outside 1 to 255 and each repeated one is refused wherever it stands.
func TestEveryPlaceRefusesBadX(t *testing.T) {
	shares, commitments := split(t, newKey(t), 3, 5)
	for set := range 1 << 5 {
		if bits.OnesCount(uint(set)) < 3 {
			continue
		}
		for who := range shares {
			if set>>who&1 == 0 {
				continue
			}
			var present []share.Share
			for i := range shares {
				if set>>i&1 == 1 {
					present = append(present, shares[i])
				}
			}
			place := slices.IndexFunc(present, func(s share.Share) bool { return s.X == shares[who].X })
			present[place].X = 0
			trusting := maps.Clone(commitments)
			trusting[present[place].Custodian] = present[place].Commitment()
			if got, err := share.Combine(present, trusting); got != nil || !errors.Is(err, share.ErrX) {
				t.Errorf("x = 0 at place %d of %05b: %v", place, set, err)
			}
		}
	}
}
