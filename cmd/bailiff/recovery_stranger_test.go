package main

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bailiff/custody/testkit/custodytest"
)

// holder is a custodian who came, and the file of their token.
type holder struct{ custodian, token string }

// stranger has the page, a copy of the vault, and one key to open.
type stranger struct {
	t                         *testing.T
	shell                     string
	vault, batch, fingerprint string
	message                   string // path of a letter that was encrypted to the key, or none
	holders                   []holder
	kept                      string // folder for what a test looks at afterwards
	pin                       string // of all the tokens; the bench's by default
}

// environment states what the page says must be stated, and nothing of the user's own, except that Node.js warns on
// the terminal, whatever its build.
func (s *stranger) environment() []string {
	return []string{
		"PATH=" + stockPath, "SHELL=/bin/sh", "HOME=/nonexistent", "LC_ALL=C", "TERM=dumb", "kept=" + s.kept,
		"vault=" + s.vault, "batch=" + filepath.Join(s.vault, "batches", s.batch), "fingerprint=" + s.fingerprint,
		"recover=" + absolute(s.t, recoveryScript), "message=" + s.message,
		"NODE_OPTIONS=--require=" + absolute(s.t, "testdata/warns.cjs"),
	}
}

// gather follows the page up to the shares, and keeps them.
func (s *stranger) gather() {
	s.t.Helper()
	s.atTerminal(s.sections(readPage(s.t, recoveryPage)), s.pins())
}

// recover follows the whole page and returns what the screen shows. The heir's file is kept where
// the page says to copy it.
func (s *stranger) recover() string {
	s.t.Helper()
	p := readPage(s.t, recoveryPage)
	steps := s.sections(p)
	open, clear := p.under("4. Combine, open, import", 3), p.under("5. Hand over, clear", 2)
	p.under("A key of version 6", 3) // TestInteropMatrix follows them
	steps = append(steps, open...)
	steps = append(steps, clear[0], `cp heir.asc "$kept"`, clear[1])
	p.wholeRead()
	return s.atTerminal(steps, append(s.pins(), heirsWords, heirsWords, heirsWords))
}

// sections returns the page's steps up to the shares, and one that keeps these.
func (s *stranger) sections(p *page) []string {
	steps := append([]string{}, p.under("Recovery without this program", 1)...)
	steps = append(steps, `echo "$work" > "$kept"/work`)
	steps = append(steps, p.under("1. Fetch the key and its shares", 1)...)
	steps = append(steps, p.under("2. Check what was fetched", 3)...)
	for _, h := range s.holders {
		steps = append(steps, "c="+h.custodian, "token="+h.token, `public=$(sed -n 's/^sealing: //p' "$token")`)
		steps = append(steps, p.under("3. One token, one share", 2)...)
		steps = append(steps, p.under("With a software token (rehearsals)", 1)...)
		steps = append(steps, p.under("The share", 1)...)
	}
	return append(steps, `cp c??.share c??.ecdh share-*.age "$kept"`)
}

func (s *stranger) pins() (answers []string) {
	for range s.holders {
		answers = append(answers, cmp.Or(s.pin, custodytest.PIN))
	}
	return answers
}

// atTerminal runs the steps in one shell at a terminal, where it answers what asks for a
// passphrase, in that order, and returns what the screen showed. The first command that fails
// ends it.
func (s *stranger) atTerminal(steps, answers []string) string {
	s.t.Helper()
	file := filepath.Join(s.t.TempDir(), "steps")
	writeText(s.t, file, "set -eu\n"+strings.Join(steps, "\n"))
	s.t.Cleanup(s.clear)
	control, screen, err := openTerminal()
	if err != nil {
		s.t.Fatal(err)
	}
	defer control.Close()
	cmd := exec.CommandContext(s.t.Context(), s.shell, file)
	cmd.Dir, cmd.Env = s.t.TempDir(), s.environment()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = screen, screen, screen
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err = cmd.Start()
	_ = screen.Close()
	if err != nil {
		s.t.Fatal(err)
	}
	seen := watch(control)
	typed := typeSecrets(control, seen, answers)
	if typed != nil { // what still waits for an answer would wait for ever
		_ = cmd.Process.Kill()
	}
	err = cmd.Wait()
	<-seen.done
	shown := strings.ReplaceAll(seen.text.String(), "\r", "")
	if err != nil || typed != nil {
		s.t.Fatalf("%s: %v, %v\n%s", s.shell, err, typed, shown)
	}
	return shown
}

// clear removes what a page that was not followed to its end leaves in memory.
func (s *stranger) clear() {
	work, err := os.ReadFile(filepath.Join(s.kept, "work"))
	if err != nil {
		return
	}
	dir := strings.TrimSpace(string(work))
	_ = exec.Command("gpgconf", "--homedir", filepath.Join(dir, "gnupg"), "--kill", "all").Run()
	if err := os.RemoveAll(dir); err != nil {
		s.t.Error(err)
	}
}

// typeSecrets types each answer after a prompt of age or gpg, once the terminal has stopped
// showing what is typed: gpg drops what came before.
func typeSecrets(control *os.File, seen *watcher, answers []string) (err error) {
	for offset := 0; len(answers) > 0; answers = answers[1:] {
		if offset, err = seen.await("Enter passphrase:", offset); err != nil {
			return err
		}
		if err := awaitHidden(control); err != nil {
			return err
		}
		if _, err := control.WriteString(answers[0] + "\r"); err != nil {
			return err
		}
	}
	return nil
}

func awaitHidden(control *os.File) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		mode, err := unix.IoctlGetTermios(int(control.Fd()), unix.TCGETS)
		if err != nil || mode.Lflag&unix.ECHO == 0 {
			return err
		}
	}
	return errors.New("it asks for a passphrase and shows what is typed")
}
