package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"bailiff/cmd/internal/cli"
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
)

// enrolment makes the keys, or only the enrolment of those that are there, and returns it.
func (p *preparing) enrolment() (e *token.Enrolment, err error) {
	if p.flags.slot != "" {
		return p.again()
	}
	if err := p.codes(); err != nil {
		return nil, err
	}
	p.Note("init.begins", proofTouches)
	for {
		err = p.until(p.guarded(func(c *piv.Card) (err error) {
			p.steps = 0
			e, err = c.Init(context.Background(), p.order)
			return err
		}))
		switch {
		case p.pins != nil:
			return e, p.refused(err)
		case errors.Is(err, piv.ErrCode):
			if err := p.another(err); err != nil {
				return nil, err
			}
			continue
		case errors.Is(err, errFewer):
			p.Note("note.fewer-tries", p.serial)
		case errors.Is(err, token.ErrPIN) && !errors.Is(err, token.ErrLocked):
			p.wrongPIN(p.serial, err)
		default:
			return e, p.spent(err)
		}
		p.order.PIN.Wipe()
		if p.order.PIN, err = p.knownPIN(); err != nil {
			return nil, err
		}
	}
}

// another has another code chosen in the place of the one that the card refused, which err names.
func (p *preparing) another(err error) error {
	p.sayRefused(err)
	if slices.Contains(fault.Objects(err), "PUK") {
		p.order.PUK.Wipe()
		p.Note("init.puk-void")
		p.order.PUK, err = p.choosePUK(p.order.PIN)
		return err
	}
	p.order.PIN.Wipe()
	p.order.PIN, err = p.choosePIN(func(pin *secret.Bytes) error {
		return cmp.Or(piv.CheckNewPIN(pin), piv.CheckNewPUK(p.order.PUK, pin))
	})
	return err
}

// codes has the custodian choose PIN and PUK where the card has none of theirs, or type the PIN.
func (p *preparing) codes() (err error) {
	if p.pins != nil {
		return p.read()
	}
	if !p.contents.Chooses() || !p.contents.PIN.Default {
		p.order.PIN, err = p.knownPIN()
	} else {
		p.order.PIN, err = p.choosePIN(piv.CheckNewPIN)
	}
	if err == nil && p.contents.Chooses() {
		p.order.PUK, err = p.choosePUK(p.order.PIN)
	}
	return err
}

// read takes the codes from a rehearsal's file: `SERIAL PIN` and `SERIAL.puk PUK`.
func (p *preparing) read() (err error) {
	take := p.fromFile
	if p.contents.Chooses() && p.contents.PIN.Default {
		take = func(pins cli.PINs) (*secret.Bytes, error) { return pins.For(p.serial) }
	}
	if p.order.PIN, err = take(p.pins); err != nil || !p.contents.Chooses() {
		return err
	}
	p.order.PUK, err = p.pins.PUK(p.serial)
	return err
}

// again makes the enrolment of a key that is there already.
func (p *preparing) again() (e *token.Enrolment, err error) {
	slot, err := token.ParseSlot(p.flags.slot)
	if err != nil {
		return nil, err
	}
	enrol := func(pin *secret.Bytes) error {
		return p.until(p.guarded(func(c *piv.Card) (err error) {
			e, err = c.Enrol(pin, piv.Enrolled{Slot: attestation.Slot(slot)}, p.flags.mode(), p.Now())
			return err
		}))
	}
	if p.pins == nil {
		err = p.trying(enrol)
		return e, err
	}
	pin, err := p.fromFile(p.pins)
	if err == nil {
		err = p.refused(enrol(pin))
	}
	return e, err
}

func (p *preparing) step(s piv.Step) {
	p.steps++
	p.Note("init.step."+string(s), p.steps)
}

// finish writes the enrolment and tells what there is now.
func (p *preparing) finish(e *token.Enrolment) error {
	slot := token.FormatSlot(e.Slot)
	text, err := e.Format()
	if err == nil {
		err = p.host().Disk.Create(p.flags.out, text, 0o644)
	}
	if err != nil {
		p.Note("init.unwritten", slot)
		return err
	}
	made := tokenMade{
		Enrolment: p.flags.out, Kind: e.Kind, Mode: e.Mode, Serial: e.Serial, Slot: slot,
		Sealing: token.FormatSealingKey(e.SealingKey), Signing: e.SigningKey.String(), Tries: p.contents.PIN.Max,
	}
	return p.Result(made, func() {
		p.Say("init.made", e.Serial, slot)
		p.Say("token.enrolment", p.flags.out)
		if p.flags.rehearsal {
			p.Say("init.rehearsal")
		}
		if p.order.PUK != nil {
			p.Say("init.bag")
		}
	})
}
