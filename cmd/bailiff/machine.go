package main

import (
	"strings"

	"bailiff/custody"
	"bailiff/custody/machine"
)

// lookAtMachine tells what does not protect the secrets that this machine is about to hold: a line for each
// thing that a person can do something about. In production it refuses.
func (t *tool) lookAtMachine(v *custody.Vault) (machine.State, error) {
	state, err := v.Machine()
	if err != nil {
		return state, err
	}
	if len(state.Swap) > 0 {
		t.Note("machine.swap", strings.Join(state.Swap, " "))
		if !state.Locked {
			t.Note("machine.unlocked")
		}
	}
	if state.CoreDumps || state.Readable {
		t.Note("machine.core-dumps")
	}
	if !state.Erasing {
		t.Note("machine.not-erasing")
	}
	return state, nil
}
