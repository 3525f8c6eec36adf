package testlog_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/cmd/internal/testlog"
)

const root = "../../.."

func TestMain(m *testing.M) { os.Exit(testlog.Run(m, root)) }

// TestDepends: the go command is told of each folder with a package of the programs, and of what says how they are built.
func TestDepends(t *testing.T) {
	told := filepath.Join(t.TempDir(), "told")
	if out, err := exec.Command(os.Args[0], "-test.run=^$", "-test.testlogfile="+told).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(told)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	list := exec.Command("go", "list", "-deps", "-f", "{{if .Module}}{{if .Module.Main}}{{.Dir}}{{end}}{{end}}",
		"./cmd/bailiff", "./cmd/bailiff-platform", "./cmd/bailiff-demo")
	list.Dir = root
	folders, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	wanted := []string{"stat " + here + "/.ci/build", "stat " + here + "/go.sum"}
	for folder := range strings.Lines(string(folders)) {
		wanted = append(wanted, "open "+strings.TrimSuffix(folder, "\n"))
	}
	if len(wanted) < 20 {
		t.Fatalf("folders: %q", wanted)
	}
	for _, line := range wanted {
		if !slices.Contains(lines, line) {
			t.Errorf("the go command does not know of: %s", line)
		}
	}
	if lines[0] != "# test log" || lines[len(lines)-1] != "" { // else it keeps nothing
		t.Errorf("no log as the go command wants it: %q", lines[0])
	}
}
