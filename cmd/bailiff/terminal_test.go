package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// patience is how long a dialogue waits for a sentence.
const patience = 30 * time.Second

// dialogue runs a program at a pseudo-terminal. The lines of the file are what is awaited, in that
// order (`< text`), what a person then types, with the Enter key (`> text`), and what a hand does at
// the readers (`* VERB ...`, as the command card), what a person reads somewhere and types (`~ FILE PATTERN`: the last match in
// FILE, or in all that the terminal has shown, `~ screen PATTERN`) and what another process does meanwhile (`$ COMMAND`, by the
// shell); `^ C` is the key that interrupts; `^ stop` has somebody ask the program to stop, which goes on at once, since
// there is no shell that could have it do so. Afterwards
// `stdout` is the program's standard output, which is no terminal unless the variable STDOUT is `screen`, and the file `screen` is
// everything that stood on the terminal.
func dialogue(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: dialogue FILE CODE PROGRAM ARG...")
	}
	control, screen, err := openTerminal()
	ts.Check(err)
	defer control.Close()
	size := sizeOf(ts)
	ts.Check(unix.IoctlSetWinsize(int(control.Fd()), unix.TIOCSWINSZ, size))
	cmd := exec.Command(args[2], args[3:]...)
	cmd.Dir, cmd.Stdin, cmd.Stderr, cmd.Stdout = ts.MkAbs("."), screen, screen, ts.Stdout()
	if ts.Getenv("STDOUT") == "screen" {
		cmd.Stdout = screen
	}
	for _, name := range []string{"PATH", "HOME", "LC_ALL", "TERM", "ACCESSIBLE", "PCSCLITE_CSOCK_NAME"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	ts.Check(cmd.Start())
	ts.Check(screen.Close())
	seen := watch(control)
	seen.size = size
	seen.stop = func() error { return cmd.Process.Signal(syscall.SIGTSTP) }
	seen.hand = func(verb []string) { deal(ts, false, verb) }
	seen.file = ts.ReadFile
	seen.beside = func(command string) error { return ts.Exec("sh", "-ec", command) }
	talk := seen.talk(control, ts.ReadFile(args[0]))
	if talk == nil {
		talk = seen.end()
	}
	if talk != nil {
		_ = cmd.Process.Kill()
	}
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](cmd.Wait()); ok {
		code = exit.ExitCode()
	}
	<-seen.done
	ts.Check(os.WriteFile(ts.MkAbs("screen"), seen.text.Bytes(), 0o644))
	if talk != nil {
		ts.Fatalf("%v; on the terminal:\n%s", talk, seen.text.Bytes())
	}
	if strconv.Itoa(code) != args[1] {
		ts.Fatalf("exit code %d, not %s; on the terminal:\n%s", code, args[1], seen.text.Bytes())
	}
}

// sizeOf is the size that a script wants its terminals to have; without one, wide enough for every sentence.
func sizeOf(ts *testscript.TestScript) *unix.Winsize {
	size := &unix.Winsize{Row: 50, Col: 200}
	if wanted := ts.Getenv("SIZE"); wanted != "" {
		if _, err := fmt.Sscanf(wanted, "%dx%d", &size.Row, &size.Col); err != nil {
			ts.Fatalf("SIZE: %v", err)
		}
	}
	return size
}

// eventually tries until there is no error, or it has been patient.
func eventually(try func() error) (err error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if err = try(); err == nil {
			return nil
		}
	}
	return err
}

// openTerminal opens a new pseudo-terminal of 200 columns, wide enough for every sentence.
func openTerminal() (control, screen *os.File, err error) {
	control, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	fd := int(control.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, nil, err
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, nil, err
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: 200}); err != nil {
		return nil, nil, err
	}
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	return control, screen, err
}

// watcher keeps all that a terminal shows.
type watcher struct {
	mu   sync.Mutex
	text bytes.Buffer
	done chan struct{}
	size *unix.Winsize

	stop   func() error               // asks the program to stop
	hand   func(verb []string)        // at the readers
	file   func(name string) string   // reads one
	beside func(command string) error // by another process
}

// watch reads the terminal until the program has ended and nobody holds it open.
func watch(control *os.File) *watcher {
	w := &watcher{done: make(chan struct{})}
	go func() {
		defer close(w.done)
		buffer := make([]byte, 4096)
		for {
			n, err := control.Read(buffer)
			w.mu.Lock()
			w.text.Write(buffer[:n])
			w.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return w
}

// await waits until text stands on the terminal after offset, and returns where it ends.
func (w *watcher) await(text string, offset int) (int, error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		over := w.over() // before the look: what it says last must not come between
		w.mu.Lock()
		at := bytes.Index(w.text.Bytes()[offset:], []byte(text))
		w.mu.Unlock()
		if at >= 0 {
			return offset + at + len(text), nil
		}
		if over {
			return 0, fmt.Errorf("it ended without %q", text)
		}
	}
	return 0, fmt.Errorf("it never showed %q", text)
}

func (w *watcher) over() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

// read finds what a person reads and types: the last match of a pattern, in a file or on the terminal.
func (w *watcher) read(at string) (typed string, ok bool) {
	name, pattern, _ := strings.Cut(at, " ")
	w.mu.Lock()
	text := w.text.String()
	w.mu.Unlock()
	if name != "screen" {
		text = w.file(name)
	}
	all := regexp.MustCompile(pattern).FindAllString(text, -1)
	if len(all) == 0 {
		return "", false
	}
	return all[len(all)-1], true
}

// end waits until the program has ended, once nothing more is typed.
func (w *watcher) end() error {
	return eventually(func() error {
		if !w.over() {
			return errWaiting
		}
		return nil
	})
}

var errWaiting = errors.New("it waits for more to be typed")

// look tells whether a text is in sight as it should be. How its lines are broken, and its blanks, do not count.
func (w *watcher) look(text string, want bool) error {
	w.mu.Lock()
	rows := seen(w.text.String(), int(w.size.Row), int(w.size.Col))
	w.mu.Unlock()
	words := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if strings.Contains(words(strings.Join(rows, " ")), words(text)) != want {
		return fmt.Errorf("%q in sight: %v, want %v:\n%s", text, !want, want, strings.Join(rows, "\n"))
	}
	return nil
}

func (w *watcher) talk(keyboard *os.File, script string) (err error) {
	offset := 0
	for line := range strings.Lines(script) {
		line = strings.TrimSuffix(line, "\n")
		if awaited, ok := strings.CutPrefix(line, "< "); ok {
			if offset, err = w.await(awaited, offset); err != nil {
				return err
			}
			continue
		}
		if text, ok := strings.CutPrefix(line, "= "); ok {
			if err := w.look(text, true); err != nil {
				return err
			}
			continue
		}
		if text, ok := strings.CutPrefix(line, "! "); ok {
			if err := w.look(text, false); err != nil {
				return err
			}
			continue
		}
		if verb, ok := strings.CutPrefix(line, "* "); ok {
			w.hand(strings.Fields(verb))
			continue
		}
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			if err := w.beside(command); err != nil {
				return fmt.Errorf("%s: %w", command, err)
			}
			continue
		}
		if line == "^ stop" {
			if err := w.stop(); err != nil {
				return err
			}
			continue
		}
		if line == "^ C" {
			if _, err := keyboard.Write([]byte{3}); err != nil {
				return err
			}
			continue
		}
		typed, ok := strings.CutPrefix(line+" ", "> ") // a mere > is Enter
		if at, read := strings.CutPrefix(line, "~ "); read {
			typed, ok = w.read(at)
		}
		if !ok {
			return fmt.Errorf("neither < nor > nor *, or nothing to be read: %q", line)
		}
		time.Sleep(50 * time.Millisecond) // a person is slower than the terminal's change of mode
		if _, err := keyboard.WriteString(strings.TrimSuffix(typed, " ") + "\r"); err != nil {
			return err
		}
	}
	return nil
}
