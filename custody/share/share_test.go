package share_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/share"
)

const (
	vault = "5f0c4a0d1e2f30415263748596a7b8c9"
	batch = "b20261121-7f3a9c"
	key   = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c"
)

func newKey(t testing.TB) *secret.Bytes {
	k, err := secret.Random(rand.Reader, share.Size)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func custodians(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("c%02d", i+1))
	}
	return names
}

func split(t testing.TB, dataKey *secret.Bytes, k, n int) ([]share.Share, map[string][32]byte) {
	shares, err := share.Split(dataKey, vault, batch, key, custodians(n), k)
	if err != nil {
		t.Fatal(err)
	}
	return shares, commit(shares)
}

func commit(shares []share.Share) map[string][32]byte {
	m := make(map[string][32]byte)
	for i := range shares {
		m[shares[i].Custodian] = shares[i].Commitment()
	}
	return m
}

// copyOf returns a share of its own with the same content.
func copyOf(s share.Share) share.Share {
	s.Y = secret.From(bytes.Clone(s.Y.Expose()))
	return s
}

// subsets calls f with every subset of size k.
func subsets(shares []share.Share, k int, f func([]share.Share)) {
	for set := range 1 << len(shares) {
		if bits.OnesCount(uint(set)) != k {
			continue
		}
		var some []share.Share
		for i := range shares {
			if set>>i&1 == 1 {
				some = append(some, shares[i])
			}
		}
		f(some)
	}
}

func TestEverySubsetGivesTheKey(t *testing.T) {
	for n := 2; n <= 7; n++ {
		for k := n/2 + 1; k <= n; k++ {
			if k < 2 {
				continue
			}
			dataKey := newKey(t)
			shares, commitments := split(t, dataKey, k, n)
			for size := k; size <= n; size++ {
				subsets(shares, size, func(some []share.Share) {
					got, err := share.Combine(some, commitments)
					if err != nil || !got.Equal(dataKey) {
						t.Errorf("%d of %d, %d shares: %v", k, n, size, err)
					}
				})
			}
			subsets(shares, k-1, func(some []share.Share) {
				if _, err := share.Combine(some, commitments); !errors.Is(err, share.ErrTooFew) {
					t.Errorf("%d of %d with one too few: %v", k, n, err)
				}
			})
		}
	}
}

func TestSplitRefuses(t *testing.T) {
	good := newKey(t)
	for _, c := range []struct {
		name       string
		dataKey    *secret.Bytes
		vault      string
		custodians []string
		k          int
		want       error
	}{
		{"short key", secret.New(31), vault, custodians(3), 2, share.ErrSize},
		{"no key", nil, vault, custodians(3), 2, share.ErrSize},
		{"k = 1", good, vault, custodians(1), 1, share.ErrThreshold},
		{"k > n", good, vault, custodians(3), 4, share.ErrThreshold},
		{"half", good, vault, custodians(4), 2, share.ErrThreshold},
		{"n = 17", good, vault, custodians(17), 16, share.ErrThreshold},
		{"one custodian twice", good, vault, []string{"c01", "c02", "c01"}, 2, share.ErrDuplicate},
	} {
		if s, err := share.Split(c.dataKey, c.vault, batch, key, c.custodians, c.k); s != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if s, err := share.Split(good, "no vault", batch, key, custodians(3), 2); s != nil || err == nil {
		t.Error("a malformed vault id was accepted")
	}
}

func TestCombineNamesWhoIsAtFault(t *testing.T) {
	dataKey := newKey(t)
	shares, commitments := split(t, dataKey, 3, 5)
	foreign, err := share.Split(newKey(t), vault, "b20261121-000000", key, custodians(5), 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		change func(s []share.Share, m map[string][32]byte)
		object string
		want   error
	}{
		{"flipped bit of y", func(s []share.Share, _ map[string][32]byte) { s[2].Y.Expose()[31] ^= 1 }, "c03", share.ErrWrongShare},
		{"liar among k+1", func(s []share.Share, _ map[string][32]byte) { s[0].Y.Expose()[0] ^= 0x80 }, "c01", share.ErrWrongShare},
		{"altered x", func(s []share.Share, _ map[string][32]byte) { s[1].X ^= 0x55; s[1].X |= 1 }, "c02", share.ErrWrongShare},
		{"another's x", func(s []share.Share, _ map[string][32]byte) { s[0].X = s[1].X }, "c01", share.ErrWrongShare},
		{"x = 0", func(s []share.Share, _ map[string][32]byte) { s[3].X = 0 }, "c04", share.ErrX},
		{"x = 0, committed to", func(s []share.Share, m map[string][32]byte) { s[3].X = 0; m["c04"] = s[3].Commitment() }, "c04", share.ErrX},
		{"x twice, committed to", func(s []share.Share, m map[string][32]byte) { s[3].X = s[0].X; m["c04"] = s[3].Commitment() }, "c04", share.ErrDuplicate},
		{"one share twice", func(s []share.Share, _ map[string][32]byte) { s[1] = s[0] }, "c01", share.ErrDuplicate},
		{"another batch's share", func(s []share.Share, _ map[string][32]byte) { s[2] = foreign[2] }, "c03", share.ErrForeign},
		{"another batch's share first", func(s []share.Share, _ map[string][32]byte) { s[0] = foreign[0] }, "c01", share.ErrForeign},
		{"another batch's share, committed to", func(s []share.Share, m map[string][32]byte) { s[2] = foreign[2]; m["c03"] = s[2].Commitment() }, "c03", share.ErrForeign},
		{"lowered threshold", func(s []share.Share, _ map[string][32]byte) { s[0].Threshold, s[0].Custodians = 2, 3 }, "c01", share.ErrForeign},
		{"another vault's, committed to", func(s []share.Share, m map[string][32]byte) {
			s[2].Vault = strings.Repeat("0", 32)
			m["c03"] = s[2].Commitment()
		}, "c03", share.ErrForeign},
		{"another threshold, committed to", func(s []share.Share, m map[string][32]byte) { s[2].Threshold = 4; m["c03"] = s[2].Commitment() }, "c03", share.ErrForeign},
		{"one custodian less, committed to", func(s []share.Share, m map[string][32]byte) { s[2].Custodians = 4; m["c03"] = s[2].Commitment() }, "c03", share.ErrForeign},
		{"no commitment", func(_ []share.Share, m map[string][32]byte) { delete(m, "c02") }, "c02", share.ErrUncommitted},
		{"wiped", func(s []share.Share, _ map[string][32]byte) { s[2].Wipe() }, "c03", share.ErrSize},
	} {
		some, m := make([]share.Share, 4), make(map[string][32]byte)
		for i := range some {
			some[i] = copyOf(shares[i])
		}
		for name, sum := range commitments {
			m[name] = sum
		}
		c.change(some, m)
		got, err := share.Combine(some, m)
		if got != nil || !errors.Is(err, c.want) || !slices.Equal(fault.Objects(err), []string{c.object}) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := share.Combine(nil, commitments); !errors.Is(err, share.ErrTooFew) {
		t.Errorf("no shares: %v", err)
	}
}

// The commitment is computed here once more from the words of docs/formats.md.
func TestCommitment(t *testing.T) {
	shares, _ := split(t, newKey(t), 2, 3)
	s := shares[1]
	var b []byte
	for _, f := range [][]byte{
		[]byte("bailiff-commitment/1"), []byte(vault), []byte(batch), []byte(key), []byte("c02"), {s.X, 2, 3}, s.Y.Expose(),
	} {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...)
	}
	if s.Commitment() != sha256.Sum256(b) {
		t.Error("not the documented commitment")
	}
	if err := s.Verify(s.Commitment()); err != nil {
		t.Error(err)
	}
	if err := s.Verify(shares[0].Commitment()); !errors.Is(err, share.ErrWrongShare) {
		t.Errorf("another share's commitment: %v", err)
	}
	for _, n := range []int{0, share.Size - 1, share.Size + 1} {
		other := share.Share{Binding: s.Binding, Y: secret.New(n)}
		if err := other.Verify(other.Commitment()); !errors.Is(err, share.ErrWrongShare) {
			t.Errorf("a y of %d bytes, committed to: %v", n, err)
		}
	}
}

// Known answers from an independent implementation; testdata/shamir.txt says how to read them.
func TestVectors(t *testing.T) {
	text, err := os.ReadFile("../../testdata/shamir.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		count++
		f := strings.Split(line, " ")
		t.Run(f[0], func(t *testing.T) { vector(t, f) })
	}
	if count < 13 {
		t.Errorf("only %d vectors", count)
	}
}

func vector(t *testing.T, f []string) {
	k, _ := strconv.Atoi(f[1])
	n, _ := strconv.Atoi(f[2])
	want := unhex(t, f[3])
	var shares []share.Share
	for i, xy := range f[4:] {
		x, y, _ := strings.Cut(xy, ":")
		number, err := strconv.ParseUint(x, 10, 8)
		if err != nil {
			t.Fatal(err)
		}
		b := share.Binding{Vault: vault, Batch: batch, Key: key, Custodian: custodians(n)[i], X: uint8(number), Threshold: uint8(k), Custodians: uint8(n)}
		shares = append(shares, share.Share{Binding: b, Y: secret.From(unhex(t, y))})
	}
	if len(shares) != n {
		t.Fatalf("%d shares, want %d", len(shares), n)
	}
	try := func(some []share.Share) {
		got, err := share.Combine(some, commit(some))
		if err != nil || !bytes.Equal(got.Expose(), want) {
			t.Errorf("not the secret: %v", err)
		}
		got.Wipe()
	}
	if n > 5 { // too many subsets
		try(shares[:k])
		try(shares[n-k:])
		return
	}
	subsets(shares, k, try)
}

func unhex(t testing.TB, s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != share.Size {
		t.Fatalf("%q: %v", s, err)
	}
	return b
}

func BenchmarkSplit(b *testing.B) {
	dataKey := newKey(b)
	for b.Loop() {
		shares, err := share.Split(dataKey, vault, batch, key, []string{"c01", "c02", "c03", "c04", "c05"}, 3)
		if err != nil {
			b.Fatal(err)
		}
		for i := range shares {
			shares[i].Wipe()
		}
	}
}
