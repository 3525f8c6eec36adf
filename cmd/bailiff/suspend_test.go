package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// shell is a real shell with job control at a terminal, in which a person types.
type shell struct {
	*testing.T
	dir     string
	control *os.File
	seen    *watcher
	offset  int // of what was awaited last
	cmd     *exec.Cmd
}

// Those that Debian has; the second one neither saves nor restores the modes of its terminal.
var shells = [][]string{{"bash", "--norc", "--noprofile", "-i"}, {"dash", "-i"}}

const shellPrompt = "ready> "

func newShell(t *testing.T, program []string) *shell {
	t.Helper()
	control, screen, err := openTerminal()
	if err != nil {
		t.Fatal(err)
	}
	s := &shell{T: t, dir: t.TempDir(), control: control, cmd: exec.Command(program[0], program[1:]...)}
	s.cmd.Dir, s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = s.dir, screen, screen, screen
	s.cmd.Env = append(os.Environ(), "PS1="+shellPrompt, "TERM=dumb", "HISTFILE=", "ENV=")
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	screen.Close()
	s.seen = watch(control)
	t.Cleanup(func() {
		control.Close() // hangs up
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		if t.Failed() {
			t.Logf("on the terminal:\n%s", s.screen())
		}
	})
	s.await(shellPrompt)
	return s
}

func (s *shell) screen() string {
	s.seen.mu.Lock()
	defer s.seen.mu.Unlock()
	return string(bytes.Clone(s.seen.text.Bytes()))
}

func (s *shell) await(text string) {
	s.Helper()
	at, err := s.seen.await(text, s.offset)
	if err != nil {
		s.Fatal(err)
	}
	s.offset = at
}

// press presses keys, a moment after what was seen last.
func (s *shell) press(keys string) {
	s.Helper()
	time.Sleep(50 * time.Millisecond)
	if _, err := s.control.WriteString(keys); err != nil {
		s.Fatal(err)
	}
}

func (s *shell) enter(line string) { s.press(line + "\r") }

// signal sends a signal to the program that has the terminal.
func (s *shell) signal(signal syscall.Signal) {
	s.Helper()
	group, err := unix.IoctlGetInt(int(s.control.Fd()), unix.TIOCGPGRP)
	if err == nil {
		err = unix.Kill(group, signal)
	}
	if err != nil {
		s.Fatal(err)
	}
}

// sane checks that the shell has its terminal back: it shows what is typed, and nothing was typed before.
func (s *shell) sane() {
	s.Helper()
	s.await(shellPrompt)
	s.enter("echo sa''ne")
	s.await("echo sa''ne")
	s.await("sane\r\n")
	s.await(shellPrompt)
}

const (
	typedSecret = "typed-4711"
	halfSecret  = "half-of-it"
	tokenLine   = "bailiff token init --soft --out new.token --lang en"
)

// unseenScreen checks that no part of a secret was shown, nor came to the shell.
func (s *shell) unseenScreen() {
	s.Helper()
	for _, text := range []string{typedSecret, halfSecret, "not found"} {
		if strings.Contains(s.screen(), text) {
			s.Errorf("%q stands on the terminal", text)
		}
	}
}

// stops are the ways to stop a program that has the terminal, the last of which it cannot know of.
var stops = map[string]func(*shell){
	"Ctrl-Z": func(s *shell) { s.press("\x1a") },
	"asked":  func(s *shell) { s.signal(syscall.SIGTSTP) },
	"forced": func(s *shell) { s.signal(syscall.SIGSTOP) },
}

// TestStoppedAtSecret: a program that is stopped while it asks for a secret gives the shell its terminal back, and when it
// goes on it asks again, unseen, for all of it.
func TestStoppedAtSecret(t *testing.T) {
	for _, program := range shells {
		for how, stop := range stops {
			t.Run(program[0]+", "+how, func(t *testing.T) {
				s := newShell(t, program)
				s.enter(tokenLine)
				for range 2 {
					s.await("Choose a PIN:")
					s.stopped(stop, how == "forced")
				}
				s.await("Choose a PIN:")
				s.enter(typedSecret)
				s.await("Type it once more:")
				s.stopped(stop, how == "forced")
				s.await("Type it once more:")
				s.enter(typedSecret)
				s.await("new.enrolment")
				s.sane()
				s.unseenScreen()
			})
		}
	}
}

// stopped has the program stopped when a part of a secret was typed, and then go on. Where it was forced to stop the
// shell alone sets its terminal right, and gets what was typed.
func (s *shell) stopped(stop func(*shell), forced bool) {
	s.Helper()
	if !forced {
		s.press(halfSecret)
		time.Sleep(100 * time.Millisecond)
	}
	stop(s)
	if forced {
		s.await(shellPrompt)
	} else {
		s.sane()
	}
	s.enter("fg")
}

// TestAskedFromBackground: a program that begins behind the shell asks when it is fetched.
func TestAskedFromBackground(t *testing.T) {
	for _, program := range shells {
		s := newShell(t, program)
		s.enter(tokenLine + " &")
		s.sane()
		s.enter("fg")
		s.await("Choose a PIN:")
		s.press(halfSecret + "\x1a")
		s.await(shellPrompt)
		s.enter("bg")
		s.sane()
		s.enter("fg")
		s.await("Choose a PIN:")
		s.enter(typedSecret)
		s.await("Type it once more:")
		s.enter(typedSecret)
		s.await("new.enrolment")
		s.sane()
		s.unseenScreen()
	}
}

// TestEndedAtSecret: whatever ends the program while it asks for a secret, the shell has its terminal back, without what
// was typed.
func TestEndedAtSecret(t *testing.T) {
	ends := map[string]struct {
		end  func(*shell)
		code string
	}{
		"Ctrl-C":    {func(s *shell) { s.press("\x03") }, "12"},
		"Ctrl-\\":   {func(s *shell) { s.press("\x1c") }, "12"},
		"the end":   {func(s *shell) { s.signal(syscall.SIGTERM) }, "12"},
		"a hang-up": {func(s *shell) { s.signal(syscall.SIGHUP) }, "12"},
	}
	for _, signal := range faulty {
		ends[signal.String()] = struct {
			end  func(*shell)
			code string
		}{func(s *shell) { s.signal(signal) }, "12"}
	}
	for _, program := range shells {
		for what, one := range ends {
			t.Run(program[0]+", "+what, func(t *testing.T) {
				s := newShell(t, program)
				s.enter(tokenLine + "; echo code=$?")
				s.await("Choose a PIN:")
				s.press(halfSecret)
				time.Sleep(50 * time.Millisecond)
				one.end(s)
				if program[0] == "bash" && what == "Ctrl-C" { // which ends the list too, in some versions
					s.sane()
				} else {
					s.await("code=" + one.code)
					s.sane()
				}
				s.unseenScreen()
				if strings.Contains(s.screen(), "goroutine") {
					s.Error("the program showed its stack")
				}
			})
		}
	}
}

// faulty are the signals with which the kernel tells of a fault, sent by somebody: Go would show its stack and registers.
var faulty = []syscall.Signal{
	syscall.SIGILL, syscall.SIGTRAP, syscall.SIGABRT, syscall.SIGBUS, syscall.SIGFPE, syscall.SIGSEGV, syscall.SIGSTKFLT, syscall.SIGSYS,
}

// TestTerminalClosedAtSecret: a terminal that is closed ends the program.
func TestTerminalClosedAtSecret(t *testing.T) {
	control, screen, err := openTerminal()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("bailiff", "token", "init", "--soft", "--out", filepath.Join(t.TempDir(), "new.token"), "--lang", "en")
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = screen, screen, screen, append(os.Environ(), "TERM=xterm", "CI=") // where CI is set, no terminal is asked
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	screen.Close()
	said := ""
	for block := make([]byte, 100); !strings.Contains(said, "Choose a PIN:"); {
		n, err := control.Read(block)
		if err == nil && strings.Contains(string(block[:n]), "\x1b[6n") { // where the cursor is
			_, err = control.WriteString("\x1b[1;1R")
		}
		if err != nil {
			t.Fatal(err)
		}
		said += string(block[:n])
	}
	if n := strings.Count(said, "\x1b[6n"); n != 1 { // the program started itself again before it asked
		t.Errorf("it asked its terminal %d times: %q", n, said)
	}
	if err := control.Close(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		t.Error("it waits at a terminal that is gone")
	}
}
