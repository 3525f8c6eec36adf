package piv

import (
	"errors"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

func (p *preparation) signing(d device) (err error) {
	p.contents.Signing, err = p.make(d, p.contents.Signing, p.order.Signing, Slot.isSigning)
	return err
}

func (p *preparation) sealing(d device) error {
	_, err := p.make(d, p.contents.slot(p.slot), token.ECDSAP256, Slot.isSealing)
	return err
}

// make makes the key of a slot, unless a run that was cut short did, and its label. It returns what is in the slot then.
func (p *preparation) make(d device, s Slot, algorithm token.Algorithm, suits func(Slot, Enrolled) error) (Slot, error) {
	made, err := p.born(d, s, algorithm)
	if err != nil {
		return s, err
	}
	if err := p.contents.twin(made); err != nil {
		return s, err
	}
	if err := suits(made, Enrolled{}); err != nil {
		return s, fault.At(s.Slot.String(), err)
	}
	if err := p.vouch(d, made); err != nil {
		return s, fault.At(s.Slot.String(), err)
	}
	if made.Ours {
		return made, nil
	}
	der, err := label(p.contents.Serial, s.Slot, made.Public)
	if err != nil {
		return s, err
	}
	if err := d.authenticate(p.key); err != nil {
		return s, refusedKey(err)
	}
	return made, d.put(certificateObject(s.Slot), certificateContent(der))
}

// born is what is in a slot, a key that is made now where there is none.
func (p *preparation) born(d device, s Slot, algorithm token.Algorithm) (Slot, error) {
	if !s.Empty {
		return s, nil
	}
	now, err := slot(d, s.Slot)
	if err != nil {
		return s, err
	}
	if !now.Empty {
		return s, fault.At(s.Slot.String(), ErrOccupied)
	}
	return generate(d, p.key, s.Slot, algorithm)
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
	if errors.Is(err, errContent) {
		return Slot{}, fault.At(which.String(), caused(ErrUnlike, err)) // it has no keys of this kind
	}
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

// prove asks for one signature and one ECDH, and closes the data object.
func (p *preparation) prove() (*token.Enrolment, error) {
	p.say(StepProof)
	e, err := p.card.Enrol(p.pin, Enrolled{Slot: p.slot}, p.order.Mode, p.order.Now)
	if err != nil {
		return nil, err
	}
	p.say(StepEnd)
	err = p.card.use(func(d device) error {
		p.object.making = 0
		return p.object.write(d, p.key)
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
