package hostile

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bailiff/cmd/internal/cli"
)

var update = flag.Bool("update", false, "write testdata/hostile anew, and testdata/good if it is not there")

// accepted is what the twin of a vector expects, in which nothing is wrong.
const accepted = "accepted"

// explain names an error as the programs do.
func explain(err error) string {
	if err == nil {
		return accepted
	}
	return cli.New("bailiff", nil).ID(err)
}

func vectorFiles(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, folder := range []string{"hostile", "control"} {
		files, err := filepath.Glob(root + folder + "/*.txt")
		if err != nil || len(files) == 0 && !*update {
			t.Fatalf("no vectors in %s: %v", folder, err)
		}
		all = append(all, files...)
	}
	return all
}

func readVector(t *testing.T, path string) *vector {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v, err := parseVector(data)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	again, err := v.format()
	if err != nil || v.encoding != encodingGzip && !bytes.Equal(again, data) {
		t.Fatalf("%s: not in its only form", path)
	}
	return v
}

// TestHostile: every vector is refused by its check with its error, and by none but that.
func TestHostile(t *testing.T) {
	for _, path := range vectorFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			v := readVector(t, path)
			if path != v.path() {
				t.Errorf("the file should be %s", v.path())
			}
			check, ok := checks[v.check]
			if !ok {
				t.Fatalf("there is no check %q", v.check)
			}
			w := newWorld(t)
			w.enter(v)
			err := check(w)
			if got := explain(err); got != v.expect {
				t.Errorf("%s, want %s: %v", got, v.expect, err)
			}
		})
	}
}

// TestControl: every check passes on the good world, so that a vector fails for what is wrong in it.
func TestControl(t *testing.T) {
	for name, check := range checks {
		if err := check(newWorld(t)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestExpectedErrorsExist: each expected name is one whose exit code is promised.
func TestExpectedErrorsExist(t *testing.T) {
	promised, err := os.ReadFile("../cli/testdata/exit-codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range vectorFiles(t) {
		if v := readVector(t, path); v.expect != accepted && !strings.Contains("\n"+string(promised), "\n"+v.expect+" ") {
			t.Errorf("%s: no error is called %s", path, v.expect)
		}
	}
}

// TestReadme: the page for implementers has every check and every step.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile(root + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range checks {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("the check %q is not described", name)
		}
	}
	for name := range steps {
		if !bytes.Contains(page, []byte("`"+name+" ")) && !bytes.Contains(page, []byte("`"+name+"`")) {
			t.Errorf("the step %q is not described", name)
		}
	}
}

// lastCase is the last number of the list of cases; 49 and 54 are not in it.
const lastCase = 66

// TestEveryCase: each number of the list has a vector, or docs/testing.md says why it has none.
func TestEveryCase(t *testing.T) {
	page, err := os.ReadFile("../../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	have, excused := map[int]bool{}, map[int]bool{}
	for _, path := range vectorFiles(t) {
		if v := readVector(t, path); v.expect != accepted {
			have[v.number] = true
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\| (\d+) \| [^|]+ \| [^|]+ \|$`).FindAllSubmatch(page, -1) {
		var n int
		if _, err := fmt.Sscan(string(m[1]), &n); err != nil {
			t.Fatal(err)
		}
		excused[n] = true
	}
	for n := 1; n <= lastCase; n++ {
		if !have[n] && !excused[n] && n != 49 && n != 54 {
			t.Errorf("case %d has no vector, and docs/testing.md does not say why", n)
		}
	}
	for n := range have {
		if n < 1 || n > lastCase || n == 49 || n == 54 {
			t.Errorf("there is no case %d", n)
		}
	}
}

// TestVectorsAreDerived: the vectors are what the tables of this package make of testdata/good. With
// -update they are written.
func TestVectorsAreDerived(t *testing.T) {
	if *update {
		if _, err := os.Stat(root + "good"); errors.Is(err, os.ErrNotExist) {
			makeGood(t)
		}
		if _, err := os.Stat(root + "good/devices"); errors.Is(err, os.ErrNotExist) {
			(&maker{world: &world{TB: t, dir: root + "good"}}).devices()
		}
		for _, f := range vectorFiles(t) {
			_ = os.Remove(f)
		}
	}
	made := map[string]bool{}
	for _, v := range allVectors(t) {
		path := v.path()
		if made[path] {
			t.Fatalf("%s is made twice", path)
		}
		made[path] = true
		data, err := v.format()
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		frozen := readVector(t, path)
		if !bytes.Equal(frozen.body, v.body) || frozen.expect != v.expect || frozen.check != v.check {
			t.Errorf("%s is not what the tables make; run this test with -update", path)
		}
	}
	for _, path := range vectorFiles(t) {
		if !made[path] {
			t.Errorf("nothing makes %s", path)
		}
	}
}

// path is where a vector lies: one that must pass lies apart.
func (v *vector) path() string {
	folder := "hostile"
	if v.expect == accepted {
		folder = "control"
	}
	return fmt.Sprintf("%s%s/%02d-%s.txt", root, folder, v.number, slug(v.title))
}

func slug(title string) string {
	return strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(title), "-"), "-")
}
