//go:build cgo

package main

import (
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNamesNoCardLibrary: the program that reaches cards has the loader look for the C library alone.
func TestNamesNoCardLibrary(t *testing.T) {
	path, err := exec.LookPath("bailiff")
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	names, err := f.ImportedLibraries()
	if err != nil || !slices.Equal(names, []string{"libc.so.6"}) {
		t.Errorf("it names %q, %v", names, err)
	}
}

// TestWithoutCardLibrary runs the program where the loader finds no library of smart cards: it comes first upon
// a file of that name that is none. What asks for no card works; what asks for one says what is missing.
func TestWithoutCardLibrary(t *testing.T) {
	dir, none := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(os.Getenv(fixtureVariable))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(none, "libpcsclite.so.1"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	run := func(line string) outcome {
		t.Helper()
		o, err := perform(dir, "env LD_LIBRARY_PATH="+none+" bailiff "+line)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, line := range []string{
		"version", "vault show --vault vault", "vault verify --vault vault", "ledger show --vault vault", "ledger verify --vault vault",
		"order verify --vault vault --order order.txt --signatures order.sig",
		"batch export --vault vault --out again.zip --batch " + f.Batch,
		"ledger cosign --vault vault" + allTokens,
		releaseLine + allTokens,
	} {
		if o := run(strings.TrimPrefix(line, "bailiff ")); o.code != 0 {
			t.Errorf("%s: %+v", line, o)
		}
	}
	for _, line := range []string{"token list", "token show 20001001", "token init --rehearsal --out c09.enrolment", "token pin 20001001", "token unblock 20001001"} {
		for lang, want := range map[string][2]string{
			"en": {"error: no smart card library on this machine\n", "hint: install libpcsclite1 and pcscd"},
			"fr": {"erreur\u00a0: il n’y a pas de bibliothèque de cartes à puce sur cette machine\n", "conseil\u00a0: installez libpcsclite1 et pcscd"},
		} {
			if o := run(line + " --lang " + lang); o.code != 11 || !strings.Contains(o.errors, want[0]) || !strings.Contains(o.errors, want[1]) {
				t.Errorf("%s: %+v", line, o)
			}
		}
	}
	var found []examined
	if o := run("doctor --json"); json.Unmarshal([]byte(o.out), &found) != nil {
		t.Fatalf("doctor: %+v", o)
	}
	last := found[len(found)-1]
	if last.Subject != "library" || last.OK || last.Amiss.Exit != 11 {
		t.Errorf("doctor: the last finding is %+v", last)
	}
	if o := run("doctor --lang en"); !strings.Contains(o.out, "\n!! Smart card library (libpcsclite1): no smart card library on this machine\n") {
		t.Errorf("doctor: %+v", o)
	}
}
