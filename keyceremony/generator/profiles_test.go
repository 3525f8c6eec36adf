package generator_test

import (
	"bytes"
	"syscall"
	"testing"
	"time"

	"bailiff/custody/keypair"
	"bailiff/keyceremony/generator"
)

// jobOf is newJob for another profile.
func jobOf(t testing.TB, p keypair.Profile, keys int) generator.Job {
	t.Helper()
	job := newJob(t, keys)
	job.Policy = bytes.Replace(job.Policy, []byte("\nprofile: "+keypair.V4Curve25519+"\n"), []byte("\nprofile: "+p+"\n"), 1)
	return job
}

// The processes of a slow profile are as short-lived as those of the default.
func TestKeysFor(t *testing.T) {
	for p, want := range map[keypair.Profile]int{keypair.V4Curve25519: generator.MaxKeys, keypair.RSA3072: 1, keypair.RSA4096: 1} {
		if got := generator.KeysFor(p); got != want {
			t.Errorf("%s: %d keys a process, want %d", p, got, want)
		}
	}
	if got := generator.KeysFor(keypair.V6PostQuantum); got < 50 || got > 500 {
		t.Errorf("%d post-quantum keys a process", got)
	}
	if got := generator.Minutes(keypair.RSA4096, 1000, 2); got < 10 || got > 100 {
		t.Errorf("%d minutes for a thousand RSA-4096 keys", got)
	}
	if got := generator.Minutes(keypair.V6Curve25519, 3, 2); got != 1 {
		t.Errorf("%d minutes for three keys", got)
	}
}

// BenchmarkProfiles makes and seals keys of each profile, 2 of 3 custodians, and reports how many a second of one
// processor's time makes, and their sizes in bytes.
func BenchmarkProfiles(b *testing.B) {
	for p, keys := range map[keypair.Profile]int{
		keypair.V4Curve25519: 2000, keypair.V6Curve25519: 2000, keypair.V6PostQuantum: 500, keypair.RSA3072: 20, keypair.RSA4096: 10,
	} {
		b.Run(string(p), func(b *testing.B) {
			job := jobOf(b, p, keys)
			var spent time.Duration
			public, sealed := 0, 0
			for b.Loop() {
				before := processorTime(b)
				g := processes(b, "generate")
				g.Keys = generator.KeysFor(p)
				for k, err := range g.Generate(job) {
					if err != nil {
						b.Fatal(err)
					}
					public, sealed = len(k.Public), len(k.Sealed)
				}
				spent += processorTime(b) - before
			}
			b.ReportMetric(float64(b.N*keys)/spent.Seconds(), "keys/s")
			b.ReportMetric(float64(public), "public")
			b.ReportMetric(float64(sealed), "sealed")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// processorTime is what this process and those that it waited for have used.
func processorTime(b *testing.B) (sum time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if err := syscall.Getrusage(who, &used); err != nil {
			b.Fatal(err)
		}
		sum += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	return sum
}
