package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bailiff/cmd/internal/cli"
)

// refusals: nothing is written where something is, and a tool's failure is passed on.
func refusals(t *testing.T, bin string) {
	full := t.TempDir()
	mustWrite(t, filepath.Join(full, "mine.txt"), "mine", 0o644)
	broken := t.TempDir()
	mustWrite(t, filepath.Join(broken, "bailiff"), "#!/bin/sh\necho 'error: c01: broken' >&2\necho 'hint: mend it' >&2\nexit 6\n", 0o755)
	mustWrite(t, filepath.Join(broken, "bailiff-platform"), "#!/bin/sh\n", 0o755)
	for _, c := range []struct {
		args []string
		exit int
		says string
	}{
		{[]string{"--dir", full}, cli.ExitExists, full},
		{[]string{"--dir", filepath.Join(t.TempDir(), "demo"), "--pins", full}, cli.ExitExists, full},
		{[]string{"--dir", filepath.Join(full, "demo"), "--pins", filepath.Join(full, "demo", "pins")}, cli.ExitUsage, "--pins"},
		{[]string{"--dir", filepath.Join(t.TempDir(), "demo"), "--bin", full}, cli.ExitStorage, "--bin"},
		{[]string{"--dir", filepath.Join(t.TempDir(), "demo"), "--bin", broken}, cli.ExitToken, "error: c01: broken\nhint: mend it\n"},
		{[]string{"--dir", filepath.Join(t.TempDir(), "demo"), "--bin", broken, "--json"}, cli.ExitToken, `{"error":"c01: broken","hint":"mend it","exit":6}`},
		{[]string{"--keys", "5"}, cli.ExitUsage, "--dir"},
		{[]string{"--dir", t.TempDir(), "--keys", "0"}, cli.ExitUsage, "--keys"},
		{[]string{"--dir", t.TempDir(), "word"}, cli.ExitUsage, "word"},
	} {
		p := &performance{}
		p.run(t, exec.Command(filepath.Join(bin, "bailiff-demo"), append(c.args, "--lang=en")...))
		if p.exit != c.exit || !strings.Contains(string(p.err), c.says) || !strings.Contains(string(p.err), "hint") {
			t.Errorf("%q: exit code %d, not %d; %s", c.args, p.exit, c.exit, p.err)
		}
	}
	if left, err := os.ReadDir(full); err != nil || len(left) != 1 {
		t.Errorf("written among other files: %v, %v", left, err)
	}
}

// interrupted: whoever stops the demo, once a file is there, finds no PIN left behind, nor a reader.
func interrupted(t *testing.T, bin, file string, more ...string) {
	tmp, dir := t.TempDir(), filepath.Join(t.TempDir(), "demo")
	c := unattended(bin, dir, tmp, more...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("no %s after a minute", file)
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	declined(t, c, tmp)
}

// unread: nor does who stops reading, as `head` does.
func unread(t *testing.T, bin string) {
	tmp := t.TempDir()
	c := unattended(bin, filepath.Join(t.TempDir(), "demo"), tmp)
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stdout = writer
	if err := errors.Join(reader.Close(), c.Start(), writer.Close()); err != nil {
		t.Fatal(err)
	}
	declined(t, c, tmp)
}

func unattended(bin, dir, tmp string, more ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(bin, "bailiff-demo"), append(more, "--dir", dir)...)
	c.Env = append(os.Environ(), "TMPDIR="+tmp)
	return c
}

// declined waits for a demo that ends early.
func declined(t *testing.T, c *exec.Cmd, tmp string) {
	t.Helper()
	_ = c.Wait()
	if exit := c.ProcessState.ExitCode(); exit != cli.ExitDeclined {
		t.Errorf("exit code %d, not %d", exit, cli.ExitDeclined)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) != 0 {
		t.Errorf("left in the temporary directory: %v, %v", left, err)
	}
}

func mustWrite(t *testing.T, path, text string, perm fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), perm); err != nil {
		t.Fatal(err)
	}
}
