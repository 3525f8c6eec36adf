package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"bailiff/cmd/internal/testlog"
	"bailiff/custody/testkit/rig"
)

// TestMain builds both programs as they are given away and puts them on PATH: the tests of this package drive
// real programs. It prepares one fixture (fixture_test.go),
// which each test copies.
func TestMain(m *testing.M) {
	rig.Main()
	playBeside()
	playConfined()
	// What is started here, shells and programs, is to mind a terminal that hangs up, also where these tests do not, as under nohup.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	if os.Getenv(rootVariable) != "" { // programs and fixture are there
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", "bailiff-commands-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := 1
	if err := prepare(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = testlog.Run(m, "../..")
	}
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func prepare(dir string) error {
	bin := filepath.Join(dir, "bin")
	build := exec.Command("../../.ci/build", bin, "bailiff", "bailiff-platform")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf(".ci/build: %w\n%s", err, out)
	}
	for name, value := range map[string]string{
		"PATH": bin + ":" + os.Getenv("PATH"), "LC_ALL": "C.UTF-8", fixtureVariable: filepath.Join(dir, "fixture"),
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	if err := os.Mkdir(os.Getenv(fixtureVariable)+"-work", 0o755); err != nil {
		return err
	}
	return makeFixture(os.Getenv(fixtureVariable))
}
