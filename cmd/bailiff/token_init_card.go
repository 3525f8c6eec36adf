package main

import (
	"strings"

	"bailiff/cmd/internal/cli"
	"bailiff/custody"
	"bailiff/custody/durable"
	"bailiff/custody/fault"
	"bailiff/custody/keyvalue"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
	"bailiff/custody/token/piv"
)

// cardFlags are those of token init for a card.
type cardFlags struct {
	serial, out, slot, confirm, pinFile string
	rehearsal                           bool
}

func (f *cardFlags) mode() string {
	if f.rehearsal {
		return keyvalue.Rehearsal
	}
	return keyvalue.Production
}

// check refuses what is for rehearsals only, and what would be found out too late.
func (f *cardFlags) check() error {
	for name, value := range map[string]string{"--pin-file": f.pinFile, "--confirm": f.confirm} {
		if value != "" && !f.rehearsal {
			return fault.At(name, cli.ErrRehearsal)
		}
	}
	if f.slot != "" {
		if _, err := token.ParseSlot(f.slot); err != nil {
			return fault.At("--slot "+f.slot, cli.ErrSlot)
		}
	}
	if err := durable.Room(f.out); err != nil {
		return err // else the card would be prepared, and touched, for nothing
	}
	return custody.Absent(f.out)
}

// preparing is one run of token init with a card.
type preparing struct {
	*single
	flags    *cardFlags
	contents *piv.Contents
	order    piv.Order
	pins     cli.PINs
	steps    int // said so far
}

// proofTouches are what an enrolment costs: one signature, one ECDH.
const proofTouches = 2

// initCard prepares a card for a vault and writes its enrolment.
func (t *tool) initCard(f *cardFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	if err := t.Unread(f.mode()); err != nil {
		return err
	}
	pins, err := (&tokenFlags{pinFile: f.pinFile}).pins(f.mode())
	if err != nil {
		return err
	}
	defer pins.Wipe()
	s, err := t.newSingle(f.serial, proofTouches, pins)
	if err != nil {
		return err
	}
	p := &preparing{single: s, flags: f, pins: pins}
	defer p.wipe()
	if err := p.examine(); err != nil {
		return err
	}
	enrolment, err := p.enrolment()
	if err == nil {
		_, err = enrolment.CheckOrigin(nil)
	}
	if err != nil {
		return fault.At(p.Serial, err)
	}
	return p.finish(enrolment)
}

func (p *preparing) wipe() {
	p.order.PIN.Wipe()
	p.order.PUK.Wipe()
}

// examine tells what the card is, and refuses one that cannot be enrolled in this mode.
func (p *preparing) examine() (err error) {
	if p.contents, err = p.inspect(); err != nil {
		return err
	}
	c := p.contents
	p.Note("init.card", c.Serial, c.Firmware, p.shape(c.FormFactor))
	if err := p.suits(); err != nil {
		p.Note("init.unchanged")
		return fault.At(c.Serial, err)
	}
	p.order = piv.Order{Mode: p.flags.mode(), Signing: token.Ed25519, Now: p.App.Now(), Step: p.step}
	if c.Firmware.Less(attestation.MinFirmware) {
		p.order.Signing = token.ECDSAP256
	}
	if p.flags.slot != "" {
		return p.checkKept()
	}
	return p.agree()
}

// suits refuses what no code, key or touch would make an enrolment of.
func (p *preparing) suits() error {
	fit := p.contents.Fitness(p.App.Now())
	if len(fit.Unfit) > 0 {
		return fit.Unfit[0]
	}
	if !p.flags.rehearsal && len(fit.Rehearsal) > 0 {
		return fit.Rehearsal[0]
	}
	if p.flags.slot != "" {
		return nil
	}
	_, err := p.contents.Next()
	return err
}

// checkCodes refuses in production a PIN or PUK of the factory on a card whose codes stay as they are.
func (p *preparing) checkCodes() error {
	c := p.contents
	if !p.flags.rehearsal && (c.PIN.Default || c.PUK.Default) {
		return fault.At(c.Serial, fault.At("PIN, PUK", piv.ErrDefault))
	}
	return nil
}

// checkKept refuses in production what the factory set on a card that stays as it is: whoever holds it for a
// moment could write over keys and heads with the management key that everybody has.
func (p *preparing) checkKept() error {
	if !p.flags.rehearsal && p.contents.Management.Default {
		return fault.At(p.contents.Serial, fault.At("management key", piv.ErrDefault))
	}
	return p.checkCodes()
}

// agree tells how a card that suits will be prepared, and has the serial number typed of one in use.
func (p *preparing) agree() error {
	c := p.contents
	switch stage(c) {
	case piv.Fresh:
		p.Note("init.fresh")
	case piv.Started:
		if c.Chooses() {
			p.Note("init.resumed", c.Serial)
			return nil
		}
		p.Note("init.resumed-codes", c.Serial)
		return p.checkCodes()
	case piv.Prepared:
		p.Note("init.prepared", occupied(c.Sealing), c.Free()[0])
		return p.checkCodes()
	case piv.InUse:
		return p.agreeInUse()
	}
	return nil
}

func (p *preparing) agreeInUse() error {
	c := p.contents
	if p.flags.confirm == "" && !p.Terminal {
		return fault.At(c.Serial, piv.ErrInUse)
	}
	if err := p.checkCodes(); err != nil {
		return err
	}
	p.Note("init.in-use", c.Serial, occupied(append(append(c.Others, c.Signing), c.Sealing...)))
	if err := p.Confirm(p.flags.confirm, c.Serial, "ask.in-use"); err != nil {
		return fault.At(c.Serial, err)
	}
	p.order.InUse = c.Serial
	return nil
}

// occupied names the slots that have a key.
func occupied(slots []piv.Slot) string {
	var names []string
	for _, s := range slots {
		if !s.Empty {
			names = append(names, s.Slot.String())
		}
	}
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, " ")
}

// stage is how far the card has been prepared: a key that a run was cut short at counts as one that is
// not there yet.
func stage(c *piv.Contents) piv.Preparation {
	if c.Making != 0 {
		return piv.Started
	}
	return c.Preparation
}
