package main_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bailiff/custody"
	"bailiff/custody/batch"
	"bailiff/custody/durable"
	"bailiff/keyceremony/swaptest"
)

// TestSwappedBeforeOpened: before one of the batch's files is opened for a release, all of the batch is exchanged for one
// of another program's making, whose shares the same tokens would open. No share is opened, nothing is handed over, and
// with the true batch back in place the same order is carried out.
func TestSwappedBeforeOpened(t *testing.T) {
	for name, wants := range map[string][]error{
		"manifest.txt": {custody.ErrDamaged}, "records.txt": {batch.ErrTree}, "tree.bin": {batch.ErrTree},
		"sealed-0001.zip": {batch.ErrSize, batch.ErrMissing}, // sealed keys are of several sizes
	} {
		t.Run(name, func(t *testing.T) {
			s := play(t, proved)
			v := s.open()
			o := s.order(v, 0, nil)
			check(t, v.Close())
			dir, aside := "", t.TempDir()
			s.disk.Hook = func(op durable.Op, path string) error {
				if op == durable.OpRead && filepath.Base(path) == name {
					s.disk.Hook = nil
					dir = filepath.Dir(path)
					s.exchange(v, dir, aside)
				}
				return nil
			}
			v = s.open()
			s.touches()
			x, err := s.receive(v, o)
			if err == nil {
				err = s.releaseOf(v, x).Run()
			}
			opened, _ := s.touches()
			if dir == "" || opened > 0 || !slices.ContainsFunc(wants, func(w error) bool { return errors.Is(err, w) }) {
				t.Errorf("exchanged %q, %d shares opened: %v", dir, opened, err)
			}
			if state := v.State.Orders["2026-000001"]; state != nil && state.Opened != nil {
				t.Error("the key counts as opened")
			}
			check(t, errors.Join(v.Close(), os.RemoveAll(dir), os.Rename(filepath.Join(aside, filepath.Base(dir)+".true"), dir)))
			v = s.open()
			check(t, s.release(v, o).Run())
		})
	}
}

// exchange puts a batch of another program's making in place.
func (s *scene) exchange(v *custody.Vault, dir, aside string) {
	s.Helper()
	made, err := batch.Open(&durable.Disk{}, dir)
	check(s.T, err)
	defer made.Close()
	m, forged := made.Manifest(), filepath.Join(s.TempDir(), "forged")
	_, err = swaptest.Batch(forged, v.Policy, m.Batch, m.Created, m.Keys)
	check(s.T, err)
	check(s.T, swaptest.Place(forged, dir, aside))
}
