package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
)

// memory is what earlier runs found out, one line of JSON a check. More tests notice more, never less: what was
// noticed stays so as long as the changed file is the same; what survived is not remembered.
type memory struct {
	file     *os.File // nil when nothing is to be remembered
	outcomes map[string]outcome
}

// line is one check in the memory.
type line struct {
	ID      string
	Outcome outcome
	Check   string
}

func openMemory(path string) (*memory, error) {
	m := &memory{outcomes: map[string]outcome{}}
	if path == "" {
		return m, nil
	}
	var err error
	if m.file, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600); err != nil {
		return nil, err
	}
	lines := json.NewDecoder(bufio.NewReader(m.file))
	for {
		var l line
		if err := lines.Decode(&l); err == io.EOF {
			return m, nil
		} else if err != nil {
			return nil, err
		}
		if l.Outcome == noticed || l.Outcome == endless {
			m.outcomes[l.ID] = l.Outcome
		}
	}
}

func (m *memory) keep(c condition, o outcome) error {
	if m.file == nil {
		return nil
	}
	return json.NewEncoder(m.file).Encode(line{c.id(), o, c.String()})
}
