package piv

import (
	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

func (p *preparation) signing(d device) error {
	return p.make(d, p.contents.Signing, p.order.Signing, Slot.isSigning)
}

func (p *preparation) sealing(d device) error {
	return p.make(d, p.contents.slot(p.slot), token.ECDSAP256, Slot.isSealing)
}

// make makes the key of a slot, unless a run that was cut short did, and its label.
func (p *preparation) make(d device, s Slot, algorithm token.Algorithm, suits func(Slot, Enrolled) error) error {
	if s.Empty {
		now, err := slot(d, s.Slot)
		if err != nil {
			return err
		}
		if !now.Empty {
			return fault.At(s.Slot.String(), ErrOccupied)
		}
		if s, err = generate(d, p.key, s.Slot, algorithm); err != nil {
			return err
		}
	}
	if err := suits(s, Enrolled{}); err != nil {
		return fault.At(s.Slot.String(), err)
	}
	if err := p.vouch(d, s); err != nil {
		return fault.At(s.Slot.String(), err)
	}
	if s.Ours {
		return nil
	}
	der, err := label(p.contents.Serial, s.Slot, s.Public)
	if err != nil {
		return err
	}
	if err := d.authenticate(p.key); err != nil {
		return refusedKey(err)
	}
	return d.put(certificateObject(s.Slot), certificateContent(der))
}

// vouch asks the device to attest a key, and judges it as the enrolment will be: before a further key is made, and
// before anybody touches the card.
func (p *preparation) vouch(d device, s Slot) (err error) {
	if s.Attestation, err = attested(d, s.Slot); err != nil {
		return err
	}
	return p.contents.vouched(s, p.order.Now)
}

// generate makes a key and reads back what the card says of it.
func generate(d device, key *secret.Bytes, which attestation.Slot, algorithm token.Algorithm) (Slot, error) {
	public, err := d.generate(key, which, algorithm)
	if err != nil {
		return Slot{}, refusedKey(err)
	}
	s, err := slot(d, which)
	if err != nil {
		return Slot{}, err
	}
	if !equalKey(s.Public, public) {
		return Slot{}, fault.At(which.String(), ErrOtherKey)
	}
	return s, nil
}

// prove asks for one signature and one ECDH, and closes the record.
func (p *preparation) prove() (*token.Enrolment, error) {
	p.say(StepProof)
	e, err := p.card.Enrol(p.pin, Enrolled{Slot: p.slot}, p.order.Mode, p.order.Now)
	if err != nil {
		return nil, err
	}
	p.say(StepEnd)
	err = p.card.use(func(d device) error {
		p.record.making = 0
		return p.record.write(d, p.key)
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

func (p *preparation) say(s Step) {
	if p.order.Step != nil {
		p.order.Step(s)
	}
}
