package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// module is a module whose tests end in every way that a test can.
var module = map[string]string{
	"go.mod": "module m\n\ngo 1.26\n",
	"good/good_test.go": `package good
import "testing"
func TestOne(t *testing.T) { t.Log("kept to itself") }
func TestTwo(t *testing.T) {
	for _, name := range []string{"a", "b", "c"} { t.Run(name, func(t *testing.T) {}) }
}`,
	"bad/bad_test.go": `package bad
import "testing"
func TestWhole(t *testing.T) { t.Error("the whole is wrong") }
func TestPart(t *testing.T) {
	t.Run("right", func(t *testing.T) { t.Log("of no interest") })
	t.Run("wrong", func(t *testing.T) { t.Error("a part is wrong") })
}`,
	"rest/rest_test.go": `package rest
import "testing"
func TestRoot(t *testing.T) {
	t.Run("yes", func(t *testing.T) {})
	t.Run("no", func(t *testing.T) { t.Attr("notrun", "it needs root") })
}
func TestSkip(t *testing.T) { t.Skip("no time") }`,
	"panics/panics_test.go": `package panics
import ("os"; "testing")
func TestKilled(t *testing.T) { println("last words"); os.Exit(3) }`,
	"unbuilt/unbuilt_test.go": "package unbuilt\nvar x int = \"text\"\n",
}

// tallied runs the tests of some packages of the module.
func tallied(t *testing.T, allowed string, args ...string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range module {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out strings.Builder
	err := run(args, allowed, &out)
	return out.String(), err
}

func TestPassed(t *testing.T) {
	out, err := tallied(t, "", "./good")
	if err != nil || !regexp.MustCompile(`^ok  \tm/good\t[0-9.]+s\n\n4 passed, 0 failed\n$`).MatchString(out) {
		t.Errorf("%v: %s", err, out)
	}
}

func TestVerbose(t *testing.T) {
	out, err := tallied(t, "", "-v", "./good")
	if err != nil || !strings.Contains(out, "kept to itself") || strings.Contains(out, "=== ") {
		t.Errorf("%v: %s", err, out)
	}
}

// TestFailed: failures are shown in full, each counts once, and so does a package that fails by itself.
func TestFailed(t *testing.T) {
	out, err := tallied(t, "", "./...")
	if err == nil {
		t.Error("no error")
	}
	for _, want := range []string{
		"the whole is wrong", "a part is wrong", "--- FAIL: TestPart/wrong", "FAIL\tm/bad", "last words", "cannot use",
		"failed: m/bad TestWhole\n", "failed: m/bad TestPart/wrong\n", "failed: m/unbuilt\n",
		"not run: m/rest TestRoot/no: it needs root\n", "not run: m/rest TestSkip: skipped: ", "no time",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	if strings.Contains(out, "of no interest") || !strings.HasSuffix(out, "\n6 passed, 4 failed, 2 not run\n") {
		t.Errorf("printed:\n%s", out)
	}
}

// TestNotRun: a list of tests that may not be run allows no other.
func TestNotRun(t *testing.T) {
	list := func(text string) string {
		path := filepath.Join(t.TempDir(), "list")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for allowed, want := range map[string]string{
		"":                                  "",
		os.DevNull:                          "m/rest TestRoot/no; m/rest TestSkip",
		list("m/rest TestSkip # no time\n"): "m/rest TestRoot/no",
		list("# both\nm/rest TestSkip\nm/rest TestRoot/no\n"): "",
		list("m/rest\n"): "not a package and a test",
	} {
		out, err := tallied(t, allowed, "./rest")
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasSuffix(err.Error(), want) && !strings.Contains(err.Error(), want+":")) {
			t.Errorf("%q: %v, not %q\n%s", allowed, err, want, out)
		}
	}
}

func TestNothing(t *testing.T) {
	if out, err := tallied(t, "", "-run", "^TestNobody$", "./good"); err == nil || err.Error() != "no test ran" {
		t.Errorf("%v: %s", err, out)
	}
}
