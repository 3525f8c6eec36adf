// Command tally runs go test with the arguments given, reports each package as it finishes, shows in
// full what failed, and counts:
//
//	go run ./.ci/tally -timeout 30m ./...
//
//	ok  	bailiff/custody/share	4.210s
//	...
//	not run: bailiff/cmd/bailiff TestMemoryOfCeremony: it reads the memory of other processes, which needs root
//	1204 passed, 0 failed, 1 not run
//
// A test counts once; one with subtests counts as its subtests. Not run are those that said so
// (custody/testkit/notrun) and those that skipped. BAILIFF_NOT_RUN names a file with the tests, "package
// test" a line, that may be among them: any other fails the run. With /dev/null none may; without the
// variable any may. With -v, the output of tests that passed is shown too.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// quiet is how long nothing is printed before a line says what is running.
const quiet = time.Minute

func main() {
	if err := run(os.Args[1:], os.Getenv("BAILIFF_NOT_RUN"), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string, allowed string, out io.Writer) error {
	expected, err := readExpected(allowed)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	t := newTally(slices.Contains(args, "-v"))
	follow(t, stdout, out)
	failed := cmd.Wait()
	fmt.Fprint(out, t.summary())
	switch unexpected := t.notRunBut(expected); {
	case failed != nil:
		return fmt.Errorf("go test: %w", failed)
	case allowed != "" && len(unexpected) != 0:
		return fmt.Errorf("not run, and not among the tests that %s names: %s", allowed, strings.Join(unexpected, "; "))
	case t.passed+len(t.notRun) == 0:
		return errors.New("no test ran")
	}
	return nil
}

// follow prints what the events of r are worth, and after a minute of silence what is running.
func follow(t *tally, r io.Reader, out io.Writer) {
	lines := make(chan []byte)
	go func() {
		defer close(lines)
		for in := bufio.NewReader(r); ; {
			line, err := in.ReadBytes('\n')
			if len(line) != 0 {
				lines <- line
			}
			if err != nil {
				return
			}
		}
	}()
	silence := time.NewTicker(quiet)
	defer silence.Stop()
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				return
			}
			var e event
			said := string(line)
			if json.Unmarshal(line, &e) == nil {
				said = t.add(e)
			}
			if said != "" {
				fmt.Fprint(out, said)
				silence.Reset(quiet)
			}
		case <-silence.C:
			fmt.Fprint(out, t.progress(time.Now()))
		}
	}
}

// readExpected reads the file of tests that may not be run; it may have comments after #.
func readExpected(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var tests []string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		switch fields := strings.Fields(line); len(fields) {
		case 0:
		case 2:
			tests = append(tests, strings.Join(fields, " "))
		default:
			return nil, fmt.Errorf("%s: not a package and a test: %q", path, line)
		}
	}
	return tests, nil
}
