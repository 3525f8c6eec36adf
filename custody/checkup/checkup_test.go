package checkup

import (
	"errors"
	"strings"
	"testing"

	"bailiff/custody/image"
	"bailiff/custody/machine"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

func TestMachine(t *testing.T) {
	fit := machine.State{Locked: true, Erasing: true, Swap: []string{}, Scope: 1}
	swapping, readable, dumping, plain, traceable, unknown := fit, fit, fit, fit, fit, machine.Unknown()
	swapping.Swap, readable.Readable, dumping.CoreDumps, plain.Erasing = []string{"/dev/dm-1"}, true, true, false
	traceable.Scope, unknown.Erasing = 0, true
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
		"exposed":  {state: fit.Exposed(image.ErrForbidden), want: map[Subject]error{Memory: image.ErrForbidden}},
		"traced":   {state: traceable, want: map[Subject]error{Tracing: machine.ErrTrace}},
		"unknown": {unknown, machine.ErrSwaps, map[Subject]error{
			Swap: machine.ErrSwaps, Memory: machine.ErrCoreDumps, Tracing: machine.ErrTrace,
		}},
	} {
		found := Machine(c.state, c.err)
		if len(found) != 4 {
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
	if err := piv.HeldBy(nil); !errors.Is(err, token.ErrBusy) {
		t.Errorf("%v", err)
	}
	err := piv.HeldBy([]string{"scdaemon (7)", "firefox (9)"})
	if !errors.Is(err, token.ErrBusy) || !strings.HasPrefix(err.Error(), "scdaemon (7), firefox (9): ") {
		t.Errorf("%v", err)
	}
}
