package soft

import (
	"strconv"

	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token/heads"
)

const stateFormat = "bailiff-soft-state/1"

// state is what a state file holds.
type state struct {
	serial string
	tries  int
	heads  heads.List
}

// freshState is the state of a token that was never used.
func freshState(serial string) state { return state{serial: serial, tries: maxTries} }

// unused tells whether the state is as [freshState] made it.
func (s state) unused() bool { return s.tries == maxTries && len(s.heads) == 0 }

func parseState(data []byte) (state, error) {
	r, err := keyvalue.Parse(stateFormat, data)
	if err != nil {
		return state{}, err
	}
	s := state{serial: r.Checked("serial", checkSerial), tries: r.Int("tries", maxTries)}
	s.heads = heads.Read(r)
	if err := r.Close(); err != nil {
		return state{}, err
	}
	return s, nil
}

func (s state) format() ([]byte, error) {
	fields := keyvalue.Fields("serial", s.serial, "tries", strconv.Itoa(s.tries))
	return keyvalue.Format(stateFormat, append(fields, s.heads.Fields()...))
}

func readState(d *durable.Disk, path string) (state, error) {
	data, err := read(d, path)
	if err != nil {
		return state{}, err
	}
	s, err := parseState(data)
	if err != nil {
		return state{}, fault.At(path, damaged(err))
	}
	return s, nil
}
