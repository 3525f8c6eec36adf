package build_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoIsAskedForFirst: without Go, or with an older one, make says which Go is needed, and nothing else is tried.
func TestGoIsAskedForFirst(t *testing.T) {
	mod, err := os.ReadFile(root + "/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	_, need, _ := strings.Cut(string(mod), "\ntoolchain go")
	need, _, _ = strings.Cut(need, "\n")
	for name, c := range map[string]struct{ script, said string }{
		"none":    {"", "There is no Go here. Go " + need + " or later is needed"},
		"older":   {"#!/bin/sh\necho go1.26.7\n", "is go1.26.7. Go " + need + " or later is needed"},
		"ancient": {"#!/bin/sh\necho go1.19.8\n", "is go1.19.8. Go " + need + " or later is needed"},
		"offline": {"#!/bin/sh\n[ \"$GOTOOLCHAIN\" = local ] && echo go1.23.4 || exit 1\n", "is go1.23.4. Go " + need + " or later is needed"},
		"broken":  {"#!/bin/sh\nexit 1\n", "is too old to tell its version. Go " + need + " or later is needed"},
		"that":    {"#!/bin/sh\necho go" + need + "-X:runtimesecret\n", ""},
		"plain":   {"#!/bin/sh\necho go" + need + "\n", ""},
		"newer":   {"#!/bin/sh\necho 'go1.30 X:something'\n", ""},
	} {
		bin := t.TempDir()
		// What make and .ci/go call; Go may lie in the same folder of the system.
		for _, tool := range []string{"bash", "env", "sed", "sort", "head", "dirname", "sh"} {
			path, err := exec.LookPath(tool)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(path, filepath.Join(bin, tool)); err != nil {
				t.Fatal(err)
			}
		}
		if c.script != "" {
			if err := os.WriteFile(filepath.Join(bin, "go"), []byte(c.script), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		maker, err := exec.LookPath("make")
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range []string{"build", "demo", "test"} {
			line := exec.Command(maker, "-n", target) // which only says what it would do
			line.Dir, line.Env = root, []string{"PATH=" + bin}
			out, err := line.CombinedOutput()
			switch {
			case c.said == "" && err != nil:
				t.Errorf("%s, make %s: %v\n%s", name, target, err, out)
			case c.said != "" && (err == nil || !strings.Contains(string(out), c.said) || strings.Contains(string(out), ".ci/build")):
				t.Errorf("%s, make %s: %v\n%s", name, target, err, out)
			}
		}
		help := exec.Command(maker, "-n", "help")
		help.Dir, help.Env = root, []string{"PATH=" + bin}
		if out, err := help.CombinedOutput(); err != nil {
			t.Errorf("%s, make help: %v\n%s", name, err, out)
		}
	}
}
