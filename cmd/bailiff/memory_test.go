package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"bailiff/custody/testkit/needle"
)

// These tests read the memory of the built program as root reads it, at the end of each process and at the
// moments in between when an operation is over, and look for every secret that the program had in its
// hands. What the test knows of them it learns afterwards, from the vault, the tokens and the kit.

// erasing is what `make build` builds with.
const erasing = "runtimesecret"

// buildFor builds a program as it is given away, with an experiment of the toolchain or without.
func buildFor(t *testing.T, experiment, program string) (path string) {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("../../.ci/build", dir, program)
	cmd.Env = append(os.Environ(), "GOEXPERIMENT="+experiment)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return filepath.Join(dir, program)
}

// acts are the commands whose memory is read, and the entries of the ledger at which it is.
func (w *watched) ceremony() {
	w.run("bailiff ceremony run --vault vault --script more.toml --json --dice "+dice+allTokens, "batch-sealed", "sample-chosen", "batch-proved")
}

func (w *watched) release() {
	w.run(releaseLine+" --pin-file pins --token tokens/c01.token --token tokens/c02.token", "release-intent", "release-opened", "release-delivered")
}

// TestMemoryAfterSecretOperations: when an operation of the release build is over, its memory holds no private key,
// data key, share, PIN or word of the heir.
func TestMemoryAfterSecretOperations(t *testing.T) {
	if !needRoot(t) {
		return
	}
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	w := observe(t, buildFor(t, erasing, "bailiff"))
	w.ceremony()
	w.release()
	w.run("bailiff batch export --vault vault --out again.zip --batch " + f.Batch)
	w.run("bailiff ledger cosign --vault vault" + allTokens)
	w.run("bailiff vault verify --vault vault")
	w.run("bailiff token init --soft --pin-file pins --out new.token")
	w.run("bailiff vault init --vault other --policy policy.toml" + allTokens)
	needles := append(everySecret(t, w.dir, keepers()), needle.OfToken(t, filepath.Join(w.dir, "new.token"), rightPIN)...)
	all := w.findings(needles)
	w.checkLive(all)
	places, processes := w.judge(all, f.Key), w.judgeGenerators(all)
	if places < 15 || processes < 2 {
		t.Errorf("only %d places and %d generator processes were looked at", places, processes)
	}
	t.Logf("%d secrets looked for in %d places of %d MiB and at the end of %d generator processes", len(needles), places, w.bytes>>20, processes)
}

// TestMemoryAfterTypedPIN: a PIN that was typed at a terminal stands nowhere once the token is unlocked.
func TestMemoryAfterTypedPIN(t *testing.T) {
	if !needRoot(t) {
		return
	}
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	w := observe(t, buildFor(t, erasing, "bailiff"))
	w.typed("bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit --words-in-kit --token tokens/c01.token --token tokens/c02.token --lang en",
		"< 2026-000123\n> 2026-000123\n< c01\n< PIN\n> wrong-one\n< PIN\n> "+rightPIN+"\n< c02\n< PIN\n> "+rightPIN+"\n",
		"release-intent", "release-delivered")
	needles := append(everySecret(t, w.dir, keepers()), needle.Needle{Name: needle.PIN + " wrong", Value: []byte("wrong-one")})
	if places := w.judge(w.findings(needles), f.Key); places != 3 {
		t.Errorf("%d places were looked at", places)
	}
}
