package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// onReadOnly runs a command where the folder "stick" is a disk that is read-only.
const onReadOnly = "#!/bin/sh\nmount -t tmpfs -o ro none stick || exit 99\nexec \"$@\"\n"

// TestReadOnlyStick: a medium that cannot be written to is told before a token is asked for anything, not when the key
// is open.
func TestReadOnlyStick(t *testing.T) {
	dir := scene(t, os.Getenv(fixtureVariable), func(string) error { return nil })
	script := filepath.Join(dir, "readonly")
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "stick"), 0o755), os.WriteFile(script, []byte(onReadOnly), 0o755)); err != nil {
		t.Fatal(err)
	}
	space := "unshare --mount "
	if os.Geteuid() != 0 {
		space = "unshare --mount --user --map-root-user "
	}
	if o, err := perform(dir, "bailiff order receive --vault vault --order order.txt --signatures order.sig"); err != nil || o.code != 0 {
		t.Fatalf("%v, %+v", err, o)
	}
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	before := pulse(t, dir)
	for _, line := range []string{
		strings.Replace(releaseByTwo, "--kit kit", "--kit stick/kit", 1),
		"bailiff vault init --vault stick/other --policy policy.toml" + allTokens,
		"bailiff token init --rehearsal --pin-file pins --out stick/c09.enrolment",
		"bailiff batch export --vault vault --batch " + f.Batch + " --out stick/batch.zip",
		"bailiff-platform officer new --name Officer --out stick/officer",
		"bailiff-platform order sign --database sqlite:platform.db --order order.txt --signatures stick/new.sig --key officer-1.secret.asc --confirm 2026-000123",
	} {
		o, err := perform(dir, space+script+" "+line+" --lang en")
		if err != nil {
			t.Fatal(err)
		}
		if o.code != 10 || !strings.Contains(o.errors, "stick: the disk is read-only") {
			t.Errorf("%s: %+v", line, o)
		}
		if after := pulse(t, dir); after != before {
			t.Errorf("%s: ledger and tokens were %s, and are %s", line, before, after)
		}
	}
}

// pulse is what an act leaves in the ledger and in the tokens.
func pulse(t *testing.T, dir string) string {
	t.Helper()
	entries, err := filepath.Glob(filepath.Join(dir, "vault/ledger/entries/*/*.txt"))
	if err != nil || len(entries) == 0 {
		t.Fatalf("no entries: %v", err)
	}
	state, err := os.ReadFile(filepath.Join(dir, "tokens/c01.state"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(entries, " ") + "\n" + string(state)
}
