package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// limit is how long a test may take beyond five times what it takes with all checks; what hangs is noticed.
const limit = 20 * time.Second

// switchboard is a file that is added to the package. The number of the check that is taken away stands in a file, since a
// process that a test starts need not get our environment. With none taken away, the first look at each check is noted.
const switchboard = `package %[1]s

import (
	"os"
	"strconv"
	"sync"
)

var checkTakenAway = func() int {
	text, err := os.ReadFile(%[2]q)
	if err != nil {
		panic(err)
	}
	n, err := strconv.Atoi(string(text))
	if err != nil {
		panic(err)
	}
	return n
}()

var checksReached [%[4]d]sync.Once

// isThere tells whether the check of that number is still there.
func isThere(n int) bool {
	if checkTakenAway < 0 {
		checksReached[n].Do(func() {
			f, err := os.OpenFile(%[3]q, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
			if err != nil {
				panic(err)
			}
			defer f.Close()
			if _, err := f.WriteString(strconv.Itoa(n) + "\n"); err != nil {
				panic(err)
			}
		})
	}
	return n != checkTakenAway
}
`

// expecting is added where there is a cursor; see [declarations].
const expecting = `
func (c *cursor) expectIf(n int) func(want ...byte) {
	if isThere(n) {
		return c.expect
	}
	return func(want ...byte) { c.take(len(want)) }
}
`

// suite is the tests of a package, built such that each check can be taken away.
type suite struct {
	pkg, dir string
	tests    []test // the one that noticed last, then the quickest first
}

// test is one top-level test and the numbers of the checks at which it looks.
type test struct {
	name    string
	takes   time.Duration
	reached map[int]bool
}

func (s *suite) path(name string) string { return filepath.Join(s.dir, name) }

// newSuite builds the tests and runs each alone, with all checks. All must pass.
func newSuite(pkg string, known declarations, all []condition, dir string) (*suite, error) {
	s := &suite{pkg: pkg, dir: dir}
	if err := s.build(known, all); err != nil {
		return nil, err
	}
	if _, err := os.Stat(s.path("test")); err != nil {
		return s, nil // there are no tests
	}
	if err := s.take(-1); err != nil {
		return nil, err
	}
	out, err := exec.Command(s.path("test"), "-test.list", "^(Test|Fuzz|Example)").Output()
	if err != nil {
		return nil, err
	}
	for name := range strings.FieldsSeq(string(out)) {
		t, err := s.try(name)
		if err != nil {
			return nil, err
		}
		s.tests = append(s.tests, t)
	}
	s.sort("")
	return s, nil
}

// sort puts one test first, and behind it the quickest. Checks that stand beside each other are mostly noticed by the same test.
func (s *suite) sort(first string) {
	slices.SortFunc(s.tests, func(a, b test) int { return cmp.Compare(a.takes, b.takes) })
	if i := slices.IndexFunc(s.tests, func(t test) bool { return t.name == first }); i > 0 {
		t := s.tests[i]
		s.tests = slices.Insert(slices.Delete(s.tests, i, i+1), 0, t)
	}
}

// try runs one test with all checks.
func (s *suite) try(name string) (t test, err error) {
	begin := time.Now()
	var text bytes.Buffer
	cmd := s.command(name)
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Run(); err != nil {
		return t, fmt.Errorf("%s: %s fails with all checks: %w\n%s", s.pkg, name, err, text.Bytes())
	}
	t = test{name, time.Since(begin), map[int]bool{}}
	numbers, err := os.ReadFile(s.path("reached"))
	if err != nil && !os.IsNotExist(err) {
		return t, err
	}
	for line := range strings.Lines(string(numbers)) {
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return t, err
		}
		t.reached[n] = true
	}
	return t, os.RemoveAll(s.path("reached"))
}

// command runs a test in a process group of its own.
func (s *suite) command(name string) *exec.Cmd {
	cmd := exec.Command(s.path("test"), "-test.run", "^"+name+"$", "-test.failfast")
	cmd.Dir, cmd.Env = s.pkg, append(os.Environ(), "TMPDIR="+s.dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

func (s *suite) take(n int) error {
	return os.WriteFile(s.path("away"), []byte(strconv.Itoa(n)), 0o644)
}

// build compiles the tests with an overlay: no file of the tree is written.
func (s *suite) build(known declarations, all []condition) error {
	folder, err := filepath.Abs(s.pkg)
	if err != nil {
		return err
	}
	added := fmt.Sprintf(switchboard, known.name, s.path("away"), s.path("reached"), len(all))
	if known.expect {
		added += expecting
	}
	files := map[string][]byte{"checks_switchboard.go": []byte(added)}
	for name, source := range switchable(all) {
		files[filepath.Base(name)] = source
	}
	replace := map[string]string{}
	for name, source := range files {
		if err := os.WriteFile(s.path(name), source, 0o644); err != nil {
			return err
		}
		replace[filepath.Join(folder, name)] = s.path(name)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.path("overlay.json"), overlay, 0o644); err != nil {
		return err
	}
	text, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", s.path("overlay.json"), "-o", s.path("test"), s.pkg).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", s.pkg, err, text)
	}
	return nil
}

// without runs the tests that look at check n, without it, until one notices.
func (s *suite) without(n int) (outcome, error) {
	if err := s.take(n); err != nil {
		return "", err
	}
	result := unreached
	for _, t := range s.tests {
		if !t.reached[n] {
			continue
		}
		if result = s.judge(&t); result != survived {
			s.sort(t.name)
			return result, nil
		}
	}
	return result, nil
}

// judge runs a test without a check.
func (s *suite) judge(t *test) outcome {
	cmd := s.command(t.name)
	if err := cmd.Start(); err != nil {
		return noticed
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			return noticed
		}
		return survived
	case <-time.After(limit + 5*t.takes):
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-done
		return endless
	}
}
