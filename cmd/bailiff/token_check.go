package main

import (
	"errors"

	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/checkup"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/table"
	"bailiff/custody/token"
)

// checkFlags are those of token check.
type checkFlags struct {
	serial, vault, enrolment, pinFile string
	pin                               bool
}

// tokenCheck tells whether a card is still the enrolled token.
func tokenCheck(t *tool) *cobra.Command {
	var f checkFlags
	c := t.Leaf("token check", "bailiff token check --vault vault\n"+
		"bailiff token check --serial 20001001 --enrolment c01.enrolment --pin", func([]string) error {
		return t.checkToken(&f)
	})
	c.Flags().StringVar(&f.serial, "serial", "", t.T("flag.serial"))
	c.Flags().StringVar(&f.vault, "vault", "", t.T("flag.vault"))
	c.Flags().StringVar(&f.enrolment, "enrolment", "", t.T("flag.enrolment"))
	cli.Either(c, "vault", "enrolment")
	c.Flags().BoolVar(&f.pin, "pin", false, t.T("flag.check-pin"))
	c.Flags().StringVar(&f.pinFile, "pin-file", "", t.T("flag.pin-file"))
	return t.Require(c)
}

// tokenChecked is the JSON of token check.
type tokenChecked struct {
	Serial    string        `json:"serial"`
	Custodian string        `json:"custodian,omitempty"`
	Slot      string        `json:"slot"`
	Tries     int           `json:"tries"`
	PUKTries  int           `json:"puk_tries"`
	PIN       bool          `json:"pin_known"` // the PIN was typed, and both keys work
	Findings  []cli.Failure `json:"findings"`
}

func (t *tool) checkToken(f *checkFlags) error {
	if f.vault == "" && f.enrolment == "" {
		return fault.At("--vault / --enrolment", cli.ErrMissing)
	}
	if f.vault != "" && f.enrolment != "" {
		return fault.At("--vault, --enrolment", cli.ErrUsage)
	}
	find, err := t.wanted(f)
	if err != nil {
		return err
	}
	s, err := t.newSingle(f.serial, proofTouches, nil)
	if err != nil {
		return err
	}
	want, custodian, err := find(s.Serial)
	if err != nil {
		return err
	}
	contents, err := s.inspect()
	if err != nil {
		return err
	}
	defects := want.Defects(contents, t.Now())
	checked := tokenChecked{
		Serial: s.Serial, Custodian: custodian, Slot: want.Keys.Slot.String(), Findings: []cli.Failure{},
		Tries: contents.PIN.Tries, PUKTries: contents.PUK.Tries,
	}
	if f.pin && len(defects) == 0 {
		if err := s.prove(f, want); err != nil {
			return err
		}
		checked.PIN = true
		checked.Tries = contents.PIN.Max // a right PIN gives all tries back
	}
	for _, err := range defects {
		checked.Findings = append(checked.Findings, t.Explain(err))
	}
	err = t.Result(checked, func() { t.sayChecked(checked) })
	return errors.Join(err, first(defects))
}

func first(defects []error) error {
	if len(defects) == 0 {
		return nil
	}
	return defects[0]
}

func (t *tool) sayChecked(c tokenChecked) {
	if c.Custodian != "" {
		t.Say("check.custodian", c.Serial, c.Slot, c.Custodian)
	} else {
		t.Say("check.token", c.Serial, c.Slot)
	}
	for _, f := range c.Findings {
		t.Say("check.found", markAmiss, f.Error)
		t.Say("card.todo", f.Hint)
	}
	if len(c.Findings) == 0 {
		t.Say("check.found", markWell, t.T("check.same"))
	}
	if c.PIN {
		t.Say("check.found", markWell, t.T("check.proved"))
	}
	t.Say("card.codes", c.Tries, c.PUKTries)
}

// wanted reads what tokens were enrolled as, from the vault's policy or from one enrolment.
func (t *tool) wanted(f *checkFlags) (func(serial string) (checkup.Wanted, string, error), error) {
	if f.vault != "" {
		p, _, err := t.policyOf(f.vault)
		return func(serial string) (checkup.Wanted, string, error) {
			c, tok, ok := p.Holder(token.KindPIV, serial)
			if !ok {
				return checkup.Wanted{}, "", fault.At(serial, custody.ErrStranger)
			}
			return checkup.Want(tok, p.Mode), c.ID, nil
		}, err
	}
	const most = 64 << 10 // bytes; an enrolment with its attestation has some 4,000
	data, err := t.host().Disk.Read(f.enrolment, most)
	if err != nil {
		return nil, err
	}
	e, err := token.ParseEnrolment(data)
	if err == nil && e.Kind != token.KindPIV {
		err = fault.At(e.Kind, token.ErrKind)
	}
	if err != nil {
		return nil, fault.At(f.enrolment, err)
	}
	if f.serial == "" {
		f.serial = e.Serial
	}
	return func(serial string) (checkup.Wanted, string, error) {
		if serial != e.Serial {
			return checkup.Wanted{}, "", fault.At("--serial "+serial, cli.ErrUsage)
		}
		return checkup.WantEnrolment(e), "", nil
	}, nil
}

// prove has the PIN typed, one signature made and one secret agreed on; no member's key is opened, and
// the enrolment that comes of it is thrown away.
func (s *single) prove(f *checkFlags, want checkup.Wanted) error {
	if err := s.Unread(want.Mode); err != nil {
		return err
	}
	pins, err := (&tokenFlags{pinFile: f.pinFile}).pins(want.Mode)
	if err != nil {
		return err
	}
	defer pins.Wipe()
	s.File = fileOf(pins)
	return s.WithPIN(func(pin *secret.Bytes) error {
		return s.Try(func(c table.Card) error {
			_, err := yubikey(c).Enrol(pin, want.Keys, want.Mode, s.App.Now())
			return err
		})
	})
}
