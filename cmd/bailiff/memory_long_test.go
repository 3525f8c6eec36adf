//go:build long

package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody/testkit/needle"
)

// TestLongMemoryOfPlainBuildIsNotClean: the same look at a build that does not erase finds secrets of each kind, so it would
// find them in the release build.
func TestLongMemoryOfPlainBuildIsNotClean(t *testing.T) {
	if !needRoot(t) {
		return
	}
	w := observe(t, buildFor(t, "", "bailiff"))
	w.ceremony()
	w.release()
	found := map[string]bool{}
	for s, list := range w.findings(everySecret(t, w.dir, keepers())) {
		if s.at != end || s.generates() {
			continue
		}
		kinds := kindsOf(list)
		t.Logf("%s: %v", s.name(), kinds)
		for kind := range kinds {
			found[kind] = true
		}
		for _, kind := range []string{needle.Key, needle.Share, needle.Token} {
			if kinds[kind] == 0 {
				t.Errorf("%s: no %s was found in a build that erases nothing", s.name(), kind)
			}
		}
	}
	if want := []string{needle.Data, needle.PIN, needle.Key, needle.Share, needle.Token, needle.Words}; len(found) != len(want) {
		t.Errorf("only %q were found, of %q", slices.Sorted(maps.Keys(found)), want)
	}
}

// longKeys is the number of keys of the long ceremony: more than one process for each of two processors makes.
const longKeys = 2_600

// TestLongMemoryOfCeremony: the same at a terminal, where PINs and dice are typed, with so many keys that processes end
// while others begin. While the program waits for the dice nothing but the tokens' keys stands in its memory.
func TestLongMemoryOfCeremony(t *testing.T) {
	if !needRoot(t) {
		return
	}
	w := observe(t, buildFor(t, erasing, "bailiff"))
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "long.toml"), []byte(scriptFor(f.Vault, longKeys)), 0o644); err != nil {
		t.Fatal(err)
	}
	pins := "< Is all of this right? Type yes\n> yes\n"
	for _, custodian := range []string{"c01", "c02", "c03"} {
		pins += "< " + custodian + "\n< PIN\n> " + rightPIN + "\n"
	}
	w.typed("bailiff ceremony run --vault vault --script long.toml --token tokens/c01.token --token tokens/c02.token --token tokens/c03.token --lang en",
		pins+"< throw at least 20 dice\n! "+atDice+"\n> "+dice+"\n< is this right? Type yes\n> yes\n< note the dice and these numbers. Type yes\n> yes\n", "ceremony-opened", "batch-sealed", "sample-chosen", "batch-proved")
	needles := everySecret(t, w.dir, keepers())
	all := w.findings(needles)
	places, processes := w.judge(all, ""), w.judgeGenerators(all)
	if processes < 3 || places < 5+1+processes {
		t.Errorf("%d places, %d generator processes", places, processes)
	}
	t.Logf("counts: %d secrets, %d places, %d MiB, %d generator processes", len(needles), places, w.bytes>>20, processes)
}

// TestLongMemoryOfProfiles: keys of every other profile leave nothing behind either, when a sample is proved and when one of them
// is released.
func TestLongMemoryOfProfiles(t *testing.T) {
	if !needRoot(t) {
		return
	}
	program := buildFor(t, erasing, "bailiff")
	for _, profile := range []string{"v6-curve25519", "v6-mldsa65-mlkem768", "rsa3072"} {
		dir := t.TempDir()
		if err := makeFixtureOf(dir, profile); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "facts.json"))
		if err != nil {
			t.Fatal(err)
		}
		var f facts
		if err := json.Unmarshal(text, &f); err != nil {
			t.Fatal(err)
		}
		script := strings.Replace(scriptFor(f.Vault, 3), usualProfile, profile, 1)
		if err := os.WriteFile(filepath.Join(dir, "more.toml"), []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
		w := &watched{T: t, program: program, dir: dir}
		w.ceremony()
		w.release()
		needles := everySecret(t, dir, keepers())
		all := w.findings(needles)
		w.checkLive(all)
		places, processes := w.judge(all, f.Key), w.judgeGenerators(all)
		if places < 9 || processes < 1 {
			t.Errorf("%s: %d places, %d generator processes", profile, places, processes)
		}
		t.Logf("counts: %s: %d secrets, %d places, %d generator processes", profile, len(needles), places, processes)
	}
}
