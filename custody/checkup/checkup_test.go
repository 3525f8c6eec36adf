package checkup

import (
	"errors"
	"strings"
	"testing"

	"bailiff/custody/machine"
	"bailiff/custody/token"
)

func TestMachine(t *testing.T) {
	fit := machine.State{Locked: true, Erasing: true, Swap: []string{}}
	swapping, readable, dumping, plain, unknown := fit, fit, fit, fit, machine.Unknown()
	swapping.Swap, readable.Readable, dumping.CoreDumps, plain.Erasing, unknown.Erasing = []string{"/dev/dm-1"}, true, true, false, true
	for name, c := range map[string]struct {
		state machine.State
		err   error
		want  map[Subject]error
	}{
		"fit":      {state: fit},
		"swapping": {state: swapping, want: map[Subject]error{Swap: machine.ErrSwap}},
		"readable": {state: readable, want: map[Subject]error{Memory: machine.ErrCoreDumps}},
		"dumping":  {state: dumping, want: map[Subject]error{Memory: machine.ErrCoreDumps}},
		"plain":    {state: plain, want: map[Subject]error{Erasing: machine.ErrErasing}},
		"unknown":  {unknown, machine.ErrSwaps, map[Subject]error{Swap: machine.ErrSwaps, Memory: machine.ErrCoreDumps}},
	} {
		found := Machine(c.state, c.err)
		if len(found) != 3 {
			t.Fatalf("%s: %d findings", name, len(found))
		}
		for _, f := range found {
			if want := c.want[f.Subject]; !errors.Is(f.Err, want) {
				t.Errorf("%s, %s: %v, not %v", name, f.Subject, f.Err, want)
			}
		}
	}
}

func TestHeld(t *testing.T) {
	if err := Held(nil); !errors.Is(err, token.ErrBusy) {
		t.Errorf("%v", err)
	}
	err := Held([]string{"scdaemon (7)", "firefox (9)"})
	if !errors.Is(err, token.ErrBusy) || !strings.HasPrefix(err.Error(), "scdaemon (7), firefox (9): ") {
		t.Errorf("%v", err)
	}
}
