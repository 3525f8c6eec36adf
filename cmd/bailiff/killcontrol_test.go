package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestKillControl makes by hand what a kill must never leave behind, and wants the checks of the
// kill tests to notice.
func TestKillControl(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	fixture := os.Getenv(fixtureVariable)
	begun := func(dir string) error { // a ceremony that stopped for want of dice
		return must(dir, 2, "bailiff ceremony run --vault vault --script script.toml --dice 123456"+allTokens, nil)
	}
	released := func(dir string) error { return must(dir, 0, releaseLine+allTokens, nil) }
	remove := func(name string) func(string) error {
		return func(dir string) error { return os.RemoveAll(filepath.Join(dir, name)) }
	}
	flip := func(name string) func(string) error {
		return func(dir string) error {
			path := filepath.Join(dir, name)
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			data[len(data)/2] ^= 1
			return replace(path, data)
		}
	}
	otherWords := func(dir string) error {
		return replace(filepath.Join(dir, "kit", "words.txt"), []byte("other words\n"))
	}
	whole := func(dir string) error {
		if _, err := inspect(dir, 1); err != nil {
			return err
		}
		return checkFinished(dir)
	}
	seen := func(dir string) error { _, err := inspect(dir, 1); return err }
	kit := func(dir string) error { return checkKit(dir, f) }
	for name, c := range map[string]struct {
		prepare, spoil, check func(dir string) error
	}{
		"last entry gone":      {nothing, remove(entryFile(entries - 1)), whole},
		"last checkpoint gone": {nothing, remove(checkpointFile(entries)), whole},
		"middle entry gone":    {nothing, remove(entryFile(2)), whole},
		"batch gone":           {begun, remove("vault/batches"), seen},
		"intent gone":          {released, remove(entryFile(entries + 1)), seen},
		"delivery gone":        {released, remove(entryFile(entries + 3)), whole},
		"kit's key changed":    {released, flip("kit/private-key.asc"), kit},
		"kit's words changed":  {released, otherWords, kit},
		"kit's record gone":    {released, remove("kit/kit.txt"), kit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := scene(t, fixture, c.prepare)
			if err := c.check(dir); err != nil {
				t.Fatalf("noticed before anything was spoilt: %v", err)
			}
			if err := c.spoil(dir); err != nil {
				t.Fatal(err)
			}
			if err := c.check(dir); err == nil {
				t.Error("not noticed")
			}
		})
	}
	t.Run("unproved batch", func(t *testing.T) {
		t.Parallel()
		if err := checkFinished(scene(t, fixture, begun)); err == nil {
			t.Error("an unfinished ceremony was not noticed")
		}
		if err := checkUnpublished(scene(t, fixture, nothing), f.Batch); err == nil {
			t.Error("an export was not noticed")
		}
	})
}

// replace puts other bytes in the place of a file that nobody but root may write to.
func replace(path string, data []byte) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

// TestKitInPlace stops a release for certain between the kit and the record of its delivery, an
// instant too short to hit with every storm: the record cannot be written. The same command
// finishes then, with the same kit.
func TestKitInPlace(t *testing.T) {
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	dir := scene(t, os.Getenv(fixtureVariable), nothing)
	obstacle := filepath.Join(dir, entryFile(entries+3)+".part")
	done, placed := make(chan struct{}), make(chan error)
	go func() { // the key is open; locking it for the kit takes a while
		waitFor(filepath.Join(dir, entryFile(entries+2)), done)
		placed <- os.MkdirAll(filepath.Join(obstacle, "in the way"), 0o755)
	}()
	o, err := perform(dir, releaseLine+allTokens)
	close(done)
	if err := errors.Join(err, <-placed, os.RemoveAll(obstacle)); err != nil || o.code == 0 {
		t.Fatalf("%v: %+v", err, o)
	}
	before, err := os.ReadFile(filepath.Join(dir, "kit", "private-key.asc"))
	if err != nil {
		t.Fatal(err)
	}
	left, err := inspect(dir, 1)
	if err != nil || left.stage != "kit in place uncosigned" {
		t.Fatalf("%q: %v", left.stage, err)
	}
	if err := errors.Join(resumeRelease(dir, releaseLine+allTokens, left), checkFinished(dir), checkKit(dir, f), must(dir, 8, releaseLine+allTokens, nil)); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(dir, "kit", "private-key.asc"))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("another kit took its place: %v", err)
	}
}
