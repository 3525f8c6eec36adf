//go:build cgo

package main

import (
	"debug/elf"
	"encoding/json"
	"errors"
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

// withoutLibrary runs a command where an empty file lies over the library of smart cards, so that the loader finds
// none. What a person's environment says of libraries the program does not pass on to itself.
const withoutLibrary = `#!/bin/sh
found=
for library in /usr/lib/*/libpcsclite.so.1 /usr/lib/libpcsclite.so.1; do
	[ -e "$library" ] || continue
	mount --bind "$(dirname "$0")/empty" "$library" || exit 99
	found=yes
done
[ "$found" ] || exit 98
exec "$@"
`

// TestWithoutCardLibrary runs the program on a machine without a library of smart cards. What asks for no card works;
// what asks for one says what is missing.
func TestWithoutCardLibrary(t *testing.T) {
	dir, none := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(os.Getenv(fixtureVariable))); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(none, "without")
	if err := errors.Join(os.WriteFile(script, []byte(withoutLibrary), 0o755), os.WriteFile(filepath.Join(none, "empty"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	space := "unshare --mount "
	if os.Geteuid() != 0 {
		space = "unshare --mount --user --map-root-user "
	}
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	run := func(line string) outcome {
		t.Helper()
		o, err := perform(dir, space+script+" bailiff "+line)
		if err != nil || o.code > 90 {
			t.Fatalf("%v, %+v", err, o)
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
			"en": {"error: no smart card library on this machine\n", "hint: it takes the packages libpcsclite1 and pcscd"},
			"fr": {"erreur\u00a0: il n’y a pas de bibliothèque de cartes à puce sur cette machine\n", "conseil\u00a0: il faut les paquets libpcsclite1 et pcscd"},
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
