package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiff/custody/testkit/needle"
)

// snapshot is what stood in the memory of a process: all readable mappings, without the pages that
// hold nothing but zeros. It is kept in a file, since what is looked for in it becomes known later.
type snapshot struct {
	at      string
	command string // the command line
	file    string
	runs    []run
	size    int64 // of the mappings that could be read, in bytes
}

// run is a range of pages that adjoin.
type run struct {
	from    uint64 // address
	size    int
	mapping mapping
}

// mapping is a line of /proc/PID/maps, with the flags that /proc/PID/smaps has for it.
type mapping struct {
	from, to uint64
	mode     string
	name     string
	arena    bool // left out of core dumps, anonymous and writable: where package secret keeps secrets
}

func (m *mapping) String() string {
	switch {
	case m.arena:
		return "locked memory of secrets"
	case m.name == "":
		return "anonymous memory " + m.mode
	}
	return m.name + " " + m.mode
}

const pageSize = 4096

// take reads the memory of a process.
func take(t *testing.T, pid int, at string) *snapshot {
	t.Helper()
	command, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	s := &snapshot{at: at, command: strings.TrimSpace(string(bytes.ReplaceAll(command, []byte{0}, []byte{' '})))}
	maps, err := mappings(pid)
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	out, err := os.CreateTemp(t.TempDir(), "memory")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	s.file = out.Name()
	for _, m := range maps {
		if m.mode[0] != 'r' || strings.HasPrefix(m.name, "[v") { // [vvar] is the kernel's clock, which nobody reads this way
			continue
		}
		if err := s.copy(out, mem, m); err != nil {
			t.Fatalf("%s %x-%x: %v", m.String(), m.from, m.to, err)
		}
	}
	return s
}

// copy copies one mapping.
func (s *snapshot) copy(out io.Writer, mem io.ReaderAt, m mapping) error {
	block := make([]byte, min(1<<20, int(m.to-m.from)))
	empty := make([]byte, pageSize)
	last := -1 // the run to which the page before belongs
	for at := m.from; at < m.to; {
		n, err := mem.ReadAt(block[:min(uint64(len(block)), m.to-at)], int64(at))
		if n == 0 && err != nil {
			return err
		}
		n = max(n/pageSize*pageSize, min(n, pageSize))
		s.size += int64(n)
		for p := 0; p < n; p += pageSize {
			page := block[p:min(p+pageSize, n)]
			if bytes.Equal(page, empty) {
				last = -1
				continue
			}
			if last < 0 {
				s.runs, last = append(s.runs, run{from: at + uint64(p), mapping: m}), len(s.runs)
			}
			s.runs[last].size += len(page)
			if _, err := out.Write(page); err != nil {
				return err
			}
		}
		at += uint64(n)
	}
	return nil
}

// mappings reads /proc/PID/smaps.
func mappings(pid int) (out []mapping, err error) {
	text, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(pid), "smaps"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		var m mapping
		var offset, device, inode string
		if n, _ := fmt.Sscanf(line, "%x-%x %s %s %s %s", &m.from, &m.to, &m.mode, &offset, &device, &inode); n == 6 && len(m.mode) == 4 {
			if w := strings.Fields(line); len(w) > 5 {
				m.name = strings.Join(w[5:], " ")
			}
			out = append(out, m)
		}
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && len(out) > 0 {
			last := &out[len(out)-1]
			last.arena = last.name == "" && strings.Contains(flags, " wr") && strings.Contains(flags, " dd")
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no mapping")
	}
	return out, nil
}

// search looks for secrets in a snapshot.
func (s *snapshot) search(t *testing.T, h *needle.Hunt) (out []finding) {
	t.Helper()
	data, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range s.runs {
		for _, f := range h.Search(data[:r.size]) {
			out = append(out, finding{f.Kind(), f.Name, f.Form, r.mapping.String(), r.mapping.arena})
		}
		data = data[r.size:]
	}
	return out
}
