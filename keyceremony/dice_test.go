package keyceremony_test

import (
	"errors"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/keypair"
	"bailiff/custody/testkit/custodytest"
	"bailiff/keyceremony"
	"bailiff/keyceremony/script"
)

func TestCheckDice(t *testing.T) {
	for dice, want := range map[string]error{
		"12345612345612345612":             nil,
		"11111111112222222223":             nil,
		"":                                 keyceremony.ErrFewDice,
		"1234561234561234561":              keyceremony.ErrFewDice,
		"12345612345612345617":             keyceremony.ErrDie,
		"0":                                keyceremony.ErrDie,
		"1234561234561234561é":             keyceremony.ErrDie,
		strings.Repeat("1", 20):            keyceremony.ErrAlikeDice,
		strings.Repeat("6", 1000):          keyceremony.ErrAlikeDice,
		strings.Repeat("12", 10):           keyceremony.ErrAlikeDice,
		strings.Repeat("123456", 166):      nil,
		strings.Repeat("12345", 200):       nil,
		strings.Repeat("12345", 200) + "6": keyceremony.ErrManyDice,
	} {
		if err := keyceremony.CheckDice(dice); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", dice, err, want)
		}
	}
	if err := keyceremony.CheckDice("12x"); err == nil || !strings.HasPrefix(err.Error(), "3: ") {
		t.Errorf("the die is not named: %v", err)
	}
	if got := keyceremony.Thrown(" 12 34-56,12"); got != "12345612" {
		t.Error(got)
	}
}

// TestDefectBound: 29 keys for ten per cent, as the screen says.
func TestDefectBound(t *testing.T) {
	if n := keyceremony.SampleFor(0.10); n != 29 || keyceremony.DefectBound(n) > 0.10 || keyceremony.DefectBound(n-1) <= 0.10 {
		t.Errorf("%d keys", n)
	}
	if b := keyceremony.DefectBound(3); math.Abs(b-0.6316) > 0.0001 {
		t.Error(b)
	}
}

// TestDrawn: dice and sample are shown once they are cosigned, before a token opens a share, again when the ceremony resumes;
// and dice that were not thrown draw nothing.
func TestDrawn(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{})
	s := newScript(b, 3, 2, 1)
	c := newCeremony(t, b, s)
	c.Dice = func() (string, error) { return strings.Repeat("1", 20), nil }
	if _, err := c.Run(); !errors.Is(err, keyceremony.ErrAlikeDice) {
		t.Fatal(err)
	}
	st := c.Vault.State.Unfinished()
	if st == nil || st.Sampled != nil {
		t.Fatalf("a sample was drawn from dice that were not thrown: %+v", st)
	}
	opened := 0
	c.Vault.Host.Notice = func(e custody.Event) {
		if e.Act == custody.ActOpen {
			opened++
		}
	}
	c.Dice = func() (string, error) { return dice, nil }
	away := errors.New("nobody says yes")
	for range 2 { // the second time nothing is thrown any more
		shown := ""
		c.Drawn = func(thrown string, sample []int) error {
			shown = thrown
			if _, _, err := c.Vault.Covered(st.Sampled.Number); err != nil || !slices.Equal(sample, st.Sample()) || len(sample) != 2 {
				t.Errorf("shown before it was cosigned, or another sample: %v, %v", sample, err)
			}
			return away
		}
		if _, err := c.Run(); !errors.Is(err, away) || shown != dice || opened != 0 {
			t.Fatalf("%v, shown %q, %d shares opened", err, shown, opened)
		}
		c.Dice = func() (string, error) { t.Error("thrown twice"); return dice, nil }
	}
	c.Drawn = func(string, []int) error { return nil }
	if _, err := c.Run(); err != nil || opened == 0 {
		t.Errorf("%v, %d shares opened", err, opened)
	}
}

// TestFullDisk: a disk without room for the batch is noticed before anything is recorded, made or asked.
func TestFullDisk(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{})
	c := newCeremony(t, b, newScript(b, 3, 2, 1))
	b.Host.Disk.Hook = func(op durable.Op, path string) error {
		if op == durable.OpSpace && path == c.Vault.Path {
			return durable.ErrSpace
		}
		return nil
	}
	size := c.Vault.Log.Size()
	if err := c.Check(); !errors.Is(err, durable.ErrSpace) {
		t.Error(err)
	}
	if _, err := c.Run(); !errors.Is(err, durable.ErrSpace) || c.Vault.Log.Size() != size {
		t.Errorf("%v, %d entries", err, c.Vault.Log.Size()-size)
	}
}

// TestSpace: what is reckoned for a batch is not less than what one of each profile took, and not more than twice that.
func TestSpace(t *testing.T) {
	const keys, tokens = 5, 4 // of the archives
	none := keyceremony.Space(keypair.V4Curve25519, 0, tokens)
	for _, p := range keypair.Profiles() {
		took := int64(0)
		root := filepath.Join("..", "testdata", "archive", "1", string(p), "vault", "batches")
		err := filepath.WalkDir(root, func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			took += info.Size()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if reckoned := keyceremony.Space(p, keys, tokens) - none; reckoned < took || reckoned > 2*took {
			t.Errorf("%s: reckoned %d, took %d", p, reckoned, took)
		}
	}
}

// TestCheckNamesTheCustodian: a custodian among the witnesses is refused before anybody is asked for anything.
func TestCheckNamesTheCustodian(t *testing.T) {
	b := custodytest.New(t, custodytest.Setup{})
	c := newCeremony(t, b, newScript(b, 3, 2, 1))
	names, err := c.Vault.Names()
	if err != nil {
		t.Fatal(err)
	}
	c.Script.Witnesses = append(c.Script.Witnesses, strings.ToUpper(names.Custodians[1]))
	if err := c.Check(); !errors.Is(err, script.ErrPartial) {
		t.Error(err)
	}
	if _, err := c.Run(); !errors.Is(err, script.ErrPartial) {
		t.Error(err)
	}
}
