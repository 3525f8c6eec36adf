package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/cmd/internal/testlog"
	"bailiff/cmd/internal/wording"
)

func TestMain(m *testing.M) { os.Exit(testlog.Run(m, "../..")) }

// build builds the three programs as they are given away.
func build(t *testing.T) string {
	t.Helper()
	bin := t.TempDir()
	out, err := exec.Command("../../.ci/build", bin).CombinedOutput()
	if err != nil {
		t.Fatalf(".ci/build: %v\n%s", err, out)
	}
	return bin
}

// performance is a run of the demo.
type performance struct {
	bin, dir, tmp string
	tokens        []string // the files of software tokens
	out, err      []byte
	exit          int
}

// perform runs the demo in a new directory; more are further flags and, as NAME=value, environment.
func perform(t *testing.T, bin string, more ...string) *performance {
	t.Helper()
	p := &performance{bin: bin, dir: filepath.Join(t.TempDir(), "l'essai 1"), tmp: t.TempDir()}
	c := exec.Command(filepath.Join(bin, "bailiff-demo"), "--dir", p.dir, "--keys", "5")
	c.Env = append(os.Environ(), "TMPDIR="+p.tmp)
	if !slices.Contains(more, "--piv") {
		p.tokens = []string{"tokens/c01.token", "tokens/c02.token", "tokens/c03.token", "tokens/c04.token", "tokens/c05.token"}
	}
	for _, m := range more {
		if strings.HasPrefix(m, "-") {
			c.Args = append(c.Args, m)
		} else {
			c.Env = append(c.Env, m)
		}
	}
	p.run(t, c)
	return p
}

func (p *performance) run(t *testing.T, c *exec.Cmd) {
	t.Helper()
	var out, diag bytes.Buffer
	c.Stdout, c.Stderr = &out, &diag
	if err := c.Run(); c.ProcessState == nil {
		t.Fatal(err)
	}
	p.out, p.err, p.exit = out.Bytes(), diag.Bytes(), c.ProcessState.ExitCode()
}

// contract are the files that other people's tools expect in the demo's directory.
func contract() []string {
	return []string{
		"policy.toml", "script.toml",
		"tokens/c01.enrolment", "tokens/c02.enrolment", "tokens/c03.enrolment", "tokens/c04.enrolment", "tokens/c05.enrolment",
		"vault/trust.anchor", "vault/policies/000000-officers.pgp",
		"platform/batch.zip", "platform/trust.anchor", "platform/trust.words", "platform/pool.db",
		"safe/message.pgp",
		"order/officer-1.asc", "order/officer-1.secret.asc", "order/officer-3.secret.asc", "order/officers.pgp",
		"order/papers/death-certificate.txt", "order/papers/proof-of-heirship.txt", "order/order.txt", "order/order.sig",
		"kit/private-key.asc", "kit/words.txt", "kit/letter.txt", "kit/kit.txt",
		"heir/message.txt",
	}
}

// TestDemo plays the story in both languages and without gpg, and looks at all that it leaves.
func TestDemo(t *testing.T) {
	bin := build(t)
	t.Run("French", func(t *testing.T) {
		t.Parallel()
		p := perform(t, bin, "--lang=fr")
		p.succeeded(t, wording.French)
		p.saidAll(t, wording.French)
		for _, command := range p.printed(t, wording.French) {
			p.stock(t, command)
		}
	})
	t.Run("English", func(t *testing.T) {
		t.Parallel()
		pins := filepath.Join(t.TempDir(), "pins")
		p := perform(t, bin, "--lang=en", "--pins="+pins)
		p.succeeded(t, wording.English)
		p.saidAll(t, wording.English)
		for _, command := range p.printed(t, wording.English) {
			p.stock(t, command)
		}
		p.noSecretIsLeft(t, pins)
		p.alterationsAreSeen(t)
	})
	t.Run("JSON without gpg", func(t *testing.T) {
		t.Parallel()
		p := perform(t, bin, "--lang=en", "--json", "PATH="+t.TempDir())
		p.succeeded(t, wording.English)
		var s summary
		if err := json.Unmarshal(p.out, &s); err != nil {
			t.Fatalf("%v\n%s", err, p.out)
		}
		if s.Dir != p.dir || len(s.Key) != 40 || len(s.Checks) < 10 {
			t.Errorf("summary: %+v", s)
		}
		for _, c := range s.Checks {
			p.stock(t, c.Command)
		}
	})
	t.Run("cards", func(t *testing.T) {
		t.Parallel()
		pins := filepath.Join(t.TempDir(), "pins")
		p := perform(t, bin, "--lang=fr", "--piv", "--pins="+pins)
		p.succeeded(t, wording.French)
		p.saidAll(t, wording.French)
		p.counted(t, wording.French)
		for _, command := range p.printed(t, wording.French) {
			p.stock(t, command)
		}
		p.noSecretIsLeft(t, pins)
	})
	t.Run("refusals", func(t *testing.T) { refusals(t, bin) })
	t.Run("interrupted", func(t *testing.T) { interrupted(t, bin, tokenFile(2)) })
	t.Run("interrupted with cards", func(t *testing.T) { interrupted(t, bin, enrolmentFile(2), "--piv") })
	t.Run("unread", func(t *testing.T) { unread(t, bin) })
}

// succeeded holds the files against the contract, and what the heir reads against the letter.
func (p *performance) succeeded(t *testing.T, lang wording.Lang) {
	t.Helper()
	if p.exit != 0 || len(p.err) != 0 {
		t.Fatalf("exit code %d\n%s\n%s", p.exit, p.out, p.err)
	}
	for _, name := range append(contract(), p.tokens...) {
		if info, err := os.Stat(filepath.Join(p.dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: missing or empty: %v", name, err)
		}
	}
	letter := (&demo{App: &cli.App{Lang: lang}}).letter()
	if read, err := os.ReadFile(filepath.Join(p.dir, readable)); !bytes.Equal(read, letter) {
		t.Errorf("the heir reads %q, %v, and not %q", read, err, letter)
	}
	if left, err := os.ReadDir(p.tmp); err != nil || len(left) != 0 {
		t.Errorf("left in the temporary directory: %v, %v", left, err)
	}
}

// saidAll looks for the titles of all acts, for what was refused, and for a number of commands.
func (p *performance) saidAll(t *testing.T, lang wording.Lang) {
	t.Helper()
	for _, a := range acts() {
		if !bytes.Contains(p.out, []byte(". "+lang.Say(a.title)+"\n")) {
			t.Errorf("no title %q", lang.Say(a.title))
		}
	}
	for id, times := range map[string]int{"error.prefix": 2, "hint.prefix": 2} {
		if n := bytes.Count(p.out, []byte("\n     "+lang.Say(id))); n != times {
			t.Errorf("%d lines begin with %q, not %d", n, lang.Say(id), times)
		}
	}
	if n := bytes.Count(p.out, []byte("\n   $ ")); n < 25 {
		t.Errorf("only %d commands are shown", n)
	}
}

// printed are the stock commands at the end of what the demo printed.
func (p *performance) printed(t *testing.T, lang wording.Lang) []string {
	t.Helper()
	_, end, found := strings.Cut(string(p.out), lang.Say("demo.checks")+"\n")
	var out []string
	for line := range strings.Lines(end) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "# ") {
			out = append(out, line)
		}
	}
	if !found || len(out) < 10 {
		t.Fatalf("only %d stock commands", len(out))
	}
	return out
}

// stock runs a command of stock tools as a person does who pastes it.
func (p *performance) stock(t *testing.T, command string) {
	t.Helper()
	home := filepath.Join(p.tmp, "gnupg")
	if err := os.MkdirAll(home, 0o700); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", "-c", command)
	c.Env = append(os.Environ(), "GNUPGHOME="+home, "TMPDIR="+p.tmp, "LC_ALL=C.UTF-8")
	if out, err := c.CombinedOutput(); err != nil || len(out) == 0 {
		t.Errorf("%s\n%v\n%s", command, err, out)
	}
}

// alterationsAreSeen makes sure that the printed commands refuse files that were altered.
func (p *performance) alterationsAreSeen(t *testing.T) {
	t.Helper()
	altered := 0
	for _, name := range []string{"order/order.txt", "order/papers/death-certificate.txt", "kit/private-key.asc", "tokens/c01.enrolment", "platform/trust.anchor"} {
		path := filepath.Join(p.dir, name)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.Clone(good)
		bad[len(bad)*2/3] ^= 1
		p.replace(t, path, bad)
		if !p.anyFails(t) {
			t.Errorf("%s: altered, and no stock command sees it", name)
		}
		p.replace(t, path, good)
		altered++
	}
	if altered != 5 || p.anyFails(t) {
		t.Error("the stock commands do not accept what the demo left")
	}
}

func (p *performance) replace(t *testing.T, path string, data []byte) {
	t.Helper()
	info, err := os.Stat(path)
	if err == nil {
		err = os.Remove(path)
	}
	if err == nil {
		err = os.WriteFile(path, data, info.Mode().Perm()|0o200)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (p *performance) anyFails(t *testing.T) bool {
	t.Helper()
	for _, command := range p.printed(t, wording.English) {
		if strings.Contains(command, "gpgconf") || strings.Contains(command, "unzip") {
			continue // slow, and not about these files
		}
		c := exec.Command("sh", "-c", command)
		c.Env = append(os.Environ(), "GNUPGHOME="+p.tmp, "TMPDIR="+p.tmp)
		if c.Run() != nil {
			return true
		}
	}
	return false
}
