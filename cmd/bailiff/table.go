package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/policy"
	"bailiff/custody/secret"
	"bailiff/custody/table"
	"bailiff/custody/token"
	"bailiff/custody/token/piv"
	"bailiff/custody/token/soft"
)

// readers are the card readers of this machine.
type readers struct{ piv.Readers }

// List implements [table.Readers].
func (r *readers) List() ([]piv.Reader, error) { return r.Readers.List(context.Background()) }

// Open implements [table.Readers].
func (r *readers) Open(serial string, touch func(piv.Touch)) (table.Card, error) {
	c, err := r.Readers.Open(context.Background(), serial, touch)
	if err != nil {
		return nil, err
	}
	return card{c}, nil
}

// card is a YubiKey, which can more than a table asks of it.
type card struct{ *piv.Card }

// Unlock implements [table.Card].
func (c card) Unlock(pin *secret.Bytes, want piv.Enrolled) (table.Token, error) {
	t, err := c.Card.Unlock(pin, want)
	if err != nil {
		return nil, err
	}
	return t, nil
}

// cards are the options of what works with cards on this machine, where people are spoken with.
func (p custodians) cards(pins cli.PINs) table.Options {
	return table.Options{
		Readers: new(readers), People: p, File: fileOf(pins), Now: time.Now, Sleep: time.Sleep, Endless: p.Terminal,
	}
}

// newTable sets the table at which the custodians of a policy sit. At a terminal it waits for people as
// long as they take, and an act goes on once what was amiss is mended; elsewhere no longer than --wait.
func (t *tool) newTable(p *policy.Policy, names *policy.Names, f *tokenFlags, pins cli.PINs) *table.Table {
	who := func(custodian string) string { return holderName(p, names, custodian) }
	o := custodians{tool: t, who: who, silent: !t.Terminal && f.wait == 0}.cards(pins)
	o.Policy, o.Who, o.Wait, o.Endless = p, who, f.wait, t.Terminal && f.wait == 0
	t.table = table.New(o)
	return t.table
}

// fileOf is a PIN file for the table; nil without one.
func fileOf(pins cli.PINs) *table.File {
	if pins == nil {
		return nil
	}
	return &table.File{PIN: pins.For, LastTry: cli.ErrNoTerminal}
}

// holderName is a custodian by id and, where it can be read, name.
func holderName(p *policy.Policy, names *policy.Names, custodian string) string {
	i := slices.Index(p.IDs(), custodian)
	if names == nil || i < 0 || i >= len(names.Custodians) {
		return custodian
	}
	return custodian + " (" + names.Custodians[i] + ")"
}

// custodians are told and asked in sentences of the catalogue.
type custodians struct {
	*tool
	who    func(custodian string) string
	silent bool // neither people, nor a program that moves the cards, read what is said
}

// Tell implements [table.People].
func (p custodians) Tell(e table.Event) {
	if p.silent {
		return
	}
	switch who := p.who(e.Custodian); e.Kind {
	case table.Awaiting:
		p.Note("desk.want", e.Done, e.Total)
	case table.AwaitingOne:
		p.Note("desk.want.one", who, p.either(e.Wanted))
	case table.Needed:
		p.Note("desk.need", e.Serial, who)
	case table.Offer:
		if who == "" {
			p.Note("desk.offer.stranger", e.Serial)
		} else {
			p.Note("desk.offer", e.Serial, who)
		}
	case table.Seated:
		p.Note("desk.seated", e.Serial, who)
	case table.TakenOut:
		p.Note("desk.out", e.Serial, who)
	case table.NotAwaited:
		p.Note("desk.other", e.Serial, who, p.either(e.Wanted))
	case table.Spare:
		p.Note("desk.spare", e.Serial, who, p.either(e.Wanted))
	case table.Declined:
		p.Note("desk.declined")
	case table.Aside:
		p.Note("desk.aside", e.Serial)
	case table.AsideSeated:
		p.Note("desk.aside.seated", e.Serial)
	case table.StillAside:
		p.Note("desk.aside.still", e.Serial)
	case table.Amiss:
		told := p.Explain(e.Err)
		p.Note("desk.amiss", told.Error)
		p.Note("desk.hint", told.Hint)
	case table.Waiting, table.Stopped, table.Resumed:
		p.tellSingle(e)
	case table.Touch:
		p.tellTouch(e, who)
	default:
		p.tellCode(e)
	}
}

// tellTouch says that a card waits for its touch, and what came of it. Whose a card on its own is, is not known.
func (p custodians) tellTouch(e table.Event, who string) {
	switch touch := e.Touch; {
	case who == "" && !touch.Done:
		p.Note("card.touch."+string(touch.Operation), e.Serial, e.Done, e.Total)
	case who == "" && touch.Err == nil:
		p.Note("card.touched")
	case who == "" || !p.Terminal:
	case !touch.Done && touch.Operation == piv.Signing:
		p.noteTouch("desk.touch.sign", e.Serial, who)
	case !touch.Done:
		p.noteTouch("desk.touch.open", e.Serial, who)
	case touch.Err == nil:
		p.Note("desk.touched")
	case errors.Is(touch.Err, token.ErrTouch):
		p.Note("desk.untouched")
	}
}

// tellSingle says what becomes of a card on its own.
func (p custodians) tellSingle(e table.Event) {
	if e.Kind == table.Resumed {
		p.Note("card.again", e.Serial)
		return
	}
	id, told := "card.waiting", p.Explain(e.Err)
	if e.Kind == table.Stopped {
		id = "card.stopped"
	}
	p.Note(id, told.Error)
	p.Note("card.todo", told.Hint)
}

// tellCode says what became of a PIN or PUK that was typed.
func (p custodians) tellCode(e table.Event) {
	switch e.Kind {
	case table.NoCode:
		switch {
		case e.Code == table.PUK:
			p.sayRefused(e.Err)
		case errors.Is(e.Err, soft.ErrPINForm):
			p.Note("note.pin-form")
		default:
			p.Note("note.no-pin", e.Serial)
		}
	case table.NotSerial:
		p.Note("note.not-serial")
	case table.Fewer:
		p.Note("note.fewer-tries", e.Serial)
	case table.Perhaps:
		p.Note("pin.perhaps", e.Serial)
	case table.Wrong:
		switch {
		case e.Code == table.PUK:
			p.Note("unblock.wrong", e.Serial)
		case e.Tries < 1:
			p.Note("note.wrong-pin.some", e.Serial)
		case e.Tries == 1:
			p.Note("note.wrong-pin.one", e.Serial)
		default:
			p.Note("note.wrong-pin", e.Serial, e.Tries)
		}
	}
}

// either names tokens of which one is enough.
func (p custodians) either(serials []string) string {
	text := serials[0]
	for _, serial := range serials[1:] {
		text = p.T("desk.either", text, serial)
	}
	return text
}

// Ask implements [table.People].
func (p custodians) Ask(q table.Question) (typed *secret.Bytes, err error) {
	switch {
	case q.Code == table.Nothing:
		typed, err = p.Secret("ask.no-more-codes", q.Serial)
	case q.LastTry && q.Code == table.PUK:
		typed, err = p.Secret("ask.last-puk-try", q.Serial)
	case q.LastTry && q.Soft:
		typed, err = p.Secret("ask.last-try", q.Serial)
	case q.LastTry:
		typed, err = p.Secret("ask.last-try.piv", q.Serial)
	case q.Code == table.PUK:
		typed, err = p.Insist("ask.puk", q.Serial, q.Tries)
	case q.Custodian == "":
		typed, err = p.Insist("ask.card-pin", q.Serial, q.Tries)
	case q.Optional:
		typed, err = p.Secret("ask.pin", p.who(q.Custodian), q.Serial, q.Tries)
	default:
		typed, err = p.Insist("ask.pin", p.who(q.Custodian), q.Serial, q.Tries)
	}
	if errors.Is(err, cli.ErrDeclined) {
		return nil, nil
	}
	return typed, err
}

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
