// Package testlog has the go command run tests again that build the programs and play with them, once a program is
// another.
//
// The go command keeps the result of a test for as long as the test program is the same, byte for byte, and so are the files
// that it looked at (go help test). What only the programs reach is no part of the test program: with a check taken out of
// a command, its test passed from memory, and was not run. So such a test program tells the go command that it looked at
// every folder of which the programs are made.
//
// Were this package wrong, a broken program would pass the tests of whoever broke it.
package testlog

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Run runs the tests of a package that builds the programs, and returns the exit code. root is the folder of the repository.
func Run(m *testing.M, root string) int {
	code := m.Run()
	if err := depend(root); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// depend adds to what testing wrote for the go command (package testing/internal/testdeps): "open" and a folder stand for
// the names, sizes and times of the files in it, "stat" and a file for its own.
func depend(root string) error {
	log := flag.Lookup("test.testlogfile")
	if log == nil || log.Value.String() == "" {
		return nil
	}
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, folder := range []string{"cmd", "custody", "keyceremony", "release"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || !d.IsDir():
				return err
			case d.Name() == "testdata":
				return fs.SkipDir
			}
			fmt.Fprintln(&lines, "open", path)
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, file := range []string{"go.mod", "go.sum", ".ci/build", ".ci/pcsc"} {
		fmt.Fprintln(&lines, "stat", filepath.Join(root, file))
	}
	f, err := os.OpenFile(log.Value.String(), os.O_WRONLY|os.O_APPEND, 0)
	if errors.Is(err, fs.ErrNotExist) { // tests were listed, and none was run
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(lines.String())
	return errors.Join(err, f.Close())
}
