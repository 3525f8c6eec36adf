package keygen_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp/packet"
	openpgp "github.com/ProtonMail/go-crypto/openpgp/v2"

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

func TestEveryProfile(t *testing.T) {
	t.Parallel()
	for p, count := range others() {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			for i := range count {
				rehearsal := i%2 == 0
				pair, id := generateAs(t, p, i+1, rehearsal)
				fingerprint, err := keypair.Check(p, pair.Public, id, created, rehearsal)
				if err != nil || fingerprint != pair.Fingerprint || len(fingerprint) != p.FingerprintSize() {
					t.Fatalf("key %d, %s: %v\n%x", i, fingerprint, err, pair.Public)
				}
				if err := keypair.CheckPrivate(p, pair.Private, pair.Public); err != nil {
					t.Fatalf("key %d: %v", i, err)
				}
				if i == 0 {
					t.Logf("%d bytes public, %d secret", len(pair.Public), pair.Private.Len())
				}
				pair.Private.Wipe()
			}
		})
	}
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
			same := 0
			for i := 0; i < 8*pair.Private.Len(); i += 1 + step/2*8 {
				altered := secret.From(bytes.Clone(pair.Private.Expose()))
				altered.Expose()[i/8] ^= 1 << (i % 8)
				if err := keypair.CheckPrivate(p, altered, pair.Public); err == nil {
					same++
				}
				altered.Wipe()
			}
			if most := map[bool]int{true: 5}[p.FingerprintSize() == 64]; same > most { // X25519 ignores five bits of a secret
				t.Errorf("%d altered bits of the private key pass, want at most %d", same, most)
			}
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

func FuzzCheckProfiles(f *testing.F) {
	for i, p := range keypair.Profiles()[:3] { // an RSA key takes too long
		pair, _ := generateAs(f, p, 42, true)
		f.Add(byte(i), pair.Public)
	}
	f.Fuzz(func(t *testing.T, which byte, b []byte) {
		p := keypair.Profiles()[int(which)%len(keypair.Profiles())]
		fingerprint, err := keypair.Check(p, b, keypair.UserID(batch, 42, true), created, true)
		if (fingerprint == "") == (err == nil) || err == nil && len(fingerprint) != p.FingerprintSize() {
			t.Fatal("neither a fingerprint nor an error, or both")
		}
		if err != nil {
			return
		}
		e, err := openpgp.ReadEntity(packet.NewReader(bytes.NewReader(b)))
		if err != nil {
			t.Fatalf("accepted what go-crypto refuses: %v", err)
		}
		var again bytes.Buffer
		if err := e.Serialize(&again); err != nil || !bytes.Equal(again.Bytes(), b) {
			t.Fatalf("go-crypto writes it in another way: %v", err)
		}
	})
}
