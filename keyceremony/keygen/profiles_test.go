package keygen_test

import (
	"testing"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/keygen"
)

// others are the profiles besides the default, with the number of keys that a test has time for.
func others() map[keypair.Profile]int {
	return map[keypair.Profile]int{
		keypair.V6Curve25519: 300, keypair.V6PostQuantum: 40, keypair.RSA3072: 3, keypair.RSA4096: 1,
	}
}

func generateAs(t testing.TB, p keypair.Profile, number int, rehearsal bool) (*keypair.Pair, string) {
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
