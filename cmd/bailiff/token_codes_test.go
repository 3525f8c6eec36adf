package main

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"testing"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/token/piv"
)

// free is what a card has for a further key.
var free = []piv.Slot{{Slot: 0x82, Empty: true}}

// A card whose codes stay as they are is not enrolled for production with those of the factory, whether
// bailiff prepared it once or not; a rehearsal takes it.
func TestProductionRefusesTheFactorysCodes(t *testing.T) {
	factory := piv.Reference{Default: true, Tries: 3, Max: 3}
	own := piv.Reference{Tries: 3, Max: 3}
	for _, state := range []piv.Preparation{piv.Prepared, piv.Started, piv.InUse} {
		for _, codes := range [][2]piv.Reference{{factory, own}, {own, factory}} {
			for _, rehearsal := range []bool{false, true} {
				p := &preparing{
					single:   &single{tool: &tool{App: &cli.App{Terminal: true, Out: io.Discard, Err: io.Discard}}},
					flags:    &cardFlags{rehearsal: rehearsal, confirm: "20001001"},
					contents: &piv.Contents{Serial: "20001001", Preparation: state, PIN: codes[0], PUK: codes[1], Sealing: free},
				}
				for way, err := range map[string]error{"a further key": p.agree(), "--slot": p.checkKept()} {
					if errors.Is(err, piv.ErrDefault) == rehearsal || rehearsal && err != nil {
						t.Errorf("%s, %s, rehearsal %v: %v", state, way, rehearsal, err)
					}
				}
			}
		}
	}
}

// A card that stays as it is, --slot, is not enrolled for production with the management key of the factory. One
// that is prepared gets another key, whatever it has.
func TestProductionRefusesTheFactorysManagementKey(t *testing.T) {
	own := piv.Reference{Tries: 3, Max: 3}
	for _, rehearsal := range []bool{false, true} {
		p := &preparing{
			single:   &single{tool: &tool{App: &cli.App{Terminal: true, Out: io.Discard, Err: io.Discard}}},
			flags:    &cardFlags{rehearsal: rehearsal},
			contents: &piv.Contents{Serial: "20001001", Preparation: piv.Prepared, PIN: own, PUK: own, Management: piv.Management{Default: true}, Sealing: free},
		}
		if err := p.checkKept(); errors.Is(err, piv.ErrDefault) == rehearsal || rehearsal && err != nil {
			t.Errorf("--slot, rehearsal %v: %v", rehearsal, err)
		}
		if err := p.agree(); err != nil {
			t.Errorf("a further key, rehearsal %v: %v", rehearsal, err)
		}
	}
}

// An enrolment that could not be written is refused before the card is looked at.
func TestEnrolmentWithoutFolder(t *testing.T) {
	f := &cardFlags{out: filepath.Join(t.TempDir(), "none", "c01.enrolment")}
	if err := f.check(); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	f.out = filepath.Join(t.TempDir(), "c01.enrolment")
	if err := f.check(); err != nil {
		t.Error(err)
	}
}
