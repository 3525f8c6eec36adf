package main

import (
	"strings"

	"bailiff/custody"
	"bailiff/custody/machine"
)

// machine is what is known of the machine and of this process.
func (t *tool) machine() (machine.State, error) {
	state, err := machine.Read(machine.Swaps, machine.Yama)
	return state.Exposed(t.App.Exposed), err
}

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
	if err := t.Unread(v.Policy.Mode); err != nil {
		return state, err
	}
	if state.Began == nil && (state.CoreDumps || state.Readable) {
		t.Note("machine.core-dumps")
	}
	if state.Traceable() != nil {
		t.Note("machine.tracing")
	}
	if !state.Erasing {
		t.Note("machine.not-erasing")
	}
	return state, nil
}
