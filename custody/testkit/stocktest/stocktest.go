// Package stocktest is for the tests that call programs which are not ours: it knows the generations of those
// whose options or words changed, and is the one place that does. Which were tried stands in docs/testing-figures.md.
//
// A machine has one generation of a program, so a test asks here, and never assumes. Were this package wrong,
// tests would fail on a machine on which the product works, or pass without having asked the program.
package stocktest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// In runs a program in a folder and returns its output, as Run does.
func In(t testing.TB, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	return Run(t, cmd)
}

// Run runs a program that must succeed and returns its standard output. What it remarks on standard error is about
// itself or the machine, differs from one version to the next, and is shown only when the program fails.
func Run(t testing.TB, cmd *exec.Cmd) string {
	t.Helper()
	out, err := Try(cmd)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	return out
}

// Try is Run for a program that may fail: then what it said on standard error is the error's text too. It speaks
// English.
func Try(cmd *exec.Cmd) (string, error) {
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, "LC_ALL=C.UTF-8")
	var notes bytes.Buffer
	cmd.Stderr = &notes
	out, err := cmd.Output()
	if err != nil {
		err = errors.Join(err, errors.New(notes.String()))
	}
	return string(out), err
}

var numbers = regexp.MustCompile(`[0-9]+\.[0-9]+`)

// Version returns the first two numbers of a program's version, such as 2.4.
func Version(t testing.TB, program string) string {
	t.Helper()
	for _, question := range []string{"--version", "version"} { // sq 1 knows the second only, and answers on standard error
		out, err := exec.Command(program, question).CombinedOutput()
		if v := numbers.FindString(string(out)); err == nil && v != "" {
			return v
		}
	}
	t.Fatalf("%s does not tell its version", program)
	return ""
}
