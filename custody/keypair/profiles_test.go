package keypair_test

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"bailiff/custody/fuzztest"
	"bailiff/custody/keypair"
	"bailiff/custody/secret"
	"bailiff/keyceremony/keygen"
)

// others are the profiles besides the default, with the number of keys that a test has time for.
func others() map[keypair.Profile]int {
	return map[keypair.Profile]int{
		keypair.V6Curve25519: 300, keypair.V6PostQuantum: 40, keypair.RSA3072: 3, keypair.RSA4096: 1,
	}
}

func generateAs(t testing.TB, p keypair.Profile, number int, rehearsal bool) (*keygen.Pair, string) {
	t.Helper()
	id := keypair.UserID(batch, number, rehearsal)
	pair, err := keygen.Generate(p, id, created, rehearsal)
	if err != nil {
		t.Fatal(err)
	}
	return pair, id
}

// Every profile refuses the keys of every other, another user ID, another time, the other mode.
func TestProfileRefusals(t *testing.T) {
	t.Parallel()
	keys := map[keypair.Profile]*keygen.Pair{}
	for _, p := range keypair.Profiles() {
		keys[p], _ = generateAs(t, p, 42, true)
	}
	id := keypair.UserID(batch, 42, true)
	for p, pair := range keys {
		if err := keypair.RoundTrip(pair.Public, pair.Private, rand.Reader); err != nil {
			t.Errorf("%s: %v", p, err)
		}
		for q, other := range keys {
			if q == p {
				continue
			}
			if _, err := keypair.Check(p, other.Public, id, created, true); !errors.Is(err, keypair.ErrAlgorithm) && !errors.Is(err, keypair.ErrPackets) {
				t.Errorf("%s takes a key of %s: %v", p, q, err)
			}
			if err := keypair.CheckPrivate(p, other.Private, pair.Public); !errors.Is(err, keypair.ErrPrivate) {
				t.Errorf("%s takes a private key of %s: %v", p, q, err)
			}
		}
		for name, tt := range map[string]struct {
			id        string
			created   time.Time
			rehearsal bool
			want      error
		}{
			"another number":  {keypair.UserID(batch, 43, true), created, true, keypair.ErrUserID},
			"another time":    {id, created.Add(time.Second), true, keypair.ErrCreated},
			"production":      {keypair.UserID(batch, 42, false), created, false, keypair.ErrMark},
			"no mark in name": {keypair.UserID(batch, 42, false), created, true, keypair.ErrMark},
		} {
			if _, err := keypair.Check(p, pair.Public, tt.id, tt.created, tt.rehearsal); !errors.Is(err, tt.want) {
				t.Errorf("%s, %s: %v, want %v", p, name, err, tt.want)
			}
		}
	}
}

// No altered byte passes in a public key, and none in a private one.
func TestAlteredByteOfEveryProfile(t *testing.T) {
	t.Parallel()
	for p := range others() {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			pair, id := generateAs(t, p, 1, true)
			step := max(1, len(pair.Public)/300)
			for i := 0; i < len(pair.Public); i += step {
				altered := bytes.Clone(pair.Public)
				altered[i] ^= 1 << (i % 8)
				if _, err := keypair.Check(p, altered, id, created, true); err == nil {
					t.Errorf("byte %d of the public key", i)
				}
			}
			alteredSecrets(t, p, pair)
			for _, n := range []int{0, 1, len(pair.Public) / 2, len(pair.Public) - 1} {
				if _, err := keypair.Check(p, pair.Public[:n], id, created, true); err == nil {
					t.Errorf("the first %d bytes pass", n)
				}
			}
			if _, err := keypair.Check(p, append(bytes.Clone(pair.Public), 0), id, created, true); err == nil {
				t.Error("a trailing byte passes")
			}
		})
	}
}

// alteredSecrets flips bits of the secret numbers, and puts the sum behind them right: the numbers themselves must
// not belong to the public key any more. X25519 alone ignores five bits of its secret; and ML-KEM's public key
// does not depend on the last 32 octets of the seed, which only serve to refuse forged ciphertexts (FIPS 203).
func alteredSecrets(t *testing.T, p keypair.Profile, pair *keygen.Pair) {
	t.Helper()
	step, ignored := 1, 5
	switch p {
	case keypair.V6PostQuantum:
		ignored += 8 * 32
	case keypair.RSA3072, keypair.RSA4096:
		step, ignored = 37, 0
	}
	same, tried := 0, 0
	for _, at := range secretNumbers(pair) {
		for bit := 8 * at.from; bit < 8*at.to; bit += step {
			altered := secret.From(bytes.Clone(pair.Private.Expose()))
			b := altered.Expose()
			b[bit/8] ^= 1 << (bit % 8)
			if ignored == 0 {
				sum := uint16(0)
				for _, octet := range b[at.from:at.to] {
					sum += uint16(octet)
				}
				binary.BigEndian.PutUint16(b[at.to:], sum)
			}
			if err := keypair.CheckPrivate(p, altered, pair.Public); err == nil {
				same++
			}
			tried++
			altered.Wipe()
		}
	}
	if same != ignored || tried < 400 {
		t.Errorf("%d of %d altered bits of the secret numbers pass, want %d", same, tried, ignored)
	}
}

type span struct{ from, to int }

// secretNumbers finds the secret numbers of both keys in the private form, without the sums behind them.
func secretNumbers(pair *keygen.Pair) (found []span) {
	public, private := packets(pair.Public), packets(pair.Private.Expose())
	for i, at := range private {
		if tag := pair.Private.Expose()[at.head]; tag == 0xc5 || tag == 0xc7 {
			from := at.from + (public[i].to - public[i].from) + 1
			to := at.to
			if pair.Private.Expose()[at.from] == 4 {
				to -= 2
			}
			found = append(found, span{from, to})
		}
	}
	return found
}

type place struct {
	head int
	span
}

// packets finds the packets of a key, whose lengths are of one, two or five octets.
func packets(b []byte) (all []place) {
	for i := 0; i < len(b); {
		from, n := i+2, int(b[i+1])
		switch {
		case n == 255:
			from, n = i+6, int(binary.BigEndian.Uint32(b[i+2:]))
		case n >= 192:
			from, n = i+3, (n-192)<<8+int(b[i+2])+192
		}
		all = append(all, place{i, span{from, from + n}})
		i = from + n
	}
	return all
}

func FuzzCheckProfiles(f *testing.F) {
	for i, p := range keypair.Profiles()[:3] { // an RSA key takes too long
		pair, _ := generateAs(f, p, 42, true)
		f.Add(byte(i), pair.Public)
	}
	f.Fuzz(func(t *testing.T, which byte, b []byte) {
		defer fuzztest.Bounded(t, 1024*len(b))()
		p := keypair.Profiles()[int(which)%len(keypair.Profiles())]
		checkAsLibrary(t, p, b, keypair.UserID(batch, 42, true))
	})
}
