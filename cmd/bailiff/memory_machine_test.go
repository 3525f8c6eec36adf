package main_test

import (
	"os"
	"path/filepath"
	"testing"

	"bailiff/custody/image"
	"bailiff/custody/keyvalue"
	"bailiff/custody/machine"
)

// swapped is a machine's list of swap, with one partition in use.
const swapped = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/dm-1\t\t\t\tpartition\t8388604\t\t0\t\t-2\n"

// In production neither a ceremony nor a release begins on a machine that could write secrets to a disk, and
// no token is asked; a rehearsal goes on. (A production vault needs hardware tokens: the mode is set in memory here.)
func TestProductionRefusesUnfitMachine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "swaps")
	check(t, os.WriteFile(path, []byte(swapped), 0o600))
	machines := map[string]struct {
		look func() (machine.State, error)
		want error
	}{
		"active swap":        {func() (machine.State, error) { return machine.Read(path, machine.Yama) }, machine.ErrSwap},
		"an unreadable list": {func() (machine.State, error) { return machine.Read(t.TempDir(), machine.Yama) }, machine.ErrSwaps},
		"core dumps":         {func() (machine.State, error) { return machine.State{CoreDumps: true, Erasing: true}, nil }, machine.ErrCoreDumps},
		"readable by others": {func() (machine.State, error) { return machine.State{Readable: true, Erasing: true}, nil }, machine.ErrCoreDumps},
		"a plain build":      {func() (machine.State, error) { return machine.State{Locked: true}, nil }, machine.ErrErasing},
		"traceable":          {func() (machine.State, error) { return machine.State{Erasing: true}, nil }, machine.ErrTrace},
		"began readable": {func() (machine.State, error) {
			return machine.State{Erasing: true, Scope: 1}.Exposed(image.ErrForbidden), nil
		}, image.ErrForbidden},
		"nobody looked at it": {nil, machine.ErrCoreDumps},
	}
	for what, m := range machines {
		s := play(t, proved)
		v := s.open()
		ceremony, r := s.ceremony(v, published), s.release(v, s.order(v, 0, nil))
		v.Host.Machine = m.look
		if err := r.Check(); err != nil && m.want != machine.ErrSwaps {
			t.Errorf("%s: a rehearsal is refused: %v", what, err)
		}
		v.Policy.Mode, ceremony.Script.Mode = keyvalue.Production, keyvalue.Production
		before := v.Log.Size()
		_, err := ceremony.Run()
		s.refused("a ceremony, "+what, err, m.want)
		s.refused("a release, "+what, r.Check(), m.want)
		s.refused("a release that did not check, "+what, r.Run(), m.want)
		if v.Log.Size() != before {
			t.Errorf("%s: something was recorded", what)
		}
	}
}
