package keyceremony_test

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"bailiff/custody"
	"bailiff/custody/testkit/custodytest"
)

// BenchmarkRatioVaultVerify measures what `bailiff vault verify` does, from opening the vault to its
// last byte, as a ratio to Debian's sha256sum over the same batch's files in the same run. 1 would be
// as fast as that.
func BenchmarkRatioVaultVerify(b *testing.B) {
	n := ratioKeys(b)
	bench := custodytest.New(b, custodytest.Setup{})
	c := newCeremony(b, bench, newScript(bench, n, 2, 0))
	batch, err := c.Run()
	if err != nil {
		b.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(c.Vault.BatchPath(batch), "*"))
	if err != nil || len(files) < 5 {
		b.Fatal(files, err)
	}
	bare := func() time.Duration {
		start := time.Now()
		if out, err := exec.Command("sha256sum", files...).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		return time.Since(start)
	}
	var rounds rounds
	for b.Loop() {
		before := bare()
		took := verifyVault(b, bench)
		after := bare()
		rounds = append(rounds, round{took: took, bare: (before + after) / 2})
	}
	rounds.report(b, n, "ratio-vault-verify")
}

func verifyVault(b *testing.B, bench *custodytest.Bench) time.Duration {
	b.Helper()
	start := time.Now()
	v, err := custody.Open(bench.Host, bench.Path, false)
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	if _, err := v.Verify(func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
