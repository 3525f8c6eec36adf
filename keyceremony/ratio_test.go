package keyceremony_test

import (
	"cmp"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/keybatch"
)

// ratioKeys is the size of the measured batch; BAILIFF_BENCH_KEYS sets another.
func ratioKeys(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("BAILIFF_BENCH_KEYS"))
	if err != nil {
		return 10000
	}
	b.Logf("%d keys", n)
	return n
}

// side runs work n times on all processors and returns the time it took.
func side(b *testing.B, n int, work func() error) time.Duration {
	b.Helper()
	start := time.Now()
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for range n/workers + min(1, n%workers/(w+1)) {
				if err := work(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	return time.Since(start)
}

// bareKey does what no ceremony of 3 of 5 can do without, for one key: one Ed25519 and one X25519
// key generation, two signatures, five P-256 encapsulations (key generation and ECDH each).
func bareKey(peer *ecdh.PublicKey) error {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	if _, err := ecdh.X25519().GenerateKey(rand.Reader); err != nil {
		return err
	}
	message := make([]byte, 64)
	for range 2 {
		ed25519.Sign(private, message)
	}
	for range 5 {
		ephemeral, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			return err
		}
		if _, err := ephemeral.ECDH(peer); err != nil {
			return err
		}
	}
	return nil
}

// bareVerify does what no verification can do without, for one key: two Ed25519 verifications.
func bareVerify(public ed25519.PublicKey, message, signature []byte) error {
	for range 2 {
		if !ed25519.Verify(public, message, signature) {
			return os.ErrInvalid
		}
	}
	return nil
}

// BenchmarkRatioCeremony measures a 3-of-5 ceremony up to its cosigned root, with everything:
// generation, sealing, writing, syncing, re-reading and verifying every record; as a ratio to the
// bare primitives in the same run. 1 would be as fast as they are.
func BenchmarkRatioCeremony(b *testing.B) {
	n := ratioKeys(b)
	peer, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	var rounds rounds
	for b.Loop() {
		bench := custodytest.New(b, custodytest.Setup{})
		c := newCeremony(b, bench, newScript(bench, n-2, 2, 0))
		before := side(b, n, func() error { return bareKey(peer.PublicKey()) })
		took := sealedAfter(b, c)
		after := side(b, n, func() error { return bareKey(peer.PublicKey()) })
		rounds = append(rounds, round{took: took, bare: (before + after) / 2})
	}
	rounds.report(b, n, "ratio-ceremony")
}

// round is one measurement, framed by the bare primitives just before and after it.
type round struct{ took, bare time.Duration }

// rounds are the measurements of a run; the machine's speed drifts, so the median counts.
type rounds []round

func (r rounds) report(b *testing.B, n int, ratio string) {
	slices.SortFunc(r, func(x, y round) int {
		return cmp.Compare(x.bare.Seconds()/x.took.Seconds(), y.bare.Seconds()/y.took.Seconds())
	})
	m := r[len(r)/2]
	b.ReportMetric(float64(n)/m.took.Seconds(), "keys/s")
	b.ReportMetric(float64(n)/m.bare.Seconds(), "bare-keys/s")
	b.ReportMetric(m.bare.Seconds()/m.took.Seconds(), ratio)
}

// sealedAfter runs the ceremony and returns how long its root took to be cosigned.
func sealedAfter(b *testing.B, c *keyceremony.Ceremony) time.Duration {
	b.Helper()
	start := time.Now()
	var took time.Duration
	c.Said = func(m keyceremony.Milestone, _ string) {
		if m == keyceremony.Sealed {
			took = time.Since(start)
		}
	}
	if _, err := c.Run(); err != nil {
		b.Fatal(err)
	}
	return took
}

// BenchmarkRatioVerify measures the complete verification of a public batch as a ratio to the
// bare Ed25519 verifications of its keys in the same run.
func BenchmarkRatioVerify(b *testing.B) {
	n := ratioKeys(b)
	bench := custodytest.New(b, custodytest.Setup{})
	c := newCeremony(b, bench, newScript(bench, n, 2, 0))
	batch, err := c.Run()
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "batch.zip")
	if _, _, err := keyceremony.Export(c.Vault, batch, path, 2, func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	message := make([]byte, 64)
	signature := ed25519.Sign(private, message)
	bare := func() time.Duration {
		return side(b, n, func() error { return bareVerify(public, message, signature) })
	}
	var rounds rounds
	for b.Loop() {
		before := bare()
		took := verifyFile(b, bench, path)
		after := bare()
		rounds = append(rounds, round{took: took, bare: (before + after) / 2})
	}
	rounds.report(b, n, "ratio-verify")
}

func verifyFile(b *testing.B, bench *custodytest.Bench, path string) time.Duration {
	b.Helper()
	start := time.Now()
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	file, err := keybatch.Open(f, info.Size())
	if err != nil {
		b.Fatal(err)
	}
	if _, err := file.Verify(bench.Anchor, nil, runtime.GOMAXPROCS(0), func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
