package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// How often each act is killed, and of how many stages the kills must have left traces.
const (
	ceremonyKills, ceremonyStages = 60, 5
	releaseKills, releaseStages   = 40, 4
	ceremonyKeys                  = 57 // and 2 of the sample, 1 in reserve
)

// The fixture's ledger has six entries.
const entries = 6

// TestKilledCeremony kills ceremonies at random instants. The vault verifies and says what is
// unfinished; nothing of it can be published; the same command goes on or begins anew and says so;
// in the end one more batch is proved and published.
func TestKilledCeremony(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	a := act{line: "bailiff ceremony run --vault vault --script kill.toml --json --dice " + dice + allTokens, files: []string{
		entryFile(entries), entryFile(entries + 1), checkpointFile(entries + 2), entryFile(entries + 2), checkpointFile(entries + 3),
		entryFile(entries + 3), checkpointFile(entries + 4),
	}}
	prepare := func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "kill.toml"), []byte(scriptFor(f.Vault, ceremonyKeys)), 0o644)
	}
	storm(t, a, ceremonyKills, ceremonyStages, prepare, func(dir string, _ int) (string, error) {
		left, err := inspect(dir, 1)
		if err != nil || left.stage == "proved" {
			return left.stage, err
		}
		if left.batch != "" {
			if err := checkUnpublished(dir, left.batch); err != nil {
				return left.stage, err
			}
		}
		return left.stage, resumeCeremony(dir, a.line, left, ceremonyKeys)
	})
}

// resumeCeremony runs a ceremony of so many keys to its end.
func resumeCeremony(dir, line string, left found, keys int) error {
	o, err := perform(dir, line)
	if err != nil {
		return err
	}
	said := "The ceremony of batch " + left.batch + " goes on where it stopped."
	switch left.stage {
	case "nothing":
		said = "The ceremony is open. Batch: "
	case "opened uncosigned", "sealed uncosigned":
		said = "Batch " + left.batch + ", cut short before it was cosigned, is abandoned."
	}
	if o.code != 0 || !strings.Contains(o.errors, said) {
		return fmt.Errorf("exit code %d, and not %q:\n%s", o.code, said, o.errors)
	}
	if err := checkFinished(dir); err != nil {
		return err
	}
	var s vaultShown
	if err := must(dir, 0, "bailiff vault show --vault vault --json", &s); err != nil {
		return err
	}
	last := s.Batches[len(s.Batches)-1]
	resumed := strings.HasPrefix(said, "The ceremony of")
	if resumed != (last.Batch == left.batch) || last.State != "proved" || last.Published != keys {
		return fmt.Errorf("after %q: %+v", said, last)
	}
	return checkPublished(dir, last.Batch)
}

// TestKilledRelease kills releases at random instants. The vault verifies and says which order is
// pending; the same command finishes, into one kit that opens (with gpg, now and then); a third run
// is refused.
func TestKilledRelease(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	a := act{line: releaseLine + " --pin-file pins --token tokens/c01.token --token tokens/c02.token", files: []string{
		entryFile(entries), entryFile(entries + 1), checkpointFile(entries + 2), entryFile(entries + 2), "kit.part", "kit", entryFile(entries + 3),
		checkpointFile(entries + 4),
	}}
	storm(t, a, releaseKills, releaseStages, nothing, func(dir string, i int) (string, error) {
		left, err := inspect(dir, 1)
		if err != nil {
			return left.stage, err
		}
		if err := errors.Join(resumeRelease(dir, a.line, left), checkFinished(dir), checkKit(dir, f)); err != nil {
			return left.stage, err
		}
		if i%8 == 0 {
			err = openKitWithGPG(dir, f.Key)
		}
		return left.stage, errors.Join(err, must(dir, 8, a.line, nil))
	})
}

const releaseLine = "bailiff release run --vault vault --order order.txt --signatures order.sig --kit kit --confirm 2026-000123 --words-in-kit --json"

// resumeRelease runs a release to its end. One whose delivery is on record is used; while that entry
// is not cosigned the refusal says so, and the quorum cosigns it.
func resumeRelease(dir, line string, left found) error {
	switch left.stage {
	case "delivered":
		return nil
	case "delivered uncosigned":
		if err := must(dir, 11, line, nil); err != nil {
			return err
		}
		return must(dir, 0, "bailiff ledger cosign --vault vault"+allTokens, nil)
	}
	o, err := perform(dir, line)
	if err != nil {
		return err
	}
	resumed := strings.Contains(o.errors, "The release of order 2026-000123 goes on where it stopped.")
	if begun := left.stage != "nothing" && left.stage != "received uncosigned"; o.code != 0 || resumed != begun {
		return fmt.Errorf("exit code %d, resumed %v:\n%s", o.code, resumed, o.errors)
	}
	return nil
}

// storm kills an act many times, each time on a copy of the fixture, and judges what is left. Kills
// are spread evenly over the act's stages, as long as each was when it was measured.
func storm(t *testing.T, a act, kills, stages int, prepare func(dir string) error, judge func(dir string, i int) (string, error)) {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	base := scene(t, os.Getenv(fixtureVariable), prepare)
	lasts, err := a.measure(scene(t, base, nothing))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("its stages last %v", lasts)
	var mu sync.Mutex
	histogram := map[string]int{}
	var wg sync.WaitGroup
	next := make(chan int)
	for range max(2, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				stage, err := strike(a, base, i, lasts, rand.New(rand.NewPCG(seed, uint64(i))), judge)
				mu.Lock()
				histogram[stage]++
				mu.Unlock()
				if err != nil {
					t.Errorf("seed %d, kill %d, found %q: %v", seed, i, stage, err)
				}
			}
		})
	}
	for i := range kills {
		next <- i
	}
	close(next)
	wg.Wait()
	t.Logf("found after the kills: %v", histogram)
	if len(histogram) < stages {
		t.Errorf("the kills hit %d stages only, of at least %d: %v", len(histogram), stages, histogram)
	}
}

// strike kills the act once and judges what is left. An act that had ended by itself is judged too.
func strike(a act, base string, i int, lasts []time.Duration, r *rand.Rand, judge func(string, int) (string, error)) (string, error) {
	dir, err := copyOf(base)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	o, err := a.kill(dir, i%len(lasts), lasts, r)
	if err != nil {
		return "", err
	}
	if o.code > 0 {
		return "", fmt.Errorf("failed before it was killed: %s", o.errors)
	}
	return judge(dir, i)
}

func nothing(string) error { return nil }

// scene is a copy of a folder, with what prepare adds.
func scene(t *testing.T, from string, prepare func(dir string) error) string {
	t.Helper()
	dir, err := copyOf(from)
	if err == nil {
		err = prepare(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
