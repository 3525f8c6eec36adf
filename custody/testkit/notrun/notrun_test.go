package notrun

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
)

const child = "BAILIFF_NOTRUN_CHILD"

// TestSay starts itself again: the test that says it passes, and both a person and go test -json have the reason.
func TestSay(t *testing.T) {
	if os.Getenv(child) != "" {
		t.Run("part", func(t *testing.T) { Say(t, "it needs\nroot") })
		return
	}
	const line = "NOT RUN: TestSay/part: it needs root\n"
	if out, errs := again(t, "-test.v=false"); errs != line || out != "PASS\n" {
		t.Errorf("printed %q and %q", out, errs)
	}
	out, _ := again(t, "-test.v=test2json")
	if !strings.Contains(out, line) {
		t.Errorf("no line %q in:\n%s", line, out)
	}
	events := exec.Command("go", "tool", "test2json")
	events.Stdin = strings.NewReader(out)
	lines, err := events.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for line := range strings.Lines(string(lines)) {
		var e struct{ Action, Test, Key, Value string }
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		found = found || e.Action == "attr" && e.Test == "TestSay/part" && e.Key == Attribute && e.Value == "it needs root"
	}
	if !found {
		t.Errorf("no attribute %s of TestSay/part in:\n%s", Attribute, lines)
	}
}

// again runs this test in a process of its own and returns what it printed.
func again(t *testing.T, verbose string) (out, errs string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestSay$", verbose)
	cmd.Env = append(os.Environ(), child+"=1")
	var o, e strings.Builder
	cmd.Stdout, cmd.Stderr = &o, &e
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s%s", err, &o, &e)
	}
	return o.String(), e.String()
}
