package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A program of the same user that reads the memory of another one: the test program plays it, as an ordinary
// user. It starts the other one, stops it before its first instruction and opens its memory there, opens the
// memory of it and of all that it starts again and again, and reads all that it has open until the end. At each new
// entry of the ledger it stops them all until that is read.

// besideName is what the test program is called when it plays that program.
const besideName = "beside"

// spying is what it is to do, on its standard input, and what came of it, on its standard output.
type spying struct {
	Command []string
	Dir     string
	Loose   bool   // the program's file is made one that nobody may read once it was started, not before
	Pages   string // file for the pages that were read, each once

	Code    int // exit code of the command
	Said    string
	Opened  int // how often a memory was opened
	Refused int // how often it was not
	Late    int // how often it was opened after it had been refused
	Halted  int // how often the command was stopped and read meanwhile
	Failure string
}

// playBeside plays the program, if that is what it was started for.
func playBeside() {
	if os.Args[0] != besideName {
		return
	}
	var s spying
	err := json.NewDecoder(os.Stdin).Decode(&s)
	if err == nil {
		err = s.spy()
	}
	if err != nil {
		s.Failure = err.Error()
	}
	_ = json.NewEncoder(os.Stdout).Encode(s)
	os.Exit(0)
}

// spy runs the command and reads its memory meanwhile.
func (s *spying) spy() error {
	pages, err := os.OpenFile(s.Pages, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer pages.Close()
	spy := &spy{spying: s, pages: pages, seen: map[uint64]bool{}, shut: map[int]bool{}, halts: make(chan chan struct{}), seed: maphash.MakeSeed()}
	var out bytes.Buffer
	cmd := exec.Command(s.Command[0], s.Command[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.Dir, &out, &out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Ptrace: true}
	if err := spy.begin(cmd); err != nil {
		return err
	}
	ended := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() { spy.openAll(cmd.Process.Pid, ended) })
	work.Go(func() { spy.readAll(ended) })
	work.Go(func() { spy.haltAll(cmd.Process.Pid, ended) })
	_ = cmd.Wait()
	close(ended)
	work.Wait()
	s.Code, s.Said = cmd.ProcessState.ExitCode(), out.String()
	return spy.err
}

// opened is a memory that was opened, with the list of what is where in it.
type opened struct{ mem, maps *os.File }

type spy struct {
	*spying
	pages *os.File
	seed  maphash.Seed
	seen  map[uint64]bool // pages that were read, by their hash
	shut  map[int]bool    // processes that refused
	halts chan chan struct{}
	err   error

	mu   sync.Mutex
	open []opened
}

// begin starts the command and opens its memory before its first instruction.
func (s *spy) begin(cmd *exec.Cmd) error {
	begun := make(chan error)
	go func() {
		runtime.LockOSThread() // the thread that began it lets it go
		defer runtime.UnlockOSThread()
		begun <- s.hold(cmd)
	}()
	return <-begun
}

// hold is begin, on one thread.
func (s *spy) hold(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	if _, err := unix.Wait4(cmd.Process.Pid, nil, 0, nil); err != nil {
		return err
	}
	s.try(cmd.Process.Pid)
	if s.Opened != 1 {
		return fmt.Errorf("the memory of a program that just began was not opened")
	}
	if s.Loose {
		if err := os.Chmod(s.Command[0], 0o100); err != nil {
			return err
		}
	}
	return unix.PtraceDetach(cmd.Process.Pid)
}

// try opens the memory of a process.
func (s *spy) try(pid int) {
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		s.Refused++
		s.shut[pid] = true
		return
	}
	maps, err := os.Open(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		mem.Close()
		s.Refused++
		return
	}
	s.Opened++
	if s.shut[pid] {
		s.Late++
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open = append(s.open, opened{mem, maps}); len(s.open) > 32 { // the first one stays for ever
		s.open[1].mem.Close()
		s.open[1].maps.Close()
		s.open = slices.Delete(s.open, 1, 2)
	}
}

// openAll opens the memory of every process of the session, again and again.
func (s *spy) openAll(session int, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		default:
		}
		list, _ := os.ReadDir("/proc")
		for _, entry := range list {
			pid, err := strconv.Atoi(entry.Name())
			if err == nil && sessionOf(pid) == session {
				s.try(pid)
			}
		}
	}
}

// sessionOf reads to which session a process belongs, 0 when it is gone (proc_pid_stat(5)).
func sessionOf(pid int) (session int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) > 3 && fields[0] != "Z" {
		session, _ = strconv.Atoi(fields[3])
	}
	return session
}

// readAll reads all that is open, again and again, and once more when the command has ended.
func (s *spy) readAll(ended <-chan struct{}) {
	for last := false; !last; {
		var halted chan struct{}
		select {
		case <-ended:
			last = true
		case halted = <-s.halts:
		case <-time.After(time.Millisecond):
		}
		s.mu.Lock()
		list := slices.Clone(s.open)
		s.mu.Unlock()
		for _, one := range list {
			s.read(one)
		}
		if halted != nil {
			close(halted)
		}
	}
}

// read keeps the writable pages of a memory that were not seen before.
func (s *spy) read(one opened) {
	if _, err := one.maps.Seek(0, 0); err != nil {
		return
	}
	maps := make([]byte, 1<<20)
	n, _ := one.maps.Read(maps)
	for line := range strings.Lines(string(maps[:n])) {
		var from, to int64
		var mode string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &from, &to, &mode); n != 3 || !strings.HasPrefix(mode, "rw") {
			continue
		}
		block := make([]byte, 1<<18)
		for at := from; at < to; at += int64(len(block)) {
			n, _ := one.mem.ReadAt(block[:min(int64(len(block)), to-at)], at)
			s.keep(block[:n])
		}
	}
}

func (s *spy) keep(block []byte) {
	for page := range slices.Chunk(block, pageSize) {
		if sum := maphash.Bytes(s.seed, page); !s.seen[sum] && s.err == nil {
			s.seen[sum] = true
			if _, err := s.pages.Write(page); err != nil {
				s.err = err
			}
		}
	}
}

// besides runs a command of a folder beside such a program, both as an ordinary user.
func besides(dir string, s spying) (spying, error) {
	program, err := forAll(dir)
	if err != nil {
		return s, err
	}
	s.Dir, s.Pages = dir, filepath.Join(dir, "pages")
	in, err := json.Marshal(s)
	if err != nil {
		return s, err
	}
	cmd := as(&exec.Cmd{Path: program, Args: []string{besideName}})
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &s)
	}
	if err == nil && s.Failure != "" {
		err = fmt.Errorf("%s", s.Failure)
	}
	return s, err
}

// forAll is this program where an ordinary user may start it. It runs from an image itself (package launch), which
// belongs to the user of the tests.
func forAll(dir string) (path string, err error) {
	if os.Geteuid() != 0 {
		return "/proc/self/exe", nil
	}
	text, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, besideName)
	return path, os.WriteFile(path, text, 0o755)
}
