package keyceremony_test

import (
	"crypto/ecdh"
	"os"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/keyvalue"
	"bailiff/custody/ledger"
	"bailiff/custody/testkit/custodytest"
	"bailiff/custody/token"
)

// timedToken adds up the time that a token takes for itself.
type timedToken struct {
	token.Token
	spent *time.Duration
}

func (t timedToken) ECDH(peer *ecdh.PublicKey) ([]byte, error) {
	start := time.Now()
	defer func() { *t.spent += time.Since(start) }()
	return t.Token.ECDH(peer)
}

// BenchmarkOpenOneKey measures, in a batch of 100,000 keys (BAILIFF_BENCH_KEYS sets another number),
// all that a release does for one key besides the tokens' own work: opening the vault, finding and
// authenticating the key, its shares, the data key, the private key and its check. Opening the vault
// syncs seven folders: a disk on which others write makes ms/open several times what it is alone, and leaves
// ms-processor, the time of the processors, as it is.
func BenchmarkOpenOneKey(b *testing.B) {
	keys, err := strconv.Atoi(os.Getenv("BAILIFF_BENCH_KEYS"))
	if err != nil {
		keys = 100_000
	}
	bench := custodytest.New(b, custodytest.Setup{Threshold: 2, Custodians: 3})
	batch, number := releasable(b, bench, keys)
	var opens, processor []time.Duration
	runtime.GC() // the ceremony's garbage is not for the opens to collect
	for b.Loop() {
		var spent time.Duration
		start, before := time.Now(), processorTime(b)
		v, err := custody.Open(bench.Host, bench.Path, true)
		if err != nil {
			b.Fatal(err)
		}
		var tokens []token.Token
		for _, t := range bench.Tokens[:2] {
			tokens = append(tokens, timedToken{t, &spent})
		}
		table, err := v.Seat(tokens)
		if err != nil {
			b.Fatal(err)
		}
		private, err := v.OpenKey(table, v.State.Orders["x1"].Intent.Number, batch, number)
		if err != nil {
			b.Fatal(err)
		}
		private.Wipe()
		if err := v.Close(); err != nil {
			b.Fatal(err)
		}
		opens = append(opens, time.Since(start)-spent)
		processor = append(processor, processorTime(b)-before)
	}
	b.ReportMetric(medianMs(opens), "ms/open")
	b.ReportMetric(medianMs(processor), "ms-processor")
}

// processorTime is what this process has used of the processors, tokens included.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var r unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &r); err != nil {
		b.Fatal(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func medianMs(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2].Microseconds()) / 1000
}

// releasable holds a ceremony and cosigns the decision to open a published key near the middle.
func releasable(b *testing.B, bench *custodytest.Bench, keys int) (id string, number int) {
	b.Helper()
	c := newCeremony(b, bench, newScript(bench, keys-2, 2, 0))
	id, err := c.Run()
	if err != nil {
		b.Fatal(err)
	}
	v := c.Vault
	sealed, state, err := v.Published(id)
	if err != nil {
		b.Fatal(err)
	}
	number = keys / 2
	for state.Roles()[number-1] != batch.Published {
		number++
	}
	rec, err := sealed.Record(number)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := v.Append(&ledger.OrderReceived{Order: "x1", Key: rec.Fingerprint, NotBefore: bench.Now()}, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := v.Append(&ledger.ReleaseIntent{
		Order: "x1", Batch: id, KeyNumber: rec.Number, Key: rec.Fingerprint, Opening: []string{"c01", "c02"},
	},
		keyvalue.Fields("member", "member-0001", "recipient", "Camille Exemple", "checker", "Alix Exemple", "checker", "Basile Exemple")); err != nil {
		b.Fatal(err)
	}
	if err := v.Cosign(bench.Seat(b, v, 1, 2)); err != nil {
		b.Fatal(err)
	}
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	return id, number
}
