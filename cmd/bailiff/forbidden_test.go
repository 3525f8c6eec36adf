package main_test

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestForbidden: the daemon is there, and this account may not use it.
func TestForbidden(t *testing.T) {
	dir, err := os.MkdirTemp("", "bailiff") // in reach of another account, as the folders of the tests are not
	check(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket, program := filepath.Join(dir, "pcscd.comm"), filepath.Join(dir, "bailiff")
	l, err := net.Listen("unix", socket)
	check(t, err)
	defer l.Close()
	built, err := exec.LookPath("bailiff")
	check(t, err)
	data, err := os.ReadFile(built)
	check(t, err)
	check(t, os.WriteFile(program, data, 0o755))
	check(t, errors.Join(os.Chmod(dir, 0o755), os.Chmod(socket, 0)))
	as := new(syscall.SysProcAttr)
	if os.Geteuid() == 0 {
		as.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	run := func(line ...string) (code int, out, errs string) {
		t.Helper()
		var o, e strings.Builder
		c := exec.Command(program, line...)
		c.Dir, c.Stdout, c.Stderr, c.SysProcAttr = dir, &o, &e, as
		c.Env = append(os.Environ(), "PCSCLITE_CSOCK_NAME="+socket, "HOME="+dir)
		if _, ok := errors.AsType[*exec.ExitError](c.Run()); !ok {
			t.Fatalf("%s: no exit code but 0", line)
		}
		return c.ProcessState.ExitCode(), o.String(), e.String()
	}
	for lang, want := range map[string]struct{ said, hint, line string }{
		"en": {
			"error: this account may not use the smart card daemon (pcscd)\n", "hint: log in at the screen of this very machine",
			"!! Smart card daemon (pcscd): this account may not use the smart card daemon (pcscd)\n- To do: log in at",
		},
		"fr": {
			"erreur\u00a0: ce compte n’a pas le droit d’employer le service des cartes à puce (pcscd)\n", "conseil\u00a0: ouvrez la session à l’écran",
			"!! Service des cartes à puce (pcscd)\u00a0: ce compte n’a pas le droit d’employer le service des cartes à puce (pcscd)\n- À faire\u00a0: ouvrez",
		},
	} {
		code, out, errs := run("token", "list", "--lang", lang)
		if code != 11 || out != "" || !strings.HasPrefix(errs, want.said) || !strings.Contains(errs, want.hint) {
			t.Errorf("token list: %d, %q, %q", code, out, errs)
		}
		code, out, _ = run("doctor", "--lang", lang)
		if code != 11 || !strings.Contains(out, want.line) {
			t.Errorf("doctor: %d, %q", code, out)
		}
	}
}
