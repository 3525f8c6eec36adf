package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// stockPath is where Debian keeps its programs, its own Python among them, and nobody else's.
const stockPath = "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"

// page is a page of docs/ whose blocks marked `sh` are run exactly as they stand there.
type page struct {
	t      testing.TB
	blocks map[string][]string // by the heading above them
	unread map[string]bool     // headings whose blocks no test has asked for
}

func readPage(t testing.TB, path string) *page {
	t.Helper()
	p := &page{t: t, blocks: map[string][]string{}, unread: map[string]bool{}}
	heading, block, inside, ours := "", "", false, false
	for line := range strings.Lines(readText(t, path)) {
		switch {
		case strings.HasPrefix(line, "```"):
			if inside && ours {
				p.blocks[heading], p.unread[heading] = append(p.blocks[heading], block), true
			}
			inside, ours, block = !inside, line == "```sh\n", ""
		case inside:
			block += line
		case strings.HasPrefix(line, "#"):
			heading = strings.TrimSpace(strings.TrimLeft(line, "#"))
		}
	}
	return p
}

// under returns the blocks below a heading, of which there are n.
func (p *page) under(heading string, n int) []string {
	p.t.Helper()
	delete(p.unread, heading)
	if len(p.blocks[heading]) != n {
		p.t.Fatalf("the page has %d blocks under %q, want %d", len(p.blocks[heading]), heading, n)
	}
	return p.blocks[heading]
}

func (p *page) wholeRead() {
	p.t.Helper()
	for heading := range p.unread {
		p.t.Errorf("nobody follows the page under %q", heading)
	}
}

func readText(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func writeText(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// stock is a place where stock programs run: a folder, and what they find in their environment.
type stock struct {
	t   testing.TB
	dir string
	env []string
}

func newStock(t testing.TB, dir string, env ...string) *stock {
	home := gpgHome(t)
	return &stock{t, dir, append([]string{
		"PATH=" + stockPath, "HOME=" + home, "GNUPGHOME=" + home, "LC_ALL=C", "TERM=dumb",
	}, env...)}
}

// gpgHome is short: the agent's socket lies in it.
func gpgHome(t testing.TB) string {
	t.Helper()
	home, err := os.MkdirTemp("", "gpg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run()
		_ = os.RemoveAll(home)
	})
	return home
}

// try runs a program and returns what it says on standard output and on standard error.
func (s *stock) try(stdin, name string, args ...string) (out, notes string, err error) {
	s.t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		s.t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), stderr.String(), err
}

// run is try for a program that must succeed. What it remarks is about itself or the machine, and differs from one
// version to the next.
func (s *stock) run(stdin, name string, args ...string) string {
	s.t.Helper()
	out, _ := s.succeed(stdin, name, args...)
	return out
}

// silent is run for a program that must have nothing to remark about what it is given.
func (s *stock) silent(stdin, name string, args ...string) string {
	s.t.Helper()
	out, notes := s.succeed(stdin, name, args...)
	if notes != "" {
		s.t.Errorf("%s %q remarks:\n%s", name, args, notes)
	}
	return out
}

func (s *stock) succeed(stdin, name string, args ...string) (out, notes string) {
	s.t.Helper()
	out, notes, err := s.try(stdin, name, args...)
	if err != nil {
		s.t.Fatalf("%s %q: %v\n%s%s", name, args, err, out, notes)
	}
	return out, notes
}

// follow runs blocks in one shell, which stops at the first command that fails; env is added. It returns what they
// print; what they say on standard error becomes the error's text, if there is one.
func (s *stock) follow(blocks []string, env ...string) (string, error) {
	s.t.Helper()
	at := &stock{s.t, s.t.TempDir(), append(s.env[:len(s.env):len(s.env)], env...)}
	return said(at, "", "sh", "-euc", strings.Join(blocks, "\n"))
}
