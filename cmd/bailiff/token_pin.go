package main

import (
	"github.com/spf13/cobra"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/secret"
	"bailiff/custody/token/piv"
)

// unknownMode: a card does not say whether it is one of a rehearsal.
const unknownMode = ""

// tokenPIN changes the PIN of a card.
func tokenPIN(t *tool) *cobra.Command {
	return t.Leaf("token pin", "bailiff token pin 20001001", func(args []string) error {
		s, err := t.newSingle(args[0], 0, nil)
		if err != nil {
			return err
		}
		return s.changePIN()
	}, "SERIAL")
}

// changed is the JSON of token pin and token unblock.
type changed struct {
	Serial   string `json:"serial"`
	Tries    int    `json:"tries"`
	PUKTries int    `json:"puk_tries"`
}

func (s *single) changePIN() error {
	if err := s.Unread(unknownMode); err != nil {
		return err
	}
	s.Note("pin.begins")
	err := s.ChangePIN(func(present *secret.Bytes, refused error) (*secret.Bytes, error) {
		return s.anotherPIN(otherThan(present), refused)
	})
	if err != nil {
		return err
	}
	return s.sayChanged(func() { s.Say("pin.changed", s.Serial) })
}

// otherThan is what a new PIN must pass, which is not the present one.
func otherThan(present *secret.Bytes) func(*secret.Bytes) error {
	return func(pin *secret.Bytes) error {
		if pin.Equal(present) {
			return cli.ErrSamePIN
		}
		return piv.CheckNewPIN(pin)
	}
}

// anotherPIN has a PIN that passes the check chosen, in the place of one that the card refused if it did.
func (s *single) anotherPIN(check func(*secret.Bytes) error, refused error) (*secret.Bytes, error) {
	if refused != nil {
		s.sayRefused(refused)
	}
	return s.choosePIN(check)
}

// sayChanged tells that the PIN is another one, and what tries are left.
func (s *single) sayChanged(done func()) error {
	left, err := s.Tries()
	if err != nil {
		return err
	}
	return s.Result(changed{s.Serial, left.PIN, left.PUK}, func() {
		done()
		s.Say("card.codes", left.PIN, left.PUK)
	})
}

// tokenUnblock sets a new PIN on a card with its PUK.
func tokenUnblock(t *tool) *cobra.Command {
	return t.Leaf("token unblock", "bailiff token unblock 20001001", func(args []string) error {
		s, err := t.newSingle(args[0], 0, nil)
		if err != nil {
			return err
		}
		return s.unblock()
	}, "SERIAL")
}

func (s *single) unblock() error {
	if err := s.Unread(unknownMode); err != nil {
		return err
	}
	s.Note("unblock.begins", s.Serial)
	err := s.Unblock(func(_ *secret.Bytes, refused error) (*secret.Bytes, error) {
		return s.anotherPIN(piv.CheckNewPIN, refused)
	})
	if err != nil {
		return err
	}
	return s.sayChanged(func() { s.Say("unblock.done", s.Serial) })
}
