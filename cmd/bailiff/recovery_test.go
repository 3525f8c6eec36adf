package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/testkit/custodytest"
)

// The tests in this file open keys by docs/recovery.md, with stock programs only.

const (
	recoveryPage   = "../../docs/recovery.md"
	recoveryScript = "../../docs/recovery/recover.py"

	letter     = "Le coffre est ouvert.\n"
	heirsWords = "GEZDGNBVGY3TQOJQ"
)

func absolute(t testing.TB, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// newLetter encrypts the letter with gpg to a key of the public batch.
func newLetter(t *testing.T, public, fingerprint string) string {
	t.Helper()
	dir := t.TempDir()
	s := newStock(t, dir)
	s.run("", "unzip", "-q", public, "keys/*-"+fingerprint+".asc")
	s.run("", "sh", "-c", "gpg --batch --quiet --import keys/*.asc 2>/dev/null")
	s.run(letter, "gpg", "--batch", "--quiet", "--trust-model", "always", "-r", fingerprint, "-o", "letter.pgp", "-e")
	return filepath.Join(dir, "letter.pgp")
}

func TestRecoveryScriptGivesTheKnownAnswers(t *testing.T) {
	t.Parallel()
	s := newStock(t, t.TempDir())
	out := s.run("", "/usr/bin/python3", absolute(t, recoveryScript), "selftest", absolute(t, "../../testdata/shamir.txt"))
	if out != "13 vectors are right\n" {
		t.Errorf("it says %q", out)
	}
}

func TestInvariant12RecoveryPage(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	first, second := e.newBatch(3, 16<<10), e.newBatch(1, 0)
	volumes, err := filepath.Glob(filepath.Join(e.vault.BatchPath(first), "sealed-*.zip"))
	if err != nil || len(volumes) < 2 {
		t.Fatalf("%d volumes, want several (%v)", len(volumes), err)
	}
	keys, _ := e.published(first)
	others, _ := e.published(second)
	message := newLetter(t, e.export(first), keys[2])
	file := func(custodian int) holder {
		return holder{"c0" + string(rune('0'+custodian)), e.bench.Files[custodian-1]}
	}
	base := stranger{vault: e.bench.Path, batch: first, fingerprint: keys[2], message: message}
	with := func(t *testing.T, shell string, holders ...holder) *stranger {
		s := base
		s.t, s.shell, s.holders, s.kept = t, shell, holders, t.TempDir()
		return &s
	}

	t.Run("sh, k custodians", func(t *testing.T) {
		t.Parallel()
		s := with(t, "sh", file(1), file(3), file(5))
		s.opened(s.recover())
	})
	t.Run("bash, one custodian more, a spare token", func(t *testing.T) {
		t.Parallel()
		s := with(t, "bash", holder{"c02", e.spare}, file(3), file(4), file(5))
		s.opened(s.recover())
	})
	t.Run("refusals", func(t *testing.T) {
		t.Parallel()
		s := with(t, "sh", file(1), file(2), file(3), file(4))
		s.gather()
		s.refuses(volumes)
		key, batch := with(t, "sh", file(5)), with(t, "sh", file(5))
		key.fingerprint, batch.fingerprint, batch.batch = keys[0], others[0], second
		key.gather()
		batch.gather()
		s.refusesForeign(key, batch)
	})
}

// opened tells whether the screen shows the key that was asked for and the letter, whether the
// heir opens the letter with what they were given, and whether nothing is left.
func (s *stranger) opened(screen string) {
	s.t.Helper()
	for _, want := range []string{
		"\n" + s.vault + "/ledger/entries/", "\nrecords.txt: OK\n", "\nsealed-0002.zip: OK\n", "\nkey.pgp: OK\n", "\nshare-c05.age: OK\n",
		"\nshare: (secret)\n", "\n" + s.fingerprint + "\n", "\n" + letter,
	} {
		if !strings.Contains(screen, want) {
			s.t.Errorf("the screen does not show %q:\n%s", want, screen)
		}
	}
	if strings.Contains(screen, heirsWords) || strings.Contains(screen, custodytest.PIN) {
		s.t.Error("the screen shows a secret")
	}
	work := strings.TrimSpace(readText(s.t, filepath.Join(s.kept, "work")))
	if _, err := os.Stat(work); !os.IsNotExist(err) || !strings.HasPrefix(work, "/dev/shm/") {
		s.t.Errorf("%s is still there: %v", work, err)
	}
	heir := newStock(s.t, s.kept)
	secretly := []string{"--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", heirsWords}
	if _, notes, err := heir.try("", "gpg", append(secretly, "--import", "heir.asc")...); err != nil {
		s.t.Fatalf("the heir's import: %v\n%s", err, notes)
	}
	if out, notes, err := heir.try("", "gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "", "-d", s.message); err == nil {
		s.t.Errorf("the heir's key is not locked: %s\n%s", out, notes)
	}
	if out, notes, err := heir.try("", "gpg", append(secretly, "-d", s.message)...); err != nil || out != letter {
		s.t.Errorf("the heir reads %q, %v\n%s", out, err, notes)
	}
}
