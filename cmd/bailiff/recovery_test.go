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

	"bailiff/custody/custodytest"
)

// The tests in this file open keys by docs/recovery.md, with stock programs only.

const (
	recoveryPage   = "../../docs/recovery.md"
	recoveryScript = "../../docs/recovery/recover.py"

	letter     = "Le coffre est ouvert.\n"
	heirsWords = "GEZDGNBVGY3TQOJQ"
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

// environment states what the page says must be stated, and nothing of the user's own.
func (s *stranger) environment() []string {
	return []string{
		"PATH=" + stockPath, "SHELL=/bin/sh", "HOME=/nonexistent", "LC_ALL=C", "TERM=dumb", "kept=" + s.kept,
		"vault=" + s.vault, "batch=" + filepath.Join(s.vault, "batches", s.batch), "fingerprint=" + s.fingerprint,
		"recover=" + absolute(s.t, recoveryScript), "message=" + s.message,
	}
}

func absolute(t testing.TB, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
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

// newLetter encrypts the letter with gpg to a key of the public batch.
func newLetter(t *testing.T, public, fingerprint string) string {
	t.Helper()
	dir := t.TempDir()
	s := newStock(t, dir)
	s.run("", "unzip", "-q", public, "keys/*-"+fingerprint+".asc")
	s.run("", "sh", "-c", "gpg --batch --quiet --import keys/*.asc 2>/dev/null")
	s.run(letter, "gpg", "--batch", "--quiet", "--trust-model", "always", "-r", fingerprint, "-o", "letter.pgp", "-e")
	return filepath.Join(dir, "letter.pgp")
}

func TestRecoveryScriptGivesTheKnownAnswers(t *testing.T) {
	t.Parallel()
	s := newStock(t, t.TempDir())
	out := s.run("", "/usr/bin/python3", absolute(t, recoveryScript), "selftest", absolute(t, "../../testdata/shamir.txt"))
	if out != "13 vectors are right\n" {
		t.Errorf("it says %q", out)
	}
}

func TestInvariant12RecoveryPage(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	first, second := e.newBatch(3, 16<<10), e.newBatch(1, 0)
	volumes, err := filepath.Glob(filepath.Join(e.vault.BatchPath(first), "sealed-*.zip"))
	if err != nil || len(volumes) < 2 {
		t.Fatalf("%d volumes, want several (%v)", len(volumes), err)
	}
	keys, _ := e.published(first)
	others, _ := e.published(second)
	message := newLetter(t, e.export(first), keys[2])
	file := func(custodian int) holder {
		return holder{"c0" + string(rune('0'+custodian)), e.bench.Files[custodian-1]}
	}
	base := stranger{vault: e.bench.Path, batch: first, fingerprint: keys[2], message: message}
	with := func(t *testing.T, shell string, holders ...holder) *stranger {
		s := base
		s.t, s.shell, s.holders, s.kept = t, shell, holders, t.TempDir()
		return &s
	}

	t.Run("sh, k custodians", func(t *testing.T) {
		t.Parallel()
		s := with(t, "sh", file(1), file(3), file(5))
		s.opened(s.recover())
	})
	t.Run("bash, one custodian more, a spare token", func(t *testing.T) {
		t.Parallel()
		s := with(t, "bash", holder{"c02", e.spare}, file(3), file(4), file(5))
		s.opened(s.recover())
	})
	t.Run("refusals", func(t *testing.T) {
		t.Parallel()
		s := with(t, "sh", file(1), file(2), file(3), file(4))
		s.gather()
		s.refuses(volumes)
		key, batch := with(t, "sh", file(5)), with(t, "sh", file(5))
		key.fingerprint, batch.fingerprint, batch.batch = keys[0], others[0], second
		key.gather()
		batch.gather()
		s.refusesForeign(key, batch)
	})
}

// opened tells whether the screen shows the key that was asked for and the letter, whether the
// heir opens the letter with what they were given, and whether nothing is left.
func (s *stranger) opened(screen string) {
	s.t.Helper()
	for _, want := range []string{
		"\n" + s.vault + "/ledger/entries/", "\nrecords.txt: OK\n", "\nsealed-0002.zip: OK\n", "\nkey.pgp: OK\n", "\nshare-c05.age: OK\n",
		"\nshare: (secret)\n", "\n" + s.fingerprint + "\n", "\n" + letter,
	} {
		if !strings.Contains(screen, want) {
			s.t.Errorf("the screen does not show %q:\n%s", want, screen)
		}
	}
	if strings.Contains(screen, heirsWords) || strings.Contains(screen, custodytest.PIN) {
		s.t.Error("the screen shows a secret")
	}
	work := strings.TrimSpace(readText(s.t, filepath.Join(s.kept, "work")))
	if _, err := os.Stat(work); !os.IsNotExist(err) || !strings.HasPrefix(work, "/dev/shm/") {
		s.t.Errorf("%s is still there: %v", work, err)
	}
	heir := newStock(s.t, s.kept)
	secretly := []string{"--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", heirsWords}
	if _, notes, err := heir.try("", "gpg", append(secretly, "--import", "heir.asc")...); err != nil {
		s.t.Fatalf("the heir's import: %v\n%s", err, notes)
	}
	if out, notes, err := heir.try("", "gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "", "-d", s.message); err == nil {
		s.t.Errorf("the heir's key is not locked: %s\n%s", out, notes)
	}
	if out, notes, err := heir.try("", "gpg", append(secretly, "-d", s.message)...); err != nil || out != letter {
		s.t.Errorf("the heir reads %q, %v\n%s", out, err, notes)
	}
}

// refused runs a step of recover.py, which must fail with those words and write nothing.
func (s *stranger) refused(want string, args ...string) {
	s.t.Helper()
	py := &stock{s.t, s.kept, []string{"PATH=" + stockPath}}
	out := filepath.Join(s.t.TempDir(), "out")
	said, notes, err := py.try("", "/usr/bin/python3", append([]string{absolute(s.t, recoveryScript)}, append(args, "--out", out)...)...)
	if err == nil || said != "" || notes != "recover: "+want+"\n" {
		s.t.Errorf("recover.py %s: %v, says %q and %q, want %q", strings.Join(args, " "), err, said, notes, want)
	}
	if _, err := os.Stat(out); err == nil {
		s.t.Errorf("recover.py %s wrote something", strings.Join(args, " "))
	}
}

func (s *stranger) refuses(volumes []string) {
	s.t.Helper()
	records := filepath.Join(filepath.Dir(volumes[0]), "records.txt")
	genuine := readText(s.t, filepath.Join(s.kept, "c03.share"))
	digit := map[bool]string{true: "1", false: "0"}[strings.HasSuffix(genuine, "0\n")]
	writeText(s.t, filepath.Join(s.kept, "forged"), genuine[:len(genuine)-2]+digit+"\n")
	writeText(s.t, filepath.Join(s.kept, "renamed"), strings.Replace(genuine, "custodian: c03", "custodian: c05", 1))
	s.refused("3 shares are needed, 2 given", "combine", "c01.share", "c03.share", "--records", records)
	s.refused("wrong share: c03", "combine", "c01.share", "c02.share", "forged", "--records", records)
	s.refused("wrong share: c05", "combine", "c01.share", "c02.share", "renamed", "--records", records)
	s.refused("twice the same: custodian", "combine", "c01.share", "c02.share", "c03.share", "forged", "--records", records)
	s.refused("twice the same: x", "combine", "c01.share", "c02.share", "c03.share", "renamed", "--records", records)
	s.refused("the shares contradict each other: use --records", "combine", "c01.share", "c02.share", "c04.share", "forged")
	s.refusesAltered()
}

// refusesAltered tries the token of somebody else, and a share that was changed on its way.
func (s *stranger) refusesAltered() {
	s.t.Helper()
	const other = "decryption failed: other token, or changed file"
	public := map[string]string{}
	for _, h := range s.holders {
		_, after, _ := strings.Cut(readText(s.t, h.token), "\nsealing: ")
		public[h.custodian], _, _ = strings.Cut(after, "\n")
	}
	s.refused("no stanza of this file is for that token", "stanza", "share-c01.age", "--public", public["c02"])
	s.refused(other, "share", "share-c01.age", "--public", public["c01"], "--ecdh", "c02.ecdh")
	file := readText(s.t, filepath.Join(s.kept, "share-c01.age"))
	header := strings.Index(file, "\n---")
	for at, want := range map[int]string{
		header - 20:   other,                    // the wrapped file key
		header + 10:   "the header was altered", // its MAC
		len(file) - 1: other,                    // the payload
	} {
		altered := []byte(file)
		altered[at] = map[bool]byte{true: 'B', false: 'A'}[altered[at] == 'A']
		writeText(s.t, filepath.Join(s.kept, "altered"), string(altered))
		s.refused(want, "share", "altered", "--public", public["c01"], "--ecdh", "c01.ecdh")
	}
}

// refusesForeign tries shares of another key and of another batch.
func (s *stranger) refusesForeign(key, batch *stranger) {
	s.t.Helper()
	s.refused("the shares differ in: key", "combine", "c01.share", "c02.share", filepath.Join(key.kept, "c05.share"))
	s.refused("the shares differ in: batch", "combine", "c01.share", "c02.share", filepath.Join(batch.kept, "c05.share"))
}
