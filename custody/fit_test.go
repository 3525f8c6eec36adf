package custody_test

import (
	"testing"

	"bailiff/custody/keyvalue"
	"bailiff/custody/machine"
	"bailiff/custody/testkit/custodytest"
)

// TestMachine: production opens and makes keys on a machine that was looked at and is fit, and nowhere else; a rehearsal does
// anywhere, and is told what the machine is like.
func TestMachine(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{Threshold: 2, Custodians: 2})
	v := b.Open(t, false)
	fit := machine.State{Locked: true, Erasing: true, Scope: 1}
	unfit := fit
	unfit.CoreDumps = true
	for what, m := range map[string]struct {
		look                  func() (machine.State, error)
		production, rehearsal error
		erasing               bool
	}{
		"nobody looked":    {nil, machine.ErrCoreDumps, nil, machine.Unknown().Erasing},
		"it is fit":        {func() (machine.State, error) { return fit, nil }, nil, nil, true},
		"it is not fit":    {func() (machine.State, error) { return unfit, nil }, machine.ErrCoreDumps, nil, true},
		"it does not tell": {func() (machine.State, error) { return fit, machine.ErrSwaps }, machine.ErrSwaps, machine.ErrSwaps, true},
	} {
		v.Host.Machine = m.look
		for mode, want := range map[string]error{keyvalue.Production: m.production, keyvalue.Rehearsal: m.rehearsal} {
			v.Policy.Mode = mode
			state, err := v.Machine()
			wantError(t, what+", "+mode, err, want)
			if state.Erasing != m.erasing {
				t.Errorf("%s, %s: %+v", what, mode, state)
			}
		}
	}
}
