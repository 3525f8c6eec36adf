package main

import (
	"path/filepath"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/table"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
)

// single is a command of the group token at work on one card.
type single struct {
	*tool
	*table.Single
}

// newSingle is for the card of that serial number; empty: for the only one that is there. It waits for it at a
// terminal.
func (t *tool) newSingle(serial string, touches int, pins cli.PINs) (*single, error) {
	if serial != "" {
		if filepath.Ext(serial) == ".token" {
			return nil, fault.At(serial, cli.ErrSoftToken)
		}
		if token.CheckSerial(token.KindPIV, serial) != nil {
			return nil, fault.At(serial, cli.ErrSerial)
		}
	}
	nobody := func(string) string { return "" }
	s := &single{t, &table.Single{Options: custodians{tool: t, who: nobody}.cards(pins), Serial: serial, Touches: touches}}
	return s, s.Find()
}

// yubikey is all of a card that a table lends.
func yubikey(c table.Card) *piv.Card { return c.(card).Card }

// inspect asks the card what it tells without a PIN.
func (s *single) inspect() (contents *piv.Contents, err error) {
	err = s.Use(func(c table.Card) (err error) {
		contents, err = yubikey(c).Inspect()
		return err
	})
	return contents, err
}
