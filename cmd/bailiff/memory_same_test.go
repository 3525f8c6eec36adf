package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/testkit/needle"
)

// neighbourhood is the fixture, and the built program, where an ordinary user may use them.
type neighbourhood struct {
	*testing.T
	dir, program string
}

func newNeighbourhood(t *testing.T) *neighbourhood {
	t.Helper()
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	dir := scene(t, os.Getenv(fixtureVariable), func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "more.toml"), []byte(scriptFor(f.Vault, 40)), 0o644)
	})
	open := filepath.Join(openFolder(t), "scene")
	n := &neighbourhood{T: t, dir: open, program: filepath.Join(open, "bailiff")}
	n.must(os.Rename(dir, open))
	built, err := exec.LookPath("bailiff")
	n.must(err)
	text, err := os.ReadFile(built)
	n.must(err)
	n.must(os.WriteFile(n.program, text, 0o755))
	n.own()
	return n
}

func (n *neighbourhood) must(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// own gives all that is there to the ordinary user.
func (n *neighbourhood) own() {
	n.Helper()
	if os.Geteuid() != 0 {
		return
	}
	n.must(filepath.WalkDir(n.dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, nobody, nobody)
	}))
}

// beside runs a command beside a program that reads its memory, and returns what that one found.
func (n *neighbourhood) beside(line string, loose bool) (spying, []byte) {
	n.Helper()
	words := strings.Fields(line)
	words[0] = n.program
	s, err := besides(n.dir, spying{Command: words, Loose: loose})
	if err != nil || s.Code != 0 {
		n.Fatalf("%s: %v, exit code %d\n%s", line, err, s.Code, s.Said)
	}
	pages, err := os.ReadFile(s.Pages)
	if err == nil {
		err = os.Remove(s.Pages)
	}
	n.must(err)
	n.Logf("%s: %d KiB read; opened %d times, refused %d times, stopped %d times",
		strings.Join(words[1:3], " "), len(pages)>>10, s.Opened, s.Refused, s.Halted)
	return s, pages
}

const releaseByTwo = releaseLine + " --pin-file pins --token tokens/c01.token --token tokens/c02.token"

// TestMemoryBesideProgramOfSameUser: a program of the same user that opens the memory of the program before its first
// instruction, and of all that it starts, at every moment after, reads no secret in a ceremony and a release.
func TestMemoryBesideProgramOfSameUser(t *testing.T) {
	n := newNeighbourhood(t)
	var read []byte
	for _, line := range []string{"bailiff ceremony run --vault vault --script more.toml --json --dice " + dice + allTokens, releaseByTwo} {
		s, pages := n.beside(line, false)
		if s.Refused < 10 || s.Late > 0 || s.Halted < 3 || len(pages) == 0 {
			t.Errorf("it was not closed, or not looked at: %+v", s)
		}
		read = append(read, pages...)
	}
	for _, hit := range needle.NewHunt(everySecret(t, n.dir, keepers())).Search(read) {
		t.Errorf("found: %s as %s", hit.Name, hit.Form)
	}
}

// TestMemoryBesideReadableProgram: where the program began readable, the same look finds its secrets, the one private key
// that it opens too, and the program warns.
func TestMemoryBesideReadableProgram(t *testing.T) {
	n := newNeighbourhood(t)
	n.must(os.Chmod(n.program, 0o500))
	s, pages := n.beside(releaseByTwo, true)
	if !strings.Contains(s.Said, "another program made the copy readable") {
		t.Errorf("no warning: %s", s.Said)
	}
	f, err := readFacts()
	n.must(err)
	found, opened := map[string]int{}, 0
	for _, hit := range needle.NewHunt(everySecret(t, n.dir, keepers())).Search(pages) {
		found[hit.Kind()]++
		if hit.Kind() == needle.Key && strings.Contains(hit.Name, f.Key) {
			opened++
		}
	}
	t.Logf("found: %v; of the key that was opened: %d", found, opened)
	if opened == 0 {
		t.Error("the private key was not found in a program that could be read while it was open")
	}
	if found[needle.Token] == 0 { // its keys stand in memory from the PIN to the end
		t.Error("the keys of the tokens were not found in a program that could be read")
	}
}
