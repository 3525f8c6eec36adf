package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// event is a line of go test -json: see go doc test2json.
type event struct {
	Time                                      time.Time
	Action, Package, Test, Output, ImportPath string
	Key, Value                                string
}

// test is one that has begun. Its lines are those that are shown if it fails.
type test struct {
	name     string
	began    time.Time
	lines    []string
	subtests bool
	subFails bool   // a subtest failed, and counts in its place
	reason   string // why it is not run
}

// tally is what is known of a run so far.
type tally struct {
	verbose bool
	running map[string][]*test  // of a package, in the order in which they began
	lines   map[string][]string // of a package, which belong to none of its tests
	begun   time.Time
	passed  int
	failed  []string
	notRun  map[string]string // the reason
	order   []string          // the keys of notRun, as they came
}

func newTally(verbose bool) *tally {
	return &tally{verbose: verbose, running: map[string][]*test{}, lines: map[string][]string{}, notRun: map[string]string{}, begun: time.Now()}
}

// add takes an event in and returns what is to be printed of it.
func (t *tally) add(e event) string {
	if e.Action == "build-output" {
		return e.Output
	}
	if e.Package == "" {
		return ""
	}
	if e.Test == "" {
		return t.addPackage(e)
	}
	if e.Action == "run" {
		t.begin(e)
		return ""
	}
	u := t.find(e.Package, e.Test)
	if u == nil {
		return ""
	}
	switch e.Action {
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") {
			u.lines = append(u.lines, e.Output)
		}
	case "attr":
		if e.Key == "notrun" {
			u.reason = e.Value
		}
	case "pass", "fail", "skip":
		return t.end(u, e)
	}
	return ""
}

func (t *tally) begin(e event) {
	t.running[e.Package] = append(t.running[e.Package], &test{name: e.Test, began: e.Time})
	for above := e.Test; strings.Contains(above, "/"); {
		above = above[:strings.LastIndex(above, "/")]
		if u := t.find(e.Package, above); u != nil {
			u.subtests = true
		}
	}
}

// find is the running test of that name: the last one, since -count=2 has two.
func (t *tally) find(pkg, name string) *test {
	for _, u := range slices.Backward(t.running[pkg]) {
		if u.name == name {
			return u
		}
	}
	return nil
}

// end counts a test that ended, and returns its lines if they are wanted.
func (t *tally) end(u *test, e event) string {
	t.running[e.Package] = slices.DeleteFunc(t.running[e.Package], func(v *test) bool { return v == u })
	full := e.Package + " " + u.name
	if e.Action == "skip" && u.reason == "" {
		u.reason = "skipped: " + strings.TrimSpace(strings.Join(u.lines, " "))
	}
	switch {
	case e.Action == "fail":
		if !u.subFails {
			t.failed = append(t.failed, full)
		}
		for above := u.name; strings.Contains(above, "/"); {
			above = above[:strings.LastIndex(above, "/")]
			if v := t.find(e.Package, above); v != nil {
				v.subFails = true
			}
		}
	case u.reason != "":
		if _, known := t.notRun[full]; !known {
			t.order = append(t.order, full)
		}
		t.notRun[full] = u.reason
	case !u.subtests:
		t.passed++
	}
	if e.Action == "fail" || t.verbose {
		return strings.Join(u.lines, "")
	}
	return ""
}

// addPackage takes in what belongs to a package as a whole. When it failed without a test that did, as a
// program that was killed or does not build, it counts as a failure itself.
func (t *tally) addPackage(e event) string {
	switch e.Action {
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") {
			t.lines[e.Package] = append(t.lines[e.Package], e.Output)
		}
	case "pass", "skip":
		lines := t.lines[e.Package]
		delete(t.lines, e.Package)
		if len(lines) != 0 {
			return lines[len(lines)-1]
		}
	case "fail":
		var said strings.Builder
		for _, u := range t.running[e.Package] {
			said.WriteString(strings.Join(u.lines, ""))
		}
		said.WriteString(strings.Join(t.lines[e.Package], ""))
		delete(t.running, e.Package)
		delete(t.lines, e.Package)
		if !slices.ContainsFunc(t.failed, func(full string) bool { return strings.HasPrefix(full, e.Package+" ") }) {
			t.failed = append(t.failed, e.Package)
		}
		return said.String()
	}
	return ""
}

// progress says how far the run is, and which test has been running longest.
func (t *tally) progress(now time.Time) string {
	var oldest *test
	var where string
	for pkg, tests := range t.running {
		for _, u := range tests {
			if !u.subtests && (oldest == nil || u.began.Before(oldest.began)) {
				oldest, where = u, pkg
			}
		}
	}
	line := fmt.Sprintf("... %v: %d passed", now.Sub(t.begun).Round(time.Second), t.passed)
	if len(t.failed) != 0 {
		line += fmt.Sprintf(", %d failed", len(t.failed))
	}
	if oldest != nil {
		line += fmt.Sprintf("; at %s %s for %v", where, oldest.name, now.Sub(oldest.began).Round(time.Second))
	}
	return line + "\n"
}

// summary names what failed and what was not run, and counts in its last line.
func (t *tally) summary() string {
	var s strings.Builder
	s.WriteByte('\n')
	for _, full := range t.failed {
		fmt.Fprintf(&s, "failed: %s\n", full)
	}
	for _, full := range t.order {
		fmt.Fprintf(&s, "not run: %s: %s\n", full, t.notRun[full])
	}
	fmt.Fprintf(&s, "%d passed, %d failed", t.passed, len(t.failed))
	if len(t.order) != 0 {
		fmt.Fprintf(&s, ", %d not run", len(t.order))
	}
	s.WriteByte('\n')
	return s.String()
}

// notRunBut is what was not run and is not expected to be.
func (t *tally) notRunBut(expected []string) []string {
	return slices.DeleteFunc(slices.Clone(t.order), func(full string) bool { return slices.Contains(expected, full) })
}
