package piv

import (
	"cmp"
	"crypto/rand"
	"errors"

	"bailiff/custody/fault"
	"bailiff/custody/secret"
	"bailiff/custody/token"
	"bailiff/custody/token/attestation"
)

const (
	pinTries, pukTries = 3, 3
	sizeManagement     = 24 // AES-192
)

// defaultPIN, defaultPUK and defaultManagement are those of every YubiKey from the factory.
func defaultPIN() *secret.Bytes { return secret.From([]byte("123456")) }
func defaultPUK() *secret.Bytes { return secret.From([]byte("12345678")) }
func defaultManagement() *secret.Bytes {
	return secret.From([]byte{1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8})
}

// enter verifies the PIN that is in force, and finds the management key that is.
func (p *preparation) enter(d device) error {
	if p.contents.PIN.Default && p.contents.Chooses() {
		p.pin = defaultPIN()
	} else {
		p.pin = clone(p.order.PIN)
	}
	if err := d.verifyPIN(p.pin); err != nil {
		return err
	}
	stored, err := protectedKey(d)
	if err != nil && !errors.Is(err, ErrManagement) {
		return err
	}
	candidates := []*secret.Bytes{stored, clone(p.order.Management)}
	if p.contents.Management.Default {
		candidates = []*secret.Bytes{defaultManagement(), stored}
	}
	for _, key := range candidates {
		if p.key == nil && key.Len() > 0 {
			if err := d.authenticate(key); err == nil {
				p.key = key
				continue
			} else if !errors.Is(err, errDenied) {
				return err
			}
		}
		key.Wipe()
	}
	if p.key == nil {
		return ErrManagement
	}
	return nil
}

func clone(s *secret.Bytes) *secret.Bytes {
	if s.Len() == 0 {
		return nil
	}
	c := secret.New(s.Len())
	copy(c.Expose(), s.Expose())
	return c
}

// begin notes which slot is being made.
func (p *preparation) begin(d device) error {
	r, err := readDataObject(d, p.contents.Serial)
	if err != nil {
		return err
	}
	p.object = r
	if r.sequence > 0 && r.making == p.slot {
		return nil
	}
	if r.sequence == 0 && !p.contents.Chooses() {
		r.origin = originInUse
	}
	r.making = p.slot
	return r.write(d, p.key)
}

// retries sets the tries, and PIN and PUK to their defaults. Whether the card did so it is asked, before a try is spent
// on a default that may not be in force.
func (p *preparation) retries(d device) error {
	if err := d.setRetries(p.key, p.pin, pinTries, pukTries); err != nil {
		return refusedKey(err)
	}
	for ref, want := range map[byte]Reference{refPIN: {true, pinTries, pinTries}, refPUK: {true, pukTries, pukTries}} {
		got, err := reference(d, ref)
		if err == nil && got != want {
			err = fault.At("SET PIN RETRIES", ErrUnlike)
		}
		if err != nil {
			return err
		}
	}
	p.pin.Wipe()
	p.pin = defaultPIN()
	return d.verifyPIN(p.pin)
}

// management puts a random key in the place of the default one, or keeps a given one in the card.
// The key is stored before it is in force: else nobody would know it if the card were pulled between.
func (p *preparation) management(d device) error {
	next := p.key
	if p.contents.Management.Default {
		random, err := secret.Random(cmp.Or(p.card.readers.Rand, rand.Reader), sizeManagement)
		if err != nil {
			return err
		}
		next = random
	}
	err := p.protect(d, next)
	if next == p.key {
		return err
	}
	if err == nil {
		err = refusedKey(d.setManagement(p.key, next))
	}
	if err != nil {
		next.Wipe()
		return err
	}
	p.key.Wipe()
	p.key = next
	return nil
}

// protect keeps the key in the card, readable with the PIN, unless it is there.
func (p *preparation) protect(d device, key *secret.Bytes) error {
	stored, err := protectedKey(d)
	defer stored.Wipe()
	if err == nil && stored.Equal(key) {
		return p.note(d)
	}
	if err != nil && !errors.Is(err, ErrManagement) {
		return err
	}
	content := appendElement(nil, tagProtected, appendElement(nil, tagKey, key.Expose()))
	defer clear(content)
	if err := put(d, p.key, objectProtected, content); err != nil {
		return err
	}
	return p.note(d)
}

// note tells ykman that the management key can be read with the PIN.
func (p *preparation) note(d device) error {
	if there, err := noted(d); err != nil || there {
		return err
	}
	return put(d, p.key, objectNote, note())
}

func (p *preparation) puk(d device) error {
	old := defaultPUK()
	defer old.Wipe()
	return d.setPUK(old, p.order.PUK)
}

func (p *preparation) newPIN(d device) error {
	if err := d.setPIN(p.pin, p.order.PIN); err != nil {
		return err
	}
	p.pin.Wipe()
	p.pin = clone(p.order.PIN)
	return d.verifyPIN(p.pin)
}

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
	return made, put(d, p.key, certificateObject(s.Slot), certificateContent(der))
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
