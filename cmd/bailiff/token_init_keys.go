package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/table"
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
		err = p.Try(func(c table.Card) (err error) {
			p.steps = 0
			e, err = yubikey(c).Init(context.Background(), p.order)
			return err
		})
		if p.pins == nil && errors.Is(err, piv.ErrCode) {
			if err := p.another(err); err != nil {
				return nil, err
			}
			continue
		}
		if more, err := p.Again(err); !more {
			return e, err
		}
		p.order.PIN.Wipe()
		if p.order.PIN, err = p.KnownPIN(); err != nil {
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

// codes has the custodian choose PIN and PUK where the card has none of theirs, or type the PIN. A rehearsal's file
// has them too: `SERIAL PIN` and `SERIAL.puk PUK`.
func (p *preparing) codes() (err error) {
	chooses := p.contents.Chooses()
	switch {
	case !chooses || !p.contents.PIN.Default:
		p.order.PIN, err = p.KnownPIN()
	case p.pins != nil:
		p.order.PIN, err = p.pins.For(p.Serial)
	default:
		p.order.PIN, err = p.choosePIN(piv.CheckNewPIN)
	}
	switch {
	case err != nil || !chooses:
	case p.pins != nil:
		p.order.PUK, err = p.pins.PUK(p.Serial)
	default:
		p.order.PUK, err = p.choosePUK(p.order.PIN)
	}
	return err
}

// again makes the enrolment of a key that is there already.
func (p *preparing) again() (e *token.Enrolment, err error) {
	slot, err := token.ParseSlot(p.flags.slot)
	if err != nil {
		return nil, err
	}
	err = p.WithPIN(func(pin *secret.Bytes) error {
		return p.Try(func(c table.Card) (err error) {
			e, err = yubikey(c).Enrol(pin, piv.Enrolled{Slot: attestation.Slot(slot)}, p.flags.mode(), p.App.Now())
			return err
		})
	})
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
