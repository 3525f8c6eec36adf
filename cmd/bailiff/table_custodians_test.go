//go:build cgo

package main

import (
	"errors"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"bailiff/custody/testkit/rig"
)

// sitting is a command at a terminal, with custodians who do what it says.
type sitting struct {
	*seatScene
	cmd     *exec.Cmd
	control *os.File
	seen    *watcher
	read    int // of the screen
	stdout  strings.Builder
	reader  int               // into which the custodians put what is wanted; -1: they leave it to the test
	pins    map[string]string // what they type where it is not the right PIN, once
	pulls   string            // a card that a mishap pulls; they put it back
	pulled  bool              // it was pulled
	mends   bool              // they take out a card that was set aside, and put it in again
	taken   map[string]int    // from which readers they were taken
}

// sit starts a command at a terminal.
func (s *seatScene) sit(line string, more ...string) *sitting {
	s.Helper()
	words := append(strings.Fields(line), more...)
	control, screen, err := openTerminal()
	if err != nil {
		s.Fatal(err)
	}
	x := &sitting{seatScene: s, control: control, pins: map[string]string{}, taken: map[string]int{}, reader: -1}
	x.cmd = exec.Command(words[0], append(words[1:], "--lang", "en")...)
	x.cmd.Dir, x.cmd.Stdin, x.cmd.Stderr, x.cmd.Stdout = s.dir, screen, screen, &x.stdout
	x.cmd.Env = append(os.Environ(), "TERM=xterm")
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Credential: s.as}
	if err := x.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { control.Close() })
	if err := screen.Close(); err != nil {
		s.Fatal(err)
	}
	x.seen = watch(control)
	return x
}

// await waits for a sentence on the screen.
func (x *sitting) await(text string) {
	x.Helper()
	end, err := x.seen.await(text, x.read)
	if err != nil {
		_ = x.cmd.Process.Kill()
		x.Fatalf("%v; on the terminal:\n%s", err, x.screen())
	}
	x.read = end
}

func (x *sitting) screen() string {
	x.seen.mu.Lock()
	defer x.seen.mu.Unlock()
	return x.seen.text.String()
}

// enter types a line.
func (x *sitting) enter(text string) {
	time.Sleep(50 * time.Millisecond) // a person is slower than the terminal's change of mode
	if _, err := x.control.WriteString(text + "\r"); err != nil {
		x.Error(err)
	}
}

// prompts are the sentences that custodians react to.
var prompts = regexp.MustCompile(`PIN of token (\d+) \(tries left: \d\):|Put in token (\d+),|in any order:\r\n(?:–.*: token (\d+).*\r\n)+|Token (\d+) is left aside|Token (\d+), of .*, was taken out|(Type yes)`)

// finish has the custodians do what they are told until the command ends, and wants its exit code.
func (x *sitting) finish(code int) {
	x.Helper()
	for end := time.Now().Add(2 * patience); ; {
		select {
		case <-x.seen.done:
			x.end(code)
			return
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(end) {
			_ = x.cmd.Process.Kill()
			x.Fatalf("it does not end; on the terminal:\n%s", x.screen())
		}
		x.react()
	}
}

// react does what the next sentence says, if there is one.
func (x *sitting) react() {
	rest := x.screen()[x.read:]
	at := prompts.FindStringSubmatchIndex(rest)
	if at == nil {
		return
	}
	x.read += at[1]
	part := func(i int) string {
		if at[2*i] < 0 {
			return ""
		}
		return rest[at[2*i]:at[2*i+1]]
	}
	if serial := part(1); serial != "" {
		pin, ok := x.pins[serial]
		if !ok {
			pin = cardPIN
		}
		delete(x.pins, serial)
		x.enter(pin)
		return
	}
	if part(6) != "" {
		x.enter("yes")
		return
	}
	if x.pulls != "" {
		x.putBack()
		return
	}
	if x.mends {
		x.mend(part(4), part(5))
		return
	}
	for _, serial := range []string{part(2), part(3)} {
		if serial != "" && x.reader >= 0 {
			x.change(x.reader, serial)
		}
	}
}

// mend takes out a card that was set aside, and puts it in again once that was noticed.
func (x *sitting) mend(aside, out string) {
	x.Helper()
	if i := slices.Index(x.in, aside); aside != "" && i >= 0 {
		x.takeOut(aside)
		x.taken[aside] = i
	}
	if out != "" && !slices.Contains(x.in, out) {
		x.change(x.taken[out], out)
	}
}

// putBack puts a card that a mishap pulled back into its reader, if that is so.
func (x *sitting) putBack() {
	x.Helper()
	cards, err := x.rig.Cards()
	if err != nil {
		x.Fatal(err)
	}
	for reader, serial := range x.in {
		if serial != x.pulls || slices.ContainsFunc(cards, func(c rig.CardState) bool { return c.Reader == reader }) {
			continue
		}
		x.pulled = true
		if err := x.cards[serial].Insert(reader); err != nil {
			x.Fatalf("%v; on the terminal:\n%s", err, x.screen())
		}
	}
}

// answer types a PIN when it is asked for.
func (x *sitting) answer(serial, pin string) {
	x.Helper()
	x.await("PIN of token " + serial)
	x.enter(pin)
}

// press touches a card that waits for it.
func (x *sitting) press(serial string) {
	x.Helper()
	x.await("TOUCH token " + serial)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if done, err := x.cards[serial].Press(); err != nil || done {
			return
		}
	}
	x.Fatalf("%s never waited for a touch", serial)
}

// change puts a card into a reader while the command waits for one.
func (x *sitting) change(reader int, serial string) {
	x.Helper()
	if err := x.insert(reader, serial); err != nil {
		x.Fatalf("%v; on the terminal:\n%s", err, x.screen())
	}
}

func (x *sitting) end(code int) {
	x.Helper()
	got := 0
	err := x.cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	}
	if got != code {
		x.Fatalf("exit code %d, not %d; on the terminal:\n%s", got, code, x.screen())
	}
}

// said wants a sentence somewhere on the screen.
func (x *sitting) said(text string) {
	x.Helper()
	if !strings.Contains(x.screen(), text) {
		x.Errorf("never said %q; on the terminal:\n%s", text, x.screen())
	}
}
