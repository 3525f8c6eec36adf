package build_test

import (
	"bytes"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/cmd/internal/testlog"
)

// root is the folder of the repository.
const root = "../../.."

func TestMain(m *testing.M) { os.Exit(testlog.Run(m, root)) }

// TestPrograms builds the three programs as they are given away: position-independent and stripped, with no
// identifier of the toolchain's own, and no word of the machine that built them.
func TestPrograms(t *testing.T) {
	bin := t.TempDir()
	if out, err := exec.Command(root+"/.ci/build", bin).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"bailiff", "bailiff-platform", "bailiff-demo"} {
		path := filepath.Join(bin, name)
		f, err := elf.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if f.Type != elf.ET_DYN || f.Section(".interp") == nil {
			t.Errorf("%s is not position-independent: %s", name, f.Type)
		}
		for _, section := range []string{".symtab", ".debug_info", ".zdebug_info", ".note.gnu.build-id"} {
			if f.Section(section) != nil {
				t.Errorf("%s has a section %s", name, section)
			}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, place := range places(t) {
			if i := bytes.Index(data, []byte(place)); i >= 0 {
				t.Errorf("%s names %s: %q", name, place, data[max(0, i-40):i+len(place)+40])
			}
		}
	}
}

// places are folders of this machine that a build knows.
func places(t *testing.T) []string {
	t.Helper()
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	all := []string{here}
	for _, variable := range []string{"GOROOT", "GOMODCACHE", "GOCACHE"} {
		out, err := exec.Command("go", "env", variable).Output()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.TrimSpace(string(out)))
	}
	for _, place := range append(all, os.TempDir()+"/go-build", os.TempDir()+"/cgo") {
		if len(place) < 6 {
			t.Fatalf("the place %q says nothing", place)
		}
	}
	return all
}

// small makes a folder with a program small enough to be built again and again, with the package under test.
func small(t *testing.T, dir string) {
	t.Helper()
	for name, text := range map[string]string{
		"go.mod":                       "module bailiff\n\ngo 1.26.0\n",
		"cmd/bailiff-platform/main.go": "package main\n\nimport \"bailiff/cmd/internal/build\"\n\nfunc main() {\n\tb := build.Running()\n\tprintln(b.Commit, string(b.Tree))\n}\n",
		"custody/secret/secret.go":     "package secret\n\nconst Erasing = true\n",
		".ci/build":                    "",
		"cmd/internal/build/build.go":  "",
		".gitignore":                   "/bin/\n",
	} {
		data := []byte(text)
		if text == "" {
			var err error
			if data, err = os.ReadFile(filepath.Join(root, name)); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCommit: the program names the commit of the folder that it was built in and whether that was changed, and
// none where there is no repository, also below somebody else's; whatever git is told elsewhere, and told to overlook.
func TestCommit(t *testing.T) {
	above := t.TempDir()
	dir := filepath.Join(above, "bailiff")
	small(t, dir)
	run := func(in string, line ...string) string {
		t.Helper()
		c := exec.Command(line[0], line[1:]...)
		c.Dir = in
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=Exemple", "GIT_AUTHOR_EMAIL=e@example.org",
			"GIT_COMMITTER_NAME=Exemple", "GIT_COMMITTER_EMAIL=e@example.org")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	says := func(want string) {
		t.Helper()
		run(dir, ".ci/build", "bin", "bailiff-platform")
		if got := run(dir, "bin/bailiff-platform"); got != want {
			t.Errorf("it says %q, not %q", got, want)
		}
	}
	run(above, "git", "init", "-q")
	run(above, "git", "commit", "-q", "--allow-empty", "-m", "another project")
	says("unknown")
	run(dir, "git", "init", "-q")
	says("unknown")
	run(dir, "git", "add", ".")
	run(dir, "git", "commit", "-q", "-m", "one")
	commit := run(dir, "git", "rev-parse", "HEAD")[:12]
	says(commit + " clean")
	run(dir, "git", "tag", "v9.9.9")
	says(commit + " clean")
	t.Setenv("GIT_DIR", filepath.Join(above, ".git")) // as in a hook of another repository
	run(dir, ".ci/build", "bin", "bailiff-platform")
	os.Unsetenv("GIT_DIR")
	if got := run(dir, "bin/bailiff-platform"); got != commit+" clean" {
		t.Errorf("with another repository's GIT_DIR it says %q", got)
	}
	run(dir, "git", "config", "status.showUntrackedFiles", "no")
	run(dir, "touch", "more.go")
	says(commit + " changed")
	run(dir, "rm", "more.go")
	says(commit + " clean")

	run(dir, "sh", "-c", "echo 'package secret' >custody/secret/more.go; echo more.go >.git/info/exclude")
	says(commit + " changed")
	run(dir, "sh", "-c", "rm custody/secret/more.go; echo 'const More = 1' >>custody/secret/secret.go")
	run(dir, "git", "update-index", "--assume-unchanged", "custody/secret/secret.go")
	says(commit + " changed")
}

// TestSettings: what a person has set for Go, for their own programs, changes no byte of these.
func TestSettings(t *testing.T) {
	dir := t.TempDir()
	small(t, dir)
	workspace := filepath.Join(t.TempDir(), "go.work")
	if err := os.WriteFile(workspace, []byte("go 1.26.0\n\nuse "+dir+"\n\ngodebug panicnil=1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	build := func(settings ...string) []byte {
		t.Helper()
		c := exec.Command(".ci/build", "bin", "bailiff-platform")
		c.Dir, c.Env = dir, append(os.Environ(), settings...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", settings, err, out)
		}
		data, err := os.ReadFile(filepath.Join(dir, "bin/bailiff-platform"))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	plain := build()
	for _, setting := range []string{"GOFIPS140=latest", "GOWORK=" + workspace, "GOFLAGS=-tags=extra", "GOAMD64=v3", "GODEBUG=panicnil=1"} {
		if !bytes.Equal(build(setting), plain) {
			t.Errorf("%s makes other bytes", setting)
		}
	}
}
