package keypair_test

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

	"bailiff/custody/keypair"
	"bailiff/custody/secret"
	"bailiff/custody/testkit/fuzztest"
	"bailiff/keyceremony/keygen"
)

// others are the profiles besides the default.
func others() []keypair.Profile { return keypair.Profiles()[1:] }

// rehearsed makes key 42 of a rehearsal. One of RSA, which takes seconds to make, is kept in testdata; package keygen makes new ones.
func rehearsed(t testing.TB, p keypair.Profile) (*keypair.Pair, string) {
	t.Helper()
	id := keypair.UserID(batch, 42, true)
	if p == keypair.RSA3072 || p == keypair.RSA4096 {
		public, err := os.ReadFile("testdata/" + string(p) + ".public")
		if err != nil {
			t.Fatal(err)
		}
		private, err := os.ReadFile("testdata/" + string(p) + ".secret")
		if err != nil {
			t.Fatal(err)
		}
		return &keypair.Pair{Public: public, Private: secret.From(private)}, id
	}
	pair, err := keygen.Generate(p, id, created, true)
	if err != nil {
		t.Fatal(err)
	}
	return pair, id
}

// TestProfiles: a key of each profile is taken, under the fingerprint that go-crypto computes.
func TestProfiles(t *testing.T) {
	for _, p := range keypair.Profiles() {
		pair, id := rehearsed(t, p)
		e, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(pair.Public)))
		if err != nil {
			t.Fatal(err)
		}
		want := hex.EncodeToString(e.PrimaryKey.Fingerprint)
		if got, err := keypair.Check(p, pair.Public, id, created, true); err != nil || got != want {
			t.Errorf("%s: %s %v, want %s", p, got, err, want)
		}
		if got, err := keypair.CheckForm(p, pair.Public, id, created, true); err != nil || got != want {
			t.Errorf("%s, its form: %s %v, want %s", p, got, err, want)
		}
		if err := keypair.CheckPrivate(p, pair.Private, pair.Public); err != nil {
			t.Errorf("%s, its private key: %v", p, err)
		}
	}
	pair, id := rehearsed(t, profile)
	for _, p := range []keypair.Profile{"", "v4-curve25518", "RSA3072"} {
		_, whole := keypair.Check(p, pair.Public, id, created, true)
		_, form := keypair.CheckForm(p, pair.Public, id, created, true)
		_, name := keypair.ParseProfile(string(p))
		for what, err := range map[string]error{
			"public key": whole, "form": form, "name": name, "private key": keypair.CheckPrivate(p, pair.Private, pair.Public),
		} {
			if !errors.Is(err, keypair.ErrProfile) {
				t.Errorf("%q, a %s: %v", p, what, err)
			}
		}
	}
}

// Every profile refuses the keys of every other, another user ID, another time, the other mode.
func TestProfileRefusals(t *testing.T) {
	t.Parallel()
	keys := map[keypair.Profile]*keypair.Pair{}
	for _, p := range keypair.Profiles() {
		keys[p], _ = rehearsed(t, p)
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
			if _, err := keypair.CheckForm(p, pair.Public, tt.id, tt.created, tt.rehearsal); !errors.Is(err, tt.want) {
				t.Errorf("the form of %s, %s: %v, want %v", p, name, err, tt.want)
			}
		}
	}
}

// No altered byte passes in a public key, and none in a private one.
func TestAlteredByteOfEveryProfile(t *testing.T) {
	t.Parallel()
	for _, p := range others() {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			pair, id := rehearsed(t, p)
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
func alteredSecrets(t *testing.T, p keypair.Profile, pair *keypair.Pair) {
	t.Helper()
	numbers := secretNumbers(pair)
	inside := func(i int) bool {
		return slices.ContainsFunc(numbers, func(s span) bool { return s.from <= i && i < s.to })
	}
	refused := func(what string, at int, private, public []byte) {
		t.Helper()
		if err := keypair.CheckPrivate(p, secret.From(private), public); !errors.Is(err, keypair.ErrPrivate) {
			t.Errorf("%s, byte %d: %v", what, at, err)
		}
	}
	whole := pair.Private.Expose()
	for _, s := range numbers {
		around := []int{s.from - 2, s.from - 1} // the end of what is public, the usage
		if p == keypair.RSA3072 || p == keypair.RSA4096 {
			around = append(around, s.to, s.to+1) // the sum
		}
		for _, i := range around {
			altered := bytes.Clone(whole)
			altered[i] ^= 1
			refused("around a secret number", i, altered, pair.Public)
		}
	}
	for i := 0; i < len(whole); i += max(1, len(whole)/100) {
		if !inside(i) {
			altered := bytes.Clone(whole)
			altered[i] ^= 1
			refused("altered", i, altered, pair.Public)
		}
		refused("cut", i, bytes.Clone(whole[:i]), pair.Public)
	}
	for _, at := range packets(whole) {
		refused("a byte more in the packet", at.from, longer(whole, at), pair.Public)
	}
	refused("a byte more", len(whole), append(bytes.Clone(whole), 0), pair.Public)
	refused("a byte more of the public key", len(whole), bytes.Clone(whole), append(bytes.Clone(pair.Public), 0))
	step, ignored := 1, 5
	switch p {
	case keypair.V6PostQuantum:
		ignored += 8 * 32
	case keypair.RSA3072, keypair.RSA4096:
		step, ignored = 37, 0
	}
	same, tried := 0, 0
	for _, at := range numbers {
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
func secretNumbers(pair *keypair.Pair) (found []span) {
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

// longer returns a key with one byte more at the end of the packet there.
func longer(key []byte, at place) []byte {
	n := at.to - at.from + 1
	head := []byte{key[at.head], byte(n)}
	switch {
	case n >= 8384:
		head = binary.BigEndian.AppendUint32([]byte{key[at.head], 255}, uint32(n))
	case n >= 192:
		head = []byte{key[at.head], byte((n-192)>>8) + 192, byte(n - 192)}
	}
	return bytes.Join([][]byte{key[:at.head], head, key[at.from:at.to], {0}, key[at.to:]}, nil)
}

func FuzzCheckProfiles(f *testing.F) {
	for i, p := range keypair.Profiles()[:3] { // an RSA key takes too long
		pair, _ := rehearsed(f, p)
		f.Add(byte(i), pair.Public)
	}
	f.Fuzz(func(t *testing.T, which byte, b []byte) {
		defer fuzztest.Bounded(t, 1024*len(b))()
		p := keypair.Profiles()[int(which)%len(keypair.Profiles())]
		checkAsLibrary(t, p, b, keypair.UserID(batch, 42, true))
	})
}
