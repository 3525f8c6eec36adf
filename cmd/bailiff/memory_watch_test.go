package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bailiff/custody/testkit/needle"
)

// watched runs commands of one build in one folder and keeps what stood in their memory.
type watched struct {
	*testing.T
	program, dir string
	mu           sync.Mutex
	shots        []*snapshot
	bytes        int64 // that were read
}

func observe(t *testing.T, program string) *watched {
	t.Helper()
	f, err := readFacts()
	if err != nil {
		t.Fatal(err)
	}
	return &watched{T: t, program: program, dir: scene(t, os.Getenv(fixtureVariable), func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "more.toml"), []byte(scriptFor(f.Vault, 9)), 0o644)
	})}
}

// run runs a command to its good end. Its memory is kept where it ends, where entries of those
// kinds come into the ledger, and where a process that it started ends.
func (w *watched) run(line string, kinds ...string) {
	w.Helper()
	words := strings.Fields(line)
	cmd := exec.Command(w.program, words[1:]...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	w.trace(cmd, kinds)
	if w.Failed() {
		w.Logf("%s:\n%s", line, out.String())
	}
}

func (w *watched) trace(cmd *exec.Cmd, kinds []string) {
	w.Helper()
	leader := 0
	tr := &tracer{dir: w.dir, kinds: kinds}
	tr.look = func(pid int, at string) {
		if leader == 0 {
			leader = cmd.Process.Pid
		}
		w.keep(pid, at)
		if pid != leader {
			w.keep(leader, whileGenerating)
		}
	}
	code, err := tr.run(cmd)
	if err != nil || code != 0 {
		w.Errorf("%s: exit code %d, %v", cmd, code, err)
	}
}

// whileGenerating is the place of a ceremony when one of the processes that make keys for it ends.
const whileGenerating = "between keys"

func (w *watched) keep(pid int, at string) {
	w.Helper()
	s := take(w.T, pid, at)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bytes += s.size
	w.shots = append(w.shots, s)
}

// generates tells whether a process is one of those that make keys: it keeps what it has until its end.
func (s *snapshot) generates() bool { return s.command == "bailiff generate" }

// name is the command and the place, for a person.
func (s *snapshot) name() string {
	words := strings.Fields(s.command)
	return strings.Join(words[1:min(3, len(words))], " ") + ", " + s.at
}

// findings looks for all secrets in all that was kept since the last time.
func (w *watched) findings(needles []needle.Needle) map[*snapshot][]finding {
	w.Helper()
	h, out := needle.NewHunt(needles), map[*snapshot][]finding{}
	for _, s := range w.shots {
		out[s] = s.search(w.T, h)
		if err := os.Remove(s.file); err != nil {
			w.Fatal(err)
		}
	}
	w.shots = nil
	return out
}

// allowed tells whether a secret may stand where it was found: the keys of the tokens that are plugged in, from
// their PIN to the end of the command, and the one key that a release has opened and not yet locked with the
// words, both in locked memory only. At the end of a process nothing may.
func (s *snapshot) allowed(f finding, opened string) bool {
	if s.at == end || !f.live {
		return false
	}
	return f.kind == needle.Token || f.kind == needle.Key && s.at == "release-opened" && strings.Contains(f.name, opened)
}

// judge fails for every secret that stands where none may. It returns how many processes and places it saw.
func (w *watched) judge(all map[*snapshot][]finding, opened string) (places int) {
	w.Helper()
	for s, found := range all {
		if s.generates() {
			continue
		}
		places++
		bad := slices.DeleteFunc(found, func(f finding) bool { return s.allowed(f, opened) })
		if len(bad) > 0 {
			w.Errorf("%s: found\n%s", s.name(), describe(bad))
		}
	}
	return places
}

// checkLive makes sure that a search sees what must be there: the one key that a release has opened.
func (w *watched) checkLive(all map[*snapshot][]finding) {
	w.Helper()
	for s, found := range all {
		if s.at == "release-opened" && kindsOf(found)[needle.Key] > 0 {
			return
		}
	}
	w.Error("the key that a release opened was not found while it was open: the search is broken")
}

// judgeGenerators holds what decision 12 says of the processes that make keys: until its end each holds
// secrets of its own range of keys, and of no other.
func (w *watched) judgeGenerators(all map[*snapshot][]finding) (processes int) {
	w.Helper()
	owner := map[string]*snapshot{}
	for s, found := range all {
		if !s.generates() {
			continue
		}
		processes++
		if kindsOf(found)[needle.Key] == 0 {
			w.Errorf("%s: no private key at all: the search is broken", s.name())
		}
		for _, f := range found {
			key := strings.Fields(f.name)
			name := key[len(key)-1]
			if f.kind == needle.Key {
				name = key[1]
			}
			if owner[name] == nil {
				owner[name] = s
			}
			if owner[name] != s || f.kind == needle.Token || f.kind == needle.PIN {
				w.Errorf("%s: found %s", s.name(), f.name)
			}
		}
	}
	return processes
}

// atDice is the place of a ceremony that waits for the witnesses' dice.
const atDice = "waiting for dice"

// typed runs a command at a terminal, with a dialogue as in the scripts; `! ` and a place keeps what stands in its memory
// while it waits.
func (w *watched) typed(line, dialogue string, kinds ...string) {
	w.Helper()
	control, screen, err := openTerminal()
	if err != nil {
		w.Fatal(err)
	}
	defer control.Close()
	words := strings.Fields(line)
	cmd := exec.Command(w.program, words[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = screen, screen, screen
	cmd.Env = append(os.Environ(), "TERM=dumb")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	seen := watch(control)
	talked := make(chan error, 1)
	go func() {
		before, after, look := strings.Cut(dialogue, "! "+atDice+"\n")
		err := seen.talk(control, before)
		if err == nil && look {
			w.keep(cmd.Process.Pid, atDice) // which waits meanwhile
			err = seen.talk(control, after)
		}
		talked <- err
	}()
	w.trace(cmd, kinds)
	screen.Close()
	select {
	case err = <-talked:
	case <-time.After(patience):
		err = fmt.Errorf("nobody answered")
	}
	<-seen.done
	if err != nil || w.Failed() {
		w.Errorf("%v\n%s", err, seen.text.Bytes())
	}
}
